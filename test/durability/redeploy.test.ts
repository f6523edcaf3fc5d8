import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Product } from '../../bots/product.ts'
import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import type { Dialogs } from '../../src/engine/turn.ts'
import { type Ground, openGround } from './ground.ts'
import { newRelease, oldRelease } from './releases.ts'
import { inTime, listensToBoth, startHere } from './running.ts'

let ground: Ground
let running: Product | undefined
beforeAll(async () => {
  ground = await openGround({ people: 12 })
})
afterEach(() => stop())
afterAll(() => ground.close())

async function stop(): Promise<void> {
  await running?.close()
  running = undefined
}

/** Ends the release that runs, and starts this one in its place. */
async function deploy(dialogs: Dialogs): Promise<void> {
  await stop()
  running = await startHere(ground, dialogs)
  await listensToBoth(running)
}

let met = 0
const newResident = (messenger: 'telegram' | 'vk'): ResidentHand => ground.hand.resident(messenger, 7 + (met++ % 6))

const told = (resident: ResidentHand, words: string) => resident.reply(({ text }) => text.includes(words))

const deferred = async (): Promise<number> => {
  const { rows } = await ground.database.pool.query('SELECT count(*)::int AS waiting FROM deferred')
  return rows[0].waiting
}

describe.each(['telegram', 'vk'] as const)('%s', (messenger) => {
  test('a dialog whose shape has changed goes on where it was', async () => {
    const resident = newResident(messenger)
    await deploy(oldRelease)
    await resident.start('census')
    await told(resident, 'Как вас зовут?')
    await resident.say('Анна')
    await told(resident, 'Сколько вам лет, Анна?')
    await deploy(newRelease)
    await resident.say('30')
    await told(resident, 'Записано: Анна, 30')
  })

  test('a dialog that cannot go on from its old shape says so and begins anew', async () => {
    const resident = newResident(messenger)
    await deploy(oldRelease)
    await resident.start('census')
    await told(resident, 'Как вас зовут?')
    await deploy(newRelease)
    await resident.say('Борис')
    const { text } = await told(resident, 'Представьтесь')
    expect(text).toMatch(/не сохранился.*Переданные показания на месте/s)
    await resident.say('Борис')
    await told(resident, 'Борис, сколько вам полных лет?')
  })

  test.each([
    {
      place: 'a changed dialog',
      payload: 'census',
      first: 'Представьтесь',
      words: ['Вера', 'сорок', '40'],
      answers: ['Вера, сколько', 'Нужно число', 'Записано: Вера, 40'],
    },
    {
      place: 'a dialog it does not know',
      payload: 'poll',
      first: 'понятно',
      words: ['что?', 'да'],
      answers: ['Да или нет?', 'Спасибо за ответ!'],
    },
  ])(
    'an old process leaves what is said in $place to the new one, which takes it in order',
    async ({ payload, first, words, answers }) => {
      const [resident, other] = [newResident(messenger), newResident(messenger)]
      await deploy(newRelease)
      await resident.start(payload)
      await told(resident, first)
      const before = (await resident.chat()).messages.length
      await deploy(oldRelease)
      for (const word of words) await resident.say(word)
      await vi.waitFor(async () => expect(await deferred()).toBe(words.length), inTime)
      // Whoever stands where the old process knows its way is answered by it meanwhile.
      await other.start('census')
      await told(other, 'Как вас зовут?')
      const unanswered = (await resident.chat()).messages.slice(before)
      expect(unanswered.map(({ from }) => from)).toEqual(words.map(() => 'resident'))
      await deploy(newRelease)
      const { messages } = await resident.waitFor(
        (chat) => chat.messages.at(-1)?.text.includes(answers.at(-1) ?? '') ?? false,
      )
      const said = messages.slice(before + words.length)
      expect(said).toHaveLength(answers.length)
      for (const [nth, answer] of answers.entries()) expect(said[nth]?.text).toContain(answer)
      expect(await deferred()).toBe(0)
    },
  )
})
