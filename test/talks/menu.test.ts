import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
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
    expect(labels(await talk.say('меню', said('menu.title')))).toEqual(menuLabels)
  })

  test.each([
    ['Передать показания', said('readings.title', { period: 'ноябрь 2026' })],
    ['Начисления', said('charges.head.debt')],
    ['Квитанция', said('receipt.title')],
    ['Записаться на приём', said('appointment.title')],
    ['Документы', said('documents.title')],
    ['Обращения', said('requests.askTopic')],
    ['Консультант', said('consultant.where', { from: '8:00', to: '20:00' })],
    ['Мои счета', said('accounts.list')],
    ['Помощь', said('help.title')],
    ['Настройки', said('settings.title')],
  ])('«%s» leads to a screen with a way on and a way back', async (entry, told) => {
    const talk = await settled(town, messenger, flats.house)
    const screen = await talk.press(entry, told)
    expect(labels(screen).filter((label) => !['Назад', 'Меню'].includes(label))).not.toEqual([])
    expect(labels(await talk.press('Меню', said('menu.title')))).toEqual(menuLabels)
  })

  test.each([
    ['Начисления', 'Квитанция'],
    ['начисления', 'квитанция'],
    ['2', '3'],
  ])('entries can be typed, as a label or a number: «%s», «%s»', async (second, third) => {
    const talk = await settled(town, messenger, flats.house)
    await talk.say(second, said('charges.head.debt'))
    await talk.say('Меню', said('menu.title'))
    await talk.say(third, said('receipt.title'))
  })

  test.each([
    ['показания', said('readings.title', { period: 'ноябрь 2026' })],
    ['показаня', said('readings.title', { period: 'ноябрь 2026' })],
    ['ПЕРЕДАТЬ ПОКАЗАНИЯ!', said('readings.title', { period: 'ноябрь 2026' })],
    ['счётчики', said('readings.title', { period: 'ноябрь 2026' })],
    ['мой счёт', said('accounts.list')],
    ['что ты умеешь?', said('help.title')],
    ['/help', said('help.title')],
    ['/operator', said('consultant.where')],
    ['человек', said('consultant.where')],
    ['/settings', said('settings.title')],
    ['submit readings', said('readings.title', { period: 'ноябрь 2026' })],
  ])('understands «%s» in free words', async (typed, told) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say(typed, told)
  })

  test('what is not understood is answered with an example, the second time also with a way to a person', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const first = await talk.say('абырвалг', said('common.notUnderstood'))
    expect(first.text).toMatch(said('menu.example'))
    expect(first.text).not.toContain('оператор')
    expect(labels(first)).toEqual(menuLabels)
    await talk.say('ещё абырвалг', said('common.askAPerson'))
    await talk.say('оператор', said('consultant.where'))
  })

  test('tells whether consultants are there now, by the clock of Yekaterinburg', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    try {
      await talk.press('Консультант', said('consultant.now'))
      town.clock.set('2026-11-10T15:00:00Z')
      await talk.say('оператор', said('consultant.later'))
    } finally {
      town.clock.set('2026-11-10T07:00:00Z')
    }
  })

  test('the language is changed in the settings, for good', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Настройки', said('settings.title'))
    await talk.press('English', said('settings.title', {}, 'en'))
    const menu = await talk.say('menu', said('menu.title', {}, 'en'))
    expect(labels(menu)).not.toContain('Помощь')
    await talk.say('показания', said('readings.title', {}, 'en'))
    await talk.say('настройки', said('settings.title', {}, 'en'))
    await talk.press('Русский', said('settings.title'))
  })

  test('has nothing about readings for a flat without meters, and says so', async () => {
    const talk = await settled(town, messenger, flats.withoutMeters)
    const told = await talk.press('Передать показания', said('readings.noMeters'))
    expect(told.text).toMatch(said('menu.title'))
  })

  test('without an account every entry leads to linking one', async () => {
    const talk = await newcomer(town, messenger)
    await settle(town, talk.chat, [])
    await talk.start(said('linking.first'))
    await talk.say('/readings', said('linking.first'))
    await talk.say('меню', said('linking.first'))
  })

  test('asks which account when there are several, a page of six at a time', async () => {
    const { rows } = await town.fresh.database.pool.query<{ number: string }>(
      `SELECT number FROM account WHERE open AND EXISTS (SELECT FROM meter m WHERE m.account_id = account.id AND m.removed_at IS NULL)
       ORDER BY id LIMIT 12`,
    )
    const talk = await settled(town, messenger, ...rows)
    const first = labels(await talk.press('Передать показания', said('whichAccount.which')))
    expect(first).toHaveLength(9)
    expect(first.slice(6)).toEqual(['Дальше', 'Назад', 'Меню'])
    const second = labels(await talk.press('Дальше'))
    expect(second.slice(6)).toEqual(['Раньше', 'Назад', 'Меню'])
    expect(new Set([...first.slice(0, 6), ...second.slice(0, 6)]).size).toBe(12)
    const [seventh = ''] = second
    await talk.press('Раньше')
    await talk.press('Дальше')
    await talk.press(seventh, said('readings.title', { period: 'ноябрь 2026' }))
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
    await talk.press('Передать показания', said('whichAccount.which'))
    await talk.say('12', said('readings.title', { period: 'ноябрь 2026' }))
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
