import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Product } from '../../bots/product.ts'
import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import type { ChatId, Messenger } from '../../src/engine/event.ts'
import { account, storedReadings } from './accounting.ts'
import { bareEngine } from './bareEngine.ts'
import { type Ground, openGround } from './ground.ts'
import { inTime, listensToBoth, startHere } from './running.ts'
import { askReadings, confirmationIn, confirmReadings, linkFlat, typed, typeReadings, valuesOf } from './talk.ts'

let ground: Ground
let product: Product
beforeAll(async () => {
  ground = await openGround({ people: 20 })
  product = await startHere(ground)
  await listensToBoth(product)
})
afterAll(async () => {
  await product.close()
  await ground.close()
})

let met = 6
const newResident = (messenger: Messenger): ResidentHand => ground.hand.resident(messenger, ++met)

const answersIn = async (resident: ResidentHand): Promise<SeenMessage[]> =>
  (await resident.chat()).messages.filter(({ from }) => from === 'bot')

const answered = async (resident: ResidentHand, count: number): Promise<SeenMessage[]> => {
  await resident.waitFor(({ messages }) => messages.filter(({ from }) => from === 'bot').length >= count)
  return answersIn(resident)
}

/** Everything that was said is taken and everything that was to be shown is shown. */
async function quiet(): Promise<void> {
  await vi.waitFor(async () => {
    await product.engine.idle()
    expect(await ground.database.prisma.outbox.count({ where: { state: 'pending' } })).toBe(0)
  }, inTime)
}

describe.each(['telegram', 'vk'] as const)('%s', (messenger) => {
  test('a burst is answered message by message, in order', async () => {
    const resident = newResident(messenger)
    await resident.start()
    await answered(resident, 1)
    await ground.hand.hold(messenger)
    const words = Array.from({ length: 30 }, (_, nth) => (nth % 2 ? 'помощь' : 'настройки'))
    for (const word of words) await resident.say(word)
    await ground.hand.release(messenger)
    const [, ...answers] = await answered(resident, 31)
    expect(answers.map(({ text }) => (/Помощь/.test(text) ? 'помощь' : 'настройки'))).toEqual(words)
  })

  test('two messages at once: each is answered, and the second is read where the first has led', async () => {
    const resident = newResident(messenger)
    const flat = ground.flats[met]
    if (!flat) throw new Error('the sample town has too few flats')
    await linkFlat(resident, flat)
    await ground.hand.hold(messenger)
    await resident.say('показания')
    await resident.say(typed(valuesOf(flat, 1)))
    await ground.hand.release(messenger)
    await resident.waitFor(({ messages }) => messages.at(-1)?.text.includes('Проверьте') ?? false)
    await confirmReadings(resident, valuesOf(flat, 1))
    expect((await storedReadings(ground.database, flat)).told).toHaveLength(1)
  })

  test('what is told a second time is taken once', async () => {
    const resident = newResident(messenger)
    const flat = ground.flats[met]
    if (!flat) throw new Error('the sample town has too few flats')
    await linkFlat(resident, flat)
    await askReadings(resident)
    await typeReadings(resident, valuesOf(flat, 1))
    const told = await confirmReadings(resident, valuesOf(flat, 1))
    await quiet()
    const before = await answersIn(resident)
    await ground.hand.repeatUpdates(messenger, 12)
    // What comes after the repetitions is answered after them.
    await resident.say('помощь')
    await resident.reply(({ text }) => text.startsWith('Помощь'))
    const after = await answersIn(resident)
    expect(after.slice(0, -1)).toEqual(before)
    expect(after).toHaveLength(before.length + 1)
    expect(await storedReadings(ground.database, flat)).toEqual({ told: [told], current: told })
  })

  test('a double press on «Верно» takes the readings once', async () => {
    const resident = newResident(messenger)
    const flat = ground.flats[met]
    if (!flat) throw new Error('the sample town has too few flats')
    await linkFlat(resident, flat)
    await askReadings(resident)
    await typeReadings(resident, valuesOf(flat, 1))
    await ground.hand.hold(messenger)
    await resident.press('Верно')
    await resident.press('Верно')
    await resident.say('помощь')
    await ground.hand.release(messenger)
    await resident.waitFor(({ messages }) => messages.at(-1)?.text.includes('Помощь') ?? false)
    const said = (await answersIn(resident)).flatMap(({ text }) => confirmationIn(text) ?? [])
    const { told } = await storedReadings(ground.database, flat)
    expect(told.map(({ confirmation }) => confirmation)).toEqual(said)
    expect(said).toHaveLength(1)
  })

  test('what arrives in another order is taken in the order in which it arrives, and nothing twice', async () => {
    const resident = newResident(messenger)
    await resident.start()
    await answered(resident, 1)
    await ground.hand.hold(messenger)
    for (const word of ['помощь', 'настройки', 'консультант']) await resident.say(word)
    await ground.hand.release(messenger, { reversed: true })
    const [, ...answers] = await answered(resident, 4)
    await quiet()
    expect(await answersIn(resident)).toHaveLength(4)
    expect(answers.map(({ text }) => /Консультант|Настройки|Помощь/.exec(text)?.[0])).toEqual([
      'Консультант',
      'Настройки',
      'Помощь',
    ])
  })

  test('what two processes have committed is shown in one order', async () => {
    const resident = newResident(messenger)
    await resident.start()
    await answered(resident, 1)
    await quiet()
    // It may commit, but sends nothing: the other one holds the messenger's lease.
    const second = bareEngine(ground.database)
    const chat: ChatId = await chatOf(messenger, met)
    const event = (nth: number, text: string) =>
      ({ id: `${chat}:${nth}`, chat, at: new Date(), input: { kind: 'text', text, message: `${nth}` } }) as const
    const method = messenger === 'vk' ? 'messages.send' : 'sendMessage'
    const held = await ground.hand.fault({ messenger, method, times: 1, effect: { kind: 'hold' } })
    await product.engine.handle([event(1, 'помощь')])
    await second.engine.handle([event(2, 'настройки')])
    await product.engine.handle([event(3, 'консультант')])
    await held.release()
    const [, ...answers] = await answered(resident, 4)
    expect(answers.map(({ text }) => /Консультант|Настройки|Помощь/.exec(text)?.[0])).toEqual([
      'Помощь',
      'Настройки',
      'Консультант',
    ])
    await second.close()
  })
})

async function chatOf(messenger: Messenger, person: number): Promise<ChatId> {
  const found = (await ground.hand.people()).find(({ id }) => id === person)
  return messenger === 'vk' ? `vk:${found?.vkId}` : `telegram:${found?.telegramId}`
}

test('nothing was shown out of its order or twice, and no call broke a rule of its platform', async () => {
  await quiet()
  expect(await account(ground)).toMatchObject({ wrong: [], repeated: 0, vkExtra: 0 })
  expect(await ground.hand.violations()).toEqual([])
})
