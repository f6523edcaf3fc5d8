import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { type ProductChild, type ProductRelay, productRelay } from '../support/child.ts'
import { account } from './accounting.ts'
import { accountOfDesk } from './deskAccounting.ts'
import { Visitor } from './deskVisitor.ts'
import { type Ground, openGround } from './ground.ts'
import { randomFrom } from './random.ts'
import { patienceMs } from './talk.ts'

const seed = Number(process.env.KILL_SEED ?? randomInt(2 ** 31))
const kills = Number(process.env.KILLS ?? 10)
const messengers = ['telegram', 'vk'] as const
const soon = { timeout: patienceMs, interval: 20 }

let ground: Ground
let relay: ProductRelay
let child: ProductChild
const met: Visitor[] = []
const killedAt: number[] = []
beforeAll(async () => {
  ground = await openGround({ people: 8, desk: true })
  relay = await productRelay()
  await begin()
  // VK tells a community what happens from its first listening on.
  await vi.waitFor(async () => expect(await ground.database.prisma.cursor.count()).toBe(1), soon)
})
afterAll(async () => {
  await relay.close()
  await ground.close()
})

async function begin(): Promise<void> {
  child = await relay.next()
  await child.start(ground)
}

/** Somebody who has not talked with consultants yet. */
async function newcomer(messenger: (typeof messengers)[number], person: number): Promise<Visitor> {
  const visitor = new Visitor(ground, messenger, person)
  met.push(visitor)
  await visitor.comes()
  return visitor
}

async function died(...works: Promise<unknown>[]): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    for (const work of works) work.catch(reject)
  })
  const { signal } = await Promise.race([child.ended, failed])
  expect(signal).toBe('SIGKILL')
  killedAt.push(Date.now())
}

/** The process ends at the point by what is done, something else is done while there is none, and another one takes over. */
async function killedAtPoint(point: string, act: () => Promise<void>, meanwhile = async () => {}): Promise<void> {
  await child.killAt({ point, nth: 1 })
  const done = act()
  await died(done)
  await meanwhile()
  await begin()
  await done
}

/** Answers when nothing is left to be said in chats and topics, and every card tells what is. */
async function quiet(): Promise<void> {
  await saidAll()
  await vi.waitFor(
    async () => expect(await ground.database.prisma.deskTopic.count({ where: { cardStale: { not: null } } })).toBe(0),
    soon,
  )
}

async function saidAll(): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await ground.database.pool.query<{ left: number }>(
      `SELECT ((SELECT count(*) FROM outbox WHERE state = 'pending') + (SELECT count(*) FROM desk_post WHERE state = 'pending')
             + (SELECT count(*) FROM desk_line WHERE state IN ('pending', 'told')))::int AS left`,
    )
    expect(rows).toEqual([{ left: 0 }])
  }, soon)
}

/** The next answer of this kind to the bot of the forum waits for its release; what was asked for is done. */
const held = (method: string) =>
  ground.hand.fault({
    messenger: 'telegram',
    method,
    times: 1,
    bot: staffForum.botId,
    effect: { kind: 'hold', after: true },
  })

const title = `killed at ${kills} random moments: no line is lost, and none stands twice but after a cut answer (KILL_SEED=${seed})`
test(title, { timeout: 600_000 }, async () => {
  const random = randomFrom(seed)
  const visitors = await Promise.all(
    messengers.flatMap((messenger) => [1, 2, 3].map((person) => newcomer(messenger, person))),
  )
  let going = true
  let rounds = 0
  const talks = visitors.map(async (visitor) => {
    for (let round = 0; going; round++, rounds++) {
      await (round % 2 === 0 ? visitor.asks() : visitor.goesOn())
      await Promise.all([visitor.says(2), visitor.takes()])
      await Promise.all([visitor.says(3, 'file'), visitor.answers(3, 'file')])
      await (round % 2 === 0 ? visitor.passes() : visitor.queues())
      await Promise.all([visitor.says(2), visitor.answers(2)])
      await visitor.closes()
    }
  })
  for (let nth = 0; nth < kills; nth++) {
    // One in five dies while it starts; the others somewhere in or shortly after their next hundred steps.
    const armed =
      nth % 5 === 4
        ? pause(random() * 500).then(() => child.kill())
        : child.killAt({ nth: 1 + Math.floor(random() * 100), afterMs: random() * 30 })
    await armed
    await died(...talks)
    child = await relay.next()
    child.start(ground).catch(() => {})
  }
  going = false
  await Promise.all(talks)
  await quiet()
  const found = await accountOfDesk(ground, visitors, killedAt)
  const { inForum, inTelegram, inVk } = found.repeated
  console.log(
    `seed ${seed}: ${kills} kills, ${rounds} talks, ${found.lines} lines; again after a cut answer: ${inForum} in the forum, ` +
      `${inTelegram} in Telegram, ${inVk} in VK, ${found.cardsAgain} cards; ${found.unusedTopics} topics opened in vain; wrong: ${found.wrong.length}`,
  )
  expect(found.wrong).toEqual([])
  expect(inVk).toBe(0)
  expect(rounds).toBeGreaterThanOrEqual(visitors.length)
})

const asked = [
  { point: 'forum.topicOpened', messenger: 'telegram', unused: 1, cards: 0 },
  { point: 'forum.cardPosted', messenger: 'vk', unused: 0, cards: 1 },
] as const
test.each(asked)('killed at $point while somebody asks: he waits in sight, once', async (row) => {
  const visitor = await newcomer(row.messenger, 8)
  const before = await accountOfDesk(ground, [], killedAt)
  await killedAtPoint(row.point, () => visitor.asks())
  await quiet()
  const unusedTopics = before.unusedTopics + row.unused
  expect(await accountOfDesk(ground, [visitor], killedAt)).toMatchObject({
    wrong: [],
    unusedTopics,
    cardsAgain: row.cards,
  })
  expect(await visitor.handOff()).toMatchObject({ state: 'waiting' })
})

