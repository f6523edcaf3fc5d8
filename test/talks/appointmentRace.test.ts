import { afterAll, beforeAll, expect, test } from 'vitest'
import { newState } from '../../src/engine/state.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { labels, messengers, newcomer, settle, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const many = 200
/** The machine may be busy. */
const patienceMs = 120_000
/** The office of one window, on a day when one place is left before others. */
const [office, date, minute] = ['CHK-1', '2026-11-12', 10 * 60]

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
  const answers: { talk: Talk; is: string }[] = []
  for (const talk of talks) {
    const answer = await talk.hand.reply(undefined, patienceMs)
    const { text } = answer
    // Whose turn comes when the place is taken already is shown the times that are left, with the next one among them.
    const isNext =
      (said('appointment.taken').test(text) && offered.test(text)) ||
      (said('appointment.notThatTime').test(text) && labels(answer).includes('10:15'))
    answers.push({ talk, is: held.test(text) ? 'held' : isNext ? 'next' : text })
  }
  expect(answers.map(({ is }) => is).filter((is) => is !== 'held' && is !== 'next')).toEqual([])
  expect(answers.filter(({ is }) => is === 'held')).toHaveLength(1)

  const winner = answers.find(({ is }) => is === 'held')?.talk
  await winner?.press('Записаться', said('appointment.booked'))
  const { rows } = await pool.query('SELECT state, minute FROM booking WHERE office_id = $1 AND date = $2::date', [
    office,
    date,
  ])
  expect(rows).toEqual([{ state: 'booked', minute }])
  expect(await town.hand.violations()).toEqual([])
  expect(town.logged.filter((line) => /"level":(?:50|60|"error")/.test(line))).toEqual([])
})
