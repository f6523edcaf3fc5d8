import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { codes, linkedNumbers } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

describe.each(messengers)('what was half done in %s', (messenger) => {
  test('is offered again when a deep link has linked another account in between', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.start(said('resume.offerOf'), codes.twoWater)
    expect((await linkedNumbers(town, talk)).toSorted()).toEqual(
      [flats.oneMeter.number, flats.twoWater.number].toSorted(),
    )
    await talk.press('Продолжить', both(said('common.resumed'), said('readings.check')))
    await talk.press('Верно', said('readings.accepted'))
  })
})

describe.each(messengers)('readings left unconfirmed for the menu in %s', (messenger) => {
  test.each(['да', 'Верно', 'вернуться', 'Продолжить', 'continue'])(
    'are shown again for «%s», and nothing is submitted by it',
    async (typed) => {
      const talk = await settled(town, messenger, flats.oneMeter)
      await talk.say('7000', said('readings.check'))
      await talk.say('меню', both(said('common.howToGoOn'), said('menu.title')))
      const table = await talk.say(typed, both(said('common.resumed'), said('readings.check')))
      expect(table.text).toContain('7000 кВт·ч')
      expect(await readingsOf(town, flats.oneMeter)).toEqual([])
      await talk.say('да', said('readings.accepted'))
      await talk.say('продолжить', said('common.notUnderstood'))
    },
  )

  test('are gone back to from any place where nothing is asked, and offered by «Начать»', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.say('оператор', said('consultant.where'))
    await talk.say('продолжить', said('readings.check'))
    await talk.say('меню', said('menu.title'))
    await talk.start(said('resume.offerOf'))
    await talk.say('да', said('readings.check'))
    expect(await readingsOf(town, flats.oneMeter)).toEqual([])
  })

  test('are still offered by «Начать» when another account was being linked in between', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.say('меню', said('menu.title'))
    await talk.say('подключить счёт', said('linking.another'))
    await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
    await talk.start(said('resume.offerOf', { matter: 'передавали показания' }))
    const table = await talk.press('Продолжить', said('readings.check'))
    expect(table.text).toContain('7000 кВт·ч')
  })

  test('are judged by what is so when they are gone back to', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.say('меню', said('menu.title'))
    const { pool } = town.fresh.database
    await pool.query(`UPDATE meter SET last_t1 = 7100, last_at = '2026-11-09' WHERE id = 'M1339'`)
    try {
      const table = await talk.say('да', said('readings.refusal.E_LESS', { previous: '7100' }))
      expect(labels(table)).not.toContain('Верно')
    } finally {
      await pool.query(`UPDATE meter SET last_t1 = 6919.3, last_at = '2026-10-16' WHERE id = 'M1339'`)
    }
  })
})

describe.each(messengers)('an account that is linked no more in %s', (messenger) => {
  test('is never mistaken for the one that is left', async () => {
    const talk = await settled(town, messenger, flats.oneMeter, flats.twoWater)
    const list = await talk.say('мои счета', said('accounts.list'))
    const label = list.buttons.flat().find((button) => button.label.includes('8 Марта'))?.label ?? ''
    await talk.press(label.replaceAll('\u00a0', ' '))
    await town.fresh.database.pool.query(
      `UPDATE link SET removed_at = now() WHERE chat = $1 AND account_id = (SELECT id FROM account WHERE number = $2)`,
      [talk.chat, flats.twoWater.number],
    )
    const told = await talk.press('Передать показания', /8 Марта/)
    expect(told.text).not.toMatch(said('readings.title'))
  })
})
