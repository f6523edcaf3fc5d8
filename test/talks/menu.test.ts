import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { flats, labels, messengers, newcomer, settle, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const menuLabels = [
  'Передать показания',
  'Начисления',
  'Квитанция',
  'Записаться на приём',
  'Документы',
  'Обращения',
  'Консультант',
  'Мои счета',
  'Помощь',
  'Настройки',
]

describe.each(messengers)('the menu in %s', (messenger) => {
  test('has its ten entries', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    expect(labels(await talk.say('меню', 'Что вам нужно?'))).toEqual(menuLabels)
  })

  test.each([
    ['Передать показания', 'Показания за ноябрь 2026'],
    ['Начисления', 'В боте начислений пока нет'],
    ['Квитанция', 'В боте квитанций пока нет'],
    ['Записаться на приём', 'В боте записи пока нет'],
    ['Документы', 'В боте документы пока не принимаем'],
    ['Обращения', 'В боте обращений пока нет'],
    ['Консультант', 'каждый день с 8:00 до 20:00'],
    ['Мои счета', 'Подключён 1 счёт'],
    ['Помощь', 'О чём рассказать?'],
    ['Настройки', 'Здесь можно сменить язык'],
  ])('«%s» leads to a screen with a way on and a way back', async (entry, told) => {
    const talk = await settled(town, messenger, flats.twoWater)
    const screen = await talk.press(entry, told)
    expect(labels(screen).filter((label) => !['Назад', 'Меню'].includes(label))).not.toEqual([])
    expect(labels(await talk.press('Меню', 'Что вам нужно?'))).toEqual(menuLabels)
  })

  test.each([
    ['Начисления', 'Квитанция'],
    ['начисления', 'квитанция'],
    ['2', '3'],
  ])('entries can be typed, as a label or a number: «%s», «%s»', async (second, third) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say(second, 'начислений пока нет')
    await talk.say('Меню', 'Что вам нужно?')
    await talk.say(third, 'квитанций пока нет')
  })

  test.each([
    ['показания', 'Показания за ноябрь'],
    ['показаня', 'Показания за ноябрь'],
    ['ПЕРЕДАТЬ ПОКАЗАНИЯ!', 'Показания за ноябрь'],
    ['счётчики', 'Показания за ноябрь'],
    ['мой счёт', 'Мои счета'],
    ['что ты умеешь?', 'О чём рассказать?'],
    ['/help', 'О чём рассказать?'],
    ['/operator', 'Консультанты ЕРЦ'],
    ['человек', 'Консультанты ЕРЦ'],
    ['/settings', 'сменить язык'],
    ['submit readings', 'Показания за ноябрь'],
  ])('understands «%s» in free words', async (typed, told) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say(typed, told)
  })

  test('what is not understood is answered with an example, the second time also with a way to a person', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const first = await talk.say('абырвалг', 'Не получилось понять ответ.')
    expect(first.text).toContain('Например: «показания»')
    expect(first.text).not.toContain('оператор')
    expect(labels(first)).toEqual(menuLabels)
    await talk.say('ещё абырвалг', 'напишите «оператор»')
    await talk.say('оператор', 'Консультанты ЕРЦ отвечают')
  })

  test('tells whether consultants are there now, by the clock of Yekaterinburg', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    try {
      await talk.press('Консультант', 'Сейчас они на связи.')
      town.clock.set('2026-11-10T15:00:00Z')
      await talk.say('оператор', 'Сейчас нерабочее время')
    } finally {
      town.clock.set('2026-11-10T07:00:00Z')
    }
  })

  test.each([
    ['Как передать показания', 'с 1-го по 25-е число', 'Передать показания'],
    ['Как подключить счёт', 'Закрытые счета не показываются', 'Подключить счёт'],
    ['Где найти номер счёта', 'вверху квитанции', 'Подключить счёт'],
    ['Что бот хранит обо мне', 'переписку за 30 дней', 'Настройки'],
  ])('help: «%s» says it on a short screen and lets one do it at once', async (subject, told, now) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Помощь', 'О чём рассказать?')
    const screen = await talk.press(subject, told)
    expect(labels(screen)).toEqual([now, 'Назад', 'Меню'])
    expect(screen.text.length).toBeLessThan(600)
    await talk.press('Назад', 'О чём рассказать?')
  })

  test('the language is changed in the settings, for good', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Настройки', 'сменить язык')
    await talk.press('English', 'Settings')
    const menu = await talk.say('menu', 'What do you need?')
    expect(labels(menu)).not.toContain('Помощь')
    await talk.say('показания', 'Readings for November 2026')
    await talk.say('настройки', 'Settings')
    await talk.press('Русский', 'Здесь можно сменить язык')
  })

  test('has nothing about readings for a flat without meters, and says so', async () => {
    const talk = await settled(town, messenger, flats.withoutMeters)
    const told = await talk.press('Передать показания', 'не подключён ни один счётчик')
    expect(told.text).toContain('Что вам нужно?')
  })

  test('without an account every entry leads to linking one', async () => {
    const talk = await newcomer(town, messenger)
    await settle(town, talk.chat, [])
    await talk.start('Подключить счёт')
    await talk.say('/readings', 'Подключить счёт')
    await talk.say('меню', 'Подключить счёт')
  })

  test('asks which account when there are several, a page of six at a time', async () => {
    const { rows } = await town.fresh.database.pool.query<{ number: string }>(
      `SELECT number FROM account WHERE open AND EXISTS (SELECT FROM meter m WHERE m.account_id = account.id AND m.removed_at IS NULL)
       ORDER BY id LIMIT 12`,
    )
    const talk = await settled(town, messenger, ...rows)
    const first = labels(await talk.press('Передать показания', 'По какому адресу?'))
    expect(first).toHaveLength(9)
    expect(first.slice(6)).toEqual(['Дальше', 'Назад', 'Меню'])
    const second = labels(await talk.press('Дальше'))
    expect(second.slice(6)).toEqual(['Раньше', 'Назад', 'Меню'])
    expect(new Set([...first.slice(0, 6), ...second.slice(0, 6)]).size).toBe(12)
    const [seventh = ''] = second
    await talk.press('Раньше')
    await talk.press('Дальше')
    await talk.press(seventh, 'Показания за ноябрь')
    const { accountId } = await standing(talk.chat)
    const { rows: known } = await town.fresh.database.pool.query('SELECT number FROM account WHERE id = $1', [
      accountId,
    ])
    expect(known).toEqual([rows[6]])
  })

  test('a choice of any page can be typed by its number', async () => {
    const { rows } = await town.fresh.database.pool.query<{ number: string }>(
      `SELECT number FROM account WHERE open AND EXISTS (SELECT FROM meter m WHERE m.account_id = account.id AND m.removed_at IS NULL)
       ORDER BY id LIMIT 12`,
    )
    const talk = await settled(town, messenger, ...rows)
    await talk.press('Передать показания', 'По какому адресу?')
    await talk.say('12', 'Показания за ноябрь')
    const { accountId } = await standing(talk.chat)
    const { rows: known } = await town.fresh.database.pool.query('SELECT number FROM account WHERE id = $1', [
      accountId,
    ])
    expect(known).toEqual([rows[11]])
  })
})

async function standing(chat: string): Promise<{ dialog: string; accountId: number }> {
  const { rows } = await town.fresh.database.pool.query('SELECT state FROM conversation WHERE chat = $1', [chat])
  return rows[0].state.at
}

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
