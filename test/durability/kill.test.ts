import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import type { SeenChat } from '../../bots/sandbox/hand/seen.ts'
import type { Messenger } from '../../src/engine/event.ts'
import { type ProductChild, type ProductRelay, productRelay } from '../support/child.ts'
import { account, storedReadings } from './accounting.ts'
import { type Flat, type Ground, openGround } from './ground.ts'
import { randomFrom } from './random.ts'
import {
  askReadings,
  confirmReadings,
  linkFlat,
  patienceMs,
  submitReadings,
  type Told,
  typeReadings,
  valuesOf,
} from './talk.ts'

const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31))
const kills = Number(process.env.KILLS ?? 40)

let ground: Ground
let relay: ProductRelay
beforeAll(async () => {
  ground = await openGround({ people: 8 })
  relay = await productRelay()
  await firstLife()
})
afterAll(async () => {
  await relay.close()
  await ground.close()
})

const title = `killed at ${kills} random moments: nothing is lost, doubled or said falsely (KILL_SEED=${seed})`
test(title, { timeout: 600_000 }, async () => {
  const random = randomFrom(seed)
  let going = true
  const talks = [1, 2, 3].flatMap((person) =>
    (['telegram', 'vk'] as const).map(async (messenger, nth) => {
      const flat = flatOf(person * 2 + nth)
      const resident = ground.hand.resident(messenger, person)
      const told: Told[] = []
      await linkFlat(resident, flat)
      for (let round = 1; going; round++) told.push(await submitReadings(resident, flat, round))
      return { flat, told }
    }),
  )
  const hurried = (['telegram', 'vk'] as const).map((messenger) => inAHurry(messenger, 4, () => going))
  for (let nth = 0; nth < kills; nth++) {
    const child = await relay.next()
    child.start(ground).catch(() => {})
    // One in five dies while it starts; the others somewhere in or shortly after their next hundred steps.
    if (nth % 5 === 4) await pause(random() * 500).then(child.kill)
    else await child.killAt({ nth: 1 + Math.floor(random() * 100), afterMs: random() * 30 })
    const { signal } = await Promise.race([child.ended, failure([...talks, ...hurried])])
    expect(signal).toBe('SIGKILL')
  }
  const child = await relay.next()
  await child.start(ground)
  going = false
  const done = await Promise.all(talks)
  const sent = await Promise.all(hurried)
  expect(await child.stop()).toBe(0)

  for (const { flat, told } of done) {
    expect(await storedReadings(ground.database, flat)).toEqual({ told, current: told.at(-1) })
  }
  const { wrong, shown, repeated, vkExtra } = await account(ground)
  const readings = done.reduce((sum, { told }) => sum + told.length, 0)
  console.log(
    `seed ${seed}: ${kills} kills, ${readings} confirmations, ${sent.join(' + ')} messages in a hurry, ` +
      `${shown} shown, ${repeated} of them again after a cut answer, ${vkExtra} doubled in VK, wrong: ${wrong.length}`,
  )
  expect(wrong).toEqual([])
  expect(vkExtra).toBe(0)
  expect(readings).toBeGreaterThanOrEqual(Math.floor(kills / 4))
})

/** Fails as soon as one of them does. */
const failure = (works: Promise<unknown>[]): Promise<never> =>
  new Promise((_, reject) => {
    for (const work of works) work.catch(reject)
  })

/** VK tells a community what happens from its first listening on; from then on nothing may be missed. Its compiled code serves all after it. */
async function firstLife(): Promise<void> {
  const child = await relay.next()
  await child.start(ground)
  await vi.waitFor(async () => expect(await ground.database.prisma.cursor.count()).toBe(1), { timeout: 30_000 })
  expect(await child.stop()).toBe(0)
}

