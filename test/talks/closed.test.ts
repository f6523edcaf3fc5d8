import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { codes, linkedNumbers, unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const setOpen = ({ number }: { number: string }, open: boolean) =>
  town.fresh.database.pool.query('UPDATE account SET open = $2 WHERE number = $1', [number, open])
beforeEach(async () => {
  for (const flat of [flats.oneMeter, flats.twoWater]) await setOpen(flat, true)
  await town.fresh.database.pool.query('DELETE FROM notice')
})

const closed = said('accountGone.closed', { address: 'улица XXII Партсъезда, д. 7, кв. 14' })
const tellings = async ({ chat }: Talk): Promise<number> => {
  const { rows } = await town.fresh.database.pool.query<{ body: { text: { text: string } } | null }>(
    'SELECT body FROM outbox WHERE chat = $1',
    [chat],
  )
  return rows.filter(({ body }) => closed.test(body?.text.text ?? '')).length
}

describe.each(messengers)('an account that the billing closes in %s', (messenger) => {
  test('is told of by its address, once, and is gone from the list', async () => {
    const talk = await settled(town, messenger, flats.oneMeter, flats.twoWater)
    await setOpen(flats.oneMeter, false)
    await town.restart()
    const shown = await talk.hand.reply(({ text }) => closed.test(text))
    expect(labels(shown)).toEqual(['Подключить счёт', 'Консультант', 'Мои счета', 'Меню'])
    const list = await talk.press('Мои счета', said('accounts.list', { count: '1' }))
    expect(list.text).not.toContain('Партсъезда')
    expect(await linkedNumbers(town, talk)).toEqual([flats.twoWater.number])
    expect(await tellings(talk)).toBe(1)
  })

  test('in the midst of its readings is told of at once, and not a second time', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    await talk.say('7000', said('readings.check'))
    await setOpen(flats.oneMeter, false)
    await talk.press('Верно', closed)
    expect(await linkedNumbers(town, talk)).toEqual([])
    const { rows } = await town.fresh.database.pool.query(`SELECT FROM notice WHERE id LIKE 'gone:%'`)
    expect(rows).toEqual([])
    await talk.press('Меню', said('linking.first'))
    expect(await tellings(talk)).toBe(1)
  })

  test('is not that of its former resident when it is opened again', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title', { period: 'ноябрь 2026' }))
    await setOpen(flats.oneMeter, false)
    await talk.say('7000', closed)
    await setOpen(flats.oneMeter, true)
    await talk.press('Меню', said('linking.first'))
    await talk.say(codes.oneMeter, said('linking.linked'))
  })

  test('says what became of it where another chat has unlinked it meanwhile', async () => {
    const talk = await settled(town, messenger, flats.oneMeter, flats.twoWater)
    await talk.press('Передать показания', said('whichAccount.which'))
    await talk.say('XXII Партсъезда 7-14', said('readings.title', { period: 'ноябрь 2026' }))
    await town.fresh.database.pool.query(
      `UPDATE link l SET removed_at = $2, removed_why = 'self' FROM conversation c, account a
       WHERE c.chat = $1 AND l.resident_id = c.resident_id AND a.id = l.account_id AND a.number = $3`,
      [talk.chat, town.clock.now(), flats.oneMeter.number],
    )
    await talk.say('7000', said('accountGone.self', { address: 'улица XXII Партсъезда, д. 7, кв. 14' }))
    await talk.say('показания', said('readings.title', { period: 'ноябрь 2026' }))
  })
})

test('that is closed at night is told of in the morning', async () => {
  const talk = await settled(town, 'telegram', flats.oneMeter)
  town.clock.set('2026-11-10T20:00:00Z')
  await setOpen(flats.oneMeter, false)
  await town.restart()
  const due = async () => {
    const { rows } = await town.fresh.database.pool.query<{ due_at: Date }>(
      'SELECT due_at FROM notice WHERE chat = $1',
      [talk.chat],
    )
    return rows.map((row) => row.due_at.toISOString())
  }
  await expect.poll(due, { timeout: 20_000 }).toEqual(['2026-11-11T04:00:00.000Z'])
  expect(await tellings(talk)).toBe(0)
})

test('a closed account is linked neither by address nor by code', async () => {
  const talk = await unlinked(town, 'vk')
  await talk.say(codes.closed, both(said('linking.noCode'), said('linking.askCode')))
  expect(await linkedNumbers(town, talk)).toEqual([])
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
