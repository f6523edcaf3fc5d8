import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { openTown, type Town } from '../support/town.ts'
import { flats, messengers, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true })
})
afterAll(() => town.close())

const [irina] = staffPeople.consultants
const staff = (who = irina) => town.hand.staff(who?.id ?? 0)

describe.each(messengers)('in %s', (messenger) => {
  test('a resident and a consultant talk', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const sub = await talk.say('оператор', '')
    console.log(sub.text, JSON.stringify(sub.buttons.flat().map((b) => b.label)))
    await talk.press('Начисления', '')
    console.log((await talk.hand.chat()).messages.at(-1)?.text)
    const forum = await staff().waitFor(({ topics }) => topics.some(({ name, messages }) => /Начисления/.test(name) && messages.length > 1))
    console.log(JSON.stringify(forum.topics.at(-1), null, 1))
    await staff().press('Беру')
    await staff().waitFor(({ topics }) => topics.some(({ name }) => /Ирина/.test(name)))
    const topic = forum.topics.at(-1)?.id ?? 0
    await staff().say('Здравствуйте! Чем помочь?', { topic })
    await talk.hand.reply()
    console.log((await talk.hand.chat()).messages.slice(-3).map((m) => m.text))
    await talk.hand.say('Почему так много?')
    await talk.hand.say('И где пересчёт?')
    const after = await staff().waitForTopic(topic, ({ messages }) => /пересчёт/.test(messages.at(-1)?.text ?? ''))
    console.log(after.messages.map((m) => `${m.author}: ${m.text}`).join('\n---\n'))
    expect(town.logged.filter((line) => /"level":(50|40)/.test(line))).toEqual([])
  })
})
