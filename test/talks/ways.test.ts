import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { oneOf, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled, tokenOf } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe.each(messengers)('ways through a conversation in %s', (messenger) => {
  test('«Начать» in the middle of something offers to go on, and goes on with what was typed', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.press('Изменить', said('readings.title'))
    await talk.say('325 312', said('readings.check'))
    const offer = await talk.start(said('resume.offerOf', { matter: 'передавали показания' }))
    expect(labels(offer)).toEqual(['Продолжить', 'Меню'])
    const table = await talk.press('Продолжить', said('common.resumed'))
    expect(table.text).toMatch(/Проверьте[\s\S]*325 м³/)
    await talk.press('Верно', said('readings.accepted'))
  })

  test('«Начать» at the beginning of something shows the menu', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Помощь', said('help.title'))
    await talk.start(said('menu.title'))
  })

  test('what was begun can be left for the menu', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('324 311', said('readings.check'))
    await talk.start(said('resume.offerOf', { matter: 'передавали показания' }))
    await talk.press('Меню', said('menu.title'))
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
  })

  test('«Назад» leads back place by place, then to the menu', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.press('Вводить по одному', 'Холодная вода, счётчик')
    await talk.say('324', 'Горячая вода, счётчик')
    await talk.say('311', said('readings.check'))
    await talk.press('Назад', 'Горячая вода, счётчик')
    await talk.say('назад', /Вводить|Показания за|Холодная вода, счётчик/)
    await talk.say('меню', said('menu.title'))
    await talk.press('Мои счета', said('accounts.list'))
    await talk.press('Назад', said('menu.title'))
  })

  test.each(['отмена', 'Отмена!', '/cancel', 'cancel'])(
    '«%s» leaves everything as it was and says so',
    async (typed) => {
      const talk = await settled(town, messenger, flats.twoWater)
      await talk.say('324 311', said('readings.check'))
      await talk.say(typed, said('common.cancelled'))
      expect(await readingsOf(town, flats.twoWater)).toEqual([])
    },
  )

  test('«меню» and «оператор» work from every place', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    for (const typed of ['показания', '324 311', 'помощь', 'настройки', '/delete_my_data']) {
      await talk.say(typed)
      await talk.say('оператор', said('consultant.where'))
      await talk.say('МЕНЮ', said('menu.title'))
    }
  })

  test('a press on an old screen shows the present one and does nothing else', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const old = await talk.say('324 311', said('readings.check'))
    await talk.say('меню', said('menu.title'))
    await talk.pressOld(tokenOf(old, 'Верно'), old.id, said('menu.title'))
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
    await talk.say('325 312', said('readings.check'))
    const present = await talk.pressOld(tokenOf(old, 'Верно'), old.id, said('readings.check'))
    expect(present.text).toContain('325 м³')
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
  })

  test.each(['zzz.0', 'nonsense', '1.999', '1.>', '../../etc/passwd'])(
    'a press on a button of nobody («%s») shows the present screen',
    async (token) => {
      const talk = await settled(town, messenger, flats.twoWater)
      const table = await talk.say('324 311', said('readings.check'))
      await talk.pressOld(token, table.id, said('readings.check'))
      expect(await readingsOf(town, flats.twoWater)).toEqual([])
    },
  )

  test('a double click is one press', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const table = await talk.say('324 311', said('readings.check'))
    const token = tokenOf(table, 'Верно')
    await town.hand.hold(messenger)
    await talk.hand.pressToken(token, table.id)
    await talk.hand.pressToken(token, table.id)
    await town.hand.release(messenger)
    await talk.hand.waitFor(({ messages }) => messages.some(({ text }) => said('readings.accepted').test(text)))
    await talk.say('помощь', said('help.title'))
    const { messages } = await talk.hand.chat()
    const answers = messages.filter(({ text }) => oneOf(said('readings.accepted'), said('readings.same')).test(text))
    expect(answers).toHaveLength(1)
    expect(await readingsOf(town, flats.twoWater)).toHaveLength(2)
  })

  test('an update that is told twice is taken once', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const before = await talk.length()
    await town.hand.repeatUpdates(messenger, 2)
    await talk.say('помощь', said('help.title'))
    expect(await talk.length()).toBe(before + 2)
  })

  test('two messages at once are both answered, in their order', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await town.hand.hold(messenger)
    await talk.hand.say('показания')
    await talk.hand.say('324 311')
    await town.hand.release(messenger)
    const { messages } = await talk.hand.waitFor((chat) =>
      chat.messages.some(({ text }) => said('readings.check').test(text)),
    )
    const texts = messages.map(({ text }) => text)
    expect(texts.findIndex((text) => said('readings.title').test(text))).toBeLessThan(
      texts.findIndex((text) => said('readings.check').test(text)),
    )
  })

  test('button labels can be typed, in any case, and choices by their number', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('хвс 324', said('readings.check'))
    await talk.say('ДОБАВИТЬ ОСТАЛЬНЫЕ', 'Горячая вода')
    await talk.say('пропустить', said('readings.check'))
    await talk.say('верно', said('readings.accepted'))
    await talk.say('9', said('help.title'))
    await talk.say('1', 'Как передать показания')
  })

  test('a pressed button changes its own message where the messenger can do that', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const menu = await talk.say('меню', said('menu.title'))
    const help = await talk.press('Помощь', said('help.title'))
    expect(help.id).toBe(menu.id)
  })

  test('a message corrected before the confirmation is read again', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('324 311', said('readings.check'))
    const table = await talk.edit(talk.written, '326 312', said('readings.check'))
    expect(table.text).toContain('326 м³')
    await talk.press('Верно', said('readings.accepted'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[326], [312]])
  })

  test('one that was refused is corrected by editing it', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('300 311', said('readings.refusal.E_LESS'))
    await talk.edit(talk.written, '324 311', said('readings.check'))
  })

  test('a message corrected after the confirmation is answered with how to correct', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('324 311', said('readings.check'))
    const { written } = talk
    await talk.press('Верно', said('readings.accepted'))
    await talk.edit(written, '326 312', said('common.editedTooLate'))
    expect((await readingsOf(town, flats.twoWater)).map(({ dials }) => dials)).toEqual([[324], [311]])
  })

  test('a place survives a restart of the product', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await town.restart()
    await talk.press('Верно', said('readings.accepted'))
  })
})

test('an old VK client has its buttons as words, and comes to the same end', async () => {
  const talk = await settled(town, 'vk', flats.twoWater)
  await town.hand.oldVkClient(talk.hand.person, true)
  await talk.say('показания', said('readings.title'))
  await talk.say('324 311', said('readings.check'))
  await talk.hand.press('Верно')
  await talk.hand.reply(({ text }) => said('readings.accepted').test(text))
  expect(await readingsOf(town, flats.twoWater)).toHaveLength(2)
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