describe.each(['telegram', 'vk'] as const)('%s', (messenger) => {
  const ofTurn = ['turn.advanced', 'turn.effect', 'turn.saved', 'turn.committed']
  const ofDelivery = ['delivery.start', 'delivery.sent', 'delivery.settled']
  let resident: ResidentHand
  let child: ProductChild
  const flat = () => flatOf(messenger === 'vk' ? 11 : 10)
  const told: Told[] = []
  beforeAll(async () => {
    child = await relay.next()
    await child.start(ground)
    resident = ground.hand.resident(messenger, 6)
    await linkFlat(resident, flat())
  })

  const tables = async () => (await resident.chat()).messages.filter(({ text }) => text.includes('Проверьте')).length

  /** The process is killed at the point by what the resident does, and another one takes over. */
  async function killedAt<Answer>(point: string, act: () => Promise<Answer>): Promise<Answer> {
    await nothingPending()
    await child.killAt({ point, nth: 1 })
    const answer = act()
    const { signal } = await Promise.race([child.ended, failure([answer])])
    expect(signal).toBe('SIGKILL')
    child = await relay.next()
    await child.start(ground)
    return answer
  }

  test.each(['turn.committed', 'delivery.sent'])(
    'killed at %s while values are read: they are shown for checking',
    async (point) => {
      const values = valuesOf(flat(), told.length + 1)
      await askReadings(resident)
      const before = await tables()
      await killedAt(point, () => typeReadings(resident, values))
      await nothingPending()
      // A message of which we do not know whether Telegram has taken it is sent again there; VK knows it by its `random_id`.
      expect((await tables()) - before).toBe(point === 'delivery.sent' && messenger === 'telegram' ? 2 : 1)
      told.push(await confirmReadings(resident, values))
    },
  )

  test.each([...ofTurn, ...ofDelivery])(
    'killed at %s while readings are taken: once, and so they are told',
    async (point) => {
      const values = valuesOf(flat(), told.length + 1)
      await askReadings(resident)
      await typeReadings(resident, values)
      told.push(await killedAt(point, () => confirmReadings(resident, values)))
      expect(await storedReadings(ground.database, flat())).toEqual({ told, current: told.at(-1) })
    },
  )

  test('killed when a file is drawn and not yet sent: it is drawn again, and sent once', async () => {
    const files = async () => (await resident.chat()).messages.flatMap((message) => message.files)
    await resident.say('скачать начисления')
    await resident.reply()
    const before = await files()
    await killedAt('file.drawn', async () => {
      await resident.press('PDF')
      return resident.reply()
    })
    await nothingPending()
    expect((await files()).slice(before.length)).toMatchObject([
      { kind: 'document', name: expect.stringMatching(/\.pdf$/) },
    ])
  })

  test('all that was to be said was said, in order, and nothing else', async () => {
    expect(await child.stop()).toBe(0)
    expect(await account(ground)).toMatchObject({ wrong: [], vkExtra: 0 })
  })
})

async function nothingPending(): Promise<void> {
  await vi.waitFor(
    async () => expect(await ground.database.prisma.outbox.count({ where: { state: 'pending' } })).toBe(0),
    { timeout: patienceMs, interval: 20 },
  )
}

const flatOf = (nth: number): Flat => {
  const flat = ground.flats[nth]
  if (!flat) throw new Error('the sample town has too few flats')
  return flat
}

/** Says three things at once and then waits until each is answered by a screen. Answers how many messages it sent. */
async function inAHurry(messenger: Messenger, person: number, going: () => boolean): Promise<number> {
  const resident = ground.hand.resident(messenger, person)
  const answers = ({ messages }: SeenChat) =>
    new Set(messages.flatMap(({ from, buttons }) => (from === 'bot' ? [JSON.stringify(buttons)] : []))).size
  await resident.start()
  let sent = 1
  do {
    for (const words of ['помощь', 'настройки', 'помощь']) await resident.say(words)
    sent += 3
    await resident.waitFor((chat) => answers(chat) >= sent, patienceMs)
  } while (going())
  return sent
}
