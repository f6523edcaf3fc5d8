import { afterAll, beforeAll, expect, test } from 'vitest'
import { newState } from '../../src/engine/state.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { messengers, newcomer, settle, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const many = 200
/** The office of one window, on a day when one place is left before others. */
const [office, date, minute, next] = ['CHK-1', '2026-11-12', 10 * 60, 10 * 60 + 15]

/** Somebody who has the times of that day before him. */
async function atTimes(nth: number): Promise<Talk> {
  const talk = await newcomer(town, messengers[nth % 2] ?? 'vk')
  await settle(town, talk.chat, [])
  const place = { at: 'times', office, topic: 'meters', date }
  const at = { dialog: 'appointment', version: 1, place, accountId: 0, trail: [] }
  const screen = { stamp: 1, page: 0, buttons: [{ label: '10:00', means: { answer: { minute } } }] }
  await town.fresh.database.pool.query('UPDATE conversation SET state = $2 WHERE chat = $1', [
    talk.chat,
    JSON.stringify({ ...newState(), at, screen }),
  ])
  return talk
}

test('of two hundred residents in both messengers who want the last place at once one gets it, and all others are offered the next', async () => {
  const { pool } = town.fresh.database
  await pool.query('DELETE FROM slot_taken')
  const talks = await Promise.all(Array.from({ length: many }, (_, nth) => atTimes(nth)))
  for (const messenger of messengers) await town.hand.hold(messenger)
  await Promise.all(talks.map(({ hand }) => hand.say('10:00')))
  for (const messenger of messengers) await town.hand.release(messenger)

  const [held, offered] = [
    said('appointment.check'),
    said('appointment.instead', { when: 'четверг, 12 ноября, 10:15' }),
  ]
  const answers = await Promise.all(
    talks.map(async (talk) => {
      const { text } = await talk.hand.reply()
      return {
        talk,
        is: held.test(text) ? 'held' : offered.test(text) && said('appointment.taken').test(text) ? 'next' : text,
      }
    }),
  )
  expect(answers.filter(({ is }) => is === 'held')).toHaveLength(1)
  expect(answers.filter(({ is }) => is === 'next')).toHaveLength(many - 1)

  const winner = answers.find(({ is }) => is === 'held')?.talk
  await winner?.press('Записаться', said('appointment.booked'))
  const { rows } = await pool.query('SELECT state, minute FROM booking WHERE office_id = $1 AND date = $2::date', [
    office,
    date,
  ])
  expect(rows).toEqual([{ state: 'booked', minute }])

  // And now the next one: again one of all who press.
  const others = answers.filter(({ is }) => is === 'next').map(({ talk }) => talk)
  for (const messenger of messengers) await town.hand.hold(messenger)
  await Promise.all(others.map(({ hand }) => hand.press('Записаться на это время')))
  for (const messenger of messengers) await town.hand.release(messenger)
  const texts = await Promise.all(others.map(async ({ hand }) => (await hand.reply()).text))
  expect(texts.filter((text) => held.test(text))).toHaveLength(1)
  expect(texts.filter((text) => /12 ноября, 10:30/.test(text.replaceAll('\u00a0', ' ')))).toHaveLength(many - 2)
  const { rows: places } = await pool.query(
    'SELECT minute, count(*)::int FROM booking WHERE office_id = $1 AND date = $2::date GROUP BY minute ORDER BY minute',
    [office, date],
  )
  expect(places).toEqual([
    { minute, count: 1 },
    { minute: next, count: 1 },
  ])
  expect(await town.hand.violations()).toEqual([])
  expect(town.logged.filter((line) => /"level":(?:50|60|"error")/.test(line))).toEqual([])
})