describe('in a talk', () => {
  const talking = new Map<string, Visitor>()
  const of = (messenger: (typeof messengers)[number]): Visitor => talking.get(messenger) as Visitor
  beforeAll(async () => {
    for (const messenger of messengers) {
      const visitor = await newcomer(messenger, 7)
      talking.set(messenger, visitor)
      await visitor.asks()
      await visitor.takes()
      await visitor.answers()
      await visitor.heard()
    }
    await quiet()
  })

  test.each([
    { point: 'turn.effect', messenger: 'telegram', again: 0 },
    { point: 'turn.saved', messenger: 'vk', again: 0 },
    { point: 'turn.committed', messenger: 'telegram', again: 0 },
    { point: 'forum.shown', messenger: 'vk', again: 1 },
    { point: 'forum.posted', messenger: 'telegram', again: 0 },
    { point: 'forum.settled', messenger: 'vk', again: 0 },
  ] as const)(
    'killed at $point with a line from $messenger: it and what is written meanwhile are read',
    async ({ point, messenger, again }) => {
      const visitor = of(messenger)
      const before = await accountOfDesk(ground, [visitor], killedAt)
      await killedAtPoint(
        point,
        () => visitor.says(),
        () => visitor.says(2),
      )
      await visitor.read()
      await saidAll()
      const inForum = before.repeated.inForum + again
      expect(await accountOfDesk(ground, [visitor], killedAt)).toMatchObject({
        ...{ wrong: [], lines: before.lines + 3 },
        repeated: { inForum },
      })
    },
  )

  test('killed before shown lines are noted as done, while others wait behind them: those are shown, too', async () => {
    const visitor = of('telegram')
    const before = await accountOfDesk(ground, [visitor], killedAt)
    const heldAnswer = await held('sendMessage')
    await visitor.says()
    await visitor.read()
    await visitor.says(2)
    await vi.waitFor(
      async () => expect(await ground.database.prisma.deskPost.count({ where: { state: 'pending' } })).toBe(3),
      soon,
    )
    await killedAtPoint('forum.posted', heldAnswer.release)
    await visitor.read()
    await saidAll()
    expect(await accountOfDesk(ground, [visitor], killedAt)).toMatchObject({
      ...{ wrong: [], lines: before.lines + 3 },
      repeated: before.repeated,
    })
  })

  test.each([
    { point: 'forum.heard', messenger: 'vk' },
    { point: 'forum.lineStored', messenger: 'telegram' },
    { point: 'turn.effect', messenger: 'vk' },
    { point: 'turn.committed', messenger: 'telegram' },
    { point: 'forum.lineTold', messenger: 'vk' },
    { point: 'delivery.start', messenger: 'telegram' },
    { point: 'delivery.sent', messenger: 'telegram' },
    { point: 'delivery.sent', messenger: 'vk' },
    { point: 'delivery.settled', messenger: 'vk' },
  ] as const)(
    'killed at $point with a line of a consultant to $messenger: it and what is written meanwhile are heard',
    async ({ point, messenger }) => {
      const visitor = of(messenger)
      const before = await accountOfDesk(ground, [visitor], killedAt)
      await killedAtPoint(
        point,
        () => visitor.answers(1, 'file'),
        () => visitor.answers(2),
      )
      await visitor.heard()
      await saidAll()
      const { wrong, lines, repeated } = await accountOfDesk(ground, [visitor], killedAt)
      expect({ wrong, lines }).toEqual({ wrong: [], lines: before.lines + 3 })
      // Of a message that was on its way nobody knows whether Telegram has taken it; VK knows it by its `random_id`.
      const again = repeated.inTelegram - before.repeated.inTelegram
      if (point === 'delivery.sent') expect(again).toBe(messenger === 'telegram' ? 1 : 0)
      expect(repeated.inVk).toBe(0)
    },
  )

  test.each(messengers)(
    'killed while one in %s is closed, and as it is opened again: whoever writes is in sight',
    async (messenger) => {
      const visitor = of(messenger)
      await killedAtPoint('turn.committed', () => visitor.closes())
      await killedAtPoint('turn.committed', () => visitor.goesOn())
      await quiet()
      expect(await visitor.handOff()).toMatchObject({ state: 'waiting' })
      expect(await accountOfDesk(ground, [visitor], killedAt)).toMatchObject({ wrong: [] })
    },
  )

  test('what changes while a card is being shown is shown by it, too', async () => {
    const visitor = of('telegram')
    const edits = async () => (await ground.hand.calls({ method: 'editMessageText', bot: staffForum.botId })).length
    const before = await edits()
    const heldAnswer = await held('editMessageText')
    await visitor.takes()
    await vi.waitFor(async () => expect(await edits()).toBe(before + 1), soon)
    await visitor.putsBack()
    await vi.waitFor(async () => expect(await visitor.handOff()).toMatchObject({ state: 'waiting' }), soon)
    await heldAnswer.release()
    await quiet()
    expect(await accountOfDesk(ground, [visitor], killedAt)).toMatchObject({ wrong: [] })
  })
})

test('all that was to be said to residents was said, in order, and nothing else', async () => {
  expect(await child.stop()).toBe(0)
  expect(await account(ground)).toMatchObject({ wrong: [], vkExtra: 0 })
  expect((await accountOfDesk(ground, met, killedAt)).wrong).toEqual([])
})
