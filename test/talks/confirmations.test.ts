import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { photo } from './photo.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, nextPoint, readingsOf, settled, type Talk } from './talk.ts'

let town: Town
let now: Town['clock']['now']
beforeAll(async () => {
  town = await openTown()
  now = town.clock.now
})
afterAll(() => town.close())
afterEach(() => {
  town.clock.now = now
  town.clock.set(noon)
})

/** Not a millisecond passes, however long the talk takes. */
const clockStands = (instant: string) => {
  town.clock.now = () => new Date(instant)
}

async function submitted(talk: Talk, typed: string): Promise<string> {
  await talk.say(typed, said('readings.check'))
  const { text } = await talk.press('Верно', said('readings.accepted'))
  return /№ (\d+) от/.exec(text)?.[1] ?? ''
}

/** What staff have been asked to correct, in order. */
async function correctionsOf({ number }: { number: string }) {
  const { rows } = await town.fresh.database.pool.query(
    `SELECT r.subject, r.state, r.details ->> 'correction' AS reading, array_agg(l.body ->> 'text' ORDER BY l.id) AS words,
            sum(jsonb_array_length(l.body -> 'files'))::int AS files
     FROM request r JOIN account a ON a.id = r.account_id JOIN request_line l ON l.request_id = r.id
     WHERE a.number = $1 AND r.details ? 'correction' GROUP BY r.id ORDER BY r.number`,
    [number],
  )
  return rows
}

const forget = () => town.fresh.database.pool.query('DELETE FROM request')

const mark = (status: string, rejection: string | null = null) =>
  town.fresh.database.pool.query(
    `UPDATE reading SET status = $1::"ReadingStatus", rejection = $2
     WHERE source IN ('telegram', 'vk') AND status <> 'superseded'`,
    [status, rejection],
  )

describe.each(messengers)('confirmations in %s', (messenger) => {
  test.each(['подтверждение', 'что я передал', 'показания приняты?', 'what have i submitted'])(
    'are found by «%s»',
    async (typed) => {
      const talk = await settled(town, messenger, flats.twoWater)
      await submitted(talk, '324 311')
      await talk.say(typed, said('confirmations.title'))
    },
  )

  test('show number, moment, receipt, values and what became of them', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const number = await submitted(talk, '324 311')
    await talk.press('Передать показания', said('readings.title'))
    const shown = await talk.press('Что я передал', said('confirmations.title'))
    expect(shown.text).toMatch(
      said('confirmations.one', { confirmation: number, at: '10 ноября 2026, 12:00', period: 'ноябрь 2026' }),
    )
    expect(shown.text).toContain('Горячая вода, счётчик № 74129104: 311 м³, принято')
    expect(labels(shown)).toEqual(['Исправить', 'Назад', 'Меню'])
  })

  test('and readings lead to each other about the account they are of', async () => {
    const talk = await settled(town, messenger, flats.oneMeter, flats.twoWater)
    await talk.press('Передать показания', said('whichAccount.which'))
    await talk.press('XXII Партсъезда, 7-14', said('readings.title'))
    await submitted(talk, '7000')
    await talk.press('Передать показания', said('whichAccount.which'))
    await talk.press('XXII Партсъезда, 7-14', said('readings.title'))
    await talk.press('Что я передал', said('confirmations.title'))
    const asked = await talk.press('Исправить', said('readings.title'))
    expect(asked.text).toContain('вы передали 7000 кВт·ч')
  })

  test('of another resident of the account are not said to be his own', async () => {
    const mother = await settled(town, messenger, flats.oneMeter)
    const son = await settled(town, messenger, flats.oneMeter)
    await submitted(mother, '7000')
    const shown = await son.say('что я передал', 'Что передано через бота')
    expect(shown.text).toContain('7000 кВт·ч, принято')
    expect(shown.text).not.toContain('Что вы передали')
  })

  test.each([
    ['exported', null, said('confirmations.state.exported')],
    ['confirmed', null, said('confirmations.state.confirmed')],
    ['rejected', 'E_LESS', said('confirmations.reason.E_LESS')],
    ['rejected', 'X17', said('confirmations.reason.other')],
  ])('name the state «%s» (%s) in words', async (status, rejection, words) => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await submitted(talk, '7000')
    await mark(status, rejection)
    await talk.say('что я передал', words)
  })

  test('a corrected value stays among them as corrected, above it the one that counts', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await submitted(talk, '7000')
    town.clock.set('2026-11-10T07:10:00Z')
    await talk.say('что я передал', said('confirmations.title'))
    await talk.press('Исправить', said('readings.title'))
    await submitted(talk, '7010')
    const shown = await talk.say('что я передал', said('confirmations.title'))
    expect(shown.text).toMatch(/было 7000 кВт·ч, теперь 7010 кВт·ч, принято[\s\S]*7000 кВт·ч, исправлено позже/)
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ status: 'superseded' }, { status: 'accepted' }])
  })

  test('are none yet, and it is said', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('что я передал', said('confirmations.none'))
  })

  test('after the window a correction is sent to a specialist with a photo, as a request with a number and a promised day', async () => {
    await forget()
    const talk = await settled(town, messenger, flats.oneMeter)
    await submitted(talk, '7000')
    town.clock.set('2026-11-25T19:00:00Z')
    const shown = await talk.say('что я передал', said('confirmations.title'))
    expect(labels(shown)).toEqual(['Передать показания', 'Исправить прошлый месяц', 'Назад', 'Меню'])
    await talk.press('Исправить прошлый месяц', said('confirmations.value', { period: 'ноябрь 2026' }))
    await talk.say('71234567', said('confirmations.tooLong'))
    await talk.say('6990', said('confirmations.photo', { right: '6990 кВт·ч' }))
    const table = await talk.send([photo()], said('confirmations.sure', { right: '6990 кВт·ч' }))
    expect(labels(table)).toEqual(['Отправить заявку', 'Изменить', 'Назад', 'Меню'])
    expect(await correctionsOf(flats.oneMeter)).toEqual([])
    await talk.press('Отправить заявку', said('confirmations.prepared', { due: '10 декабря' }))
    const [reading] = await readingsOf(town, flats.oneMeter)
    expect(await correctionsOf(flats.oneMeter)).toMatchObject([
      {
        ...{ subject: 'readings', state: 'new', reading: reading?.id, files: 1 },
        words: [expect.stringMatching(/ноябрь 2026: .* верно 6990\s\S+ вместо 7000\s/)],
      },
    ])
    expect(reading).toMatchObject({ dials: [7000], status: 'accepted' })
  })

  test('a correction of one reading is a request of whoever of a household asks for it; asked for again it is added to', async () => {
    await forget()
    const mother = await settled(town, messenger, flats.oneMeter)
    const son = await settled(town, messenger, flats.oneMeter)
    await submitted(mother, '7000')
    town.clock.set('2026-12-03T07:00:00Z')
    for (const [talk, right] of [
      [mother, '6990'],
      [son, '6980'],
    ] as const) {
      await talk.say('что я передал', said('confirmations.title'))
      await talk.press('Исправить прошлый месяц', said('confirmations.value'))
      await talk.send([photo()], said('confirmations.sure'), right)
    }
    await mother.press('Отправить заявку', said('confirmations.prepared'))
    await son.press('Отправить заявку', said('confirmations.prepared'))
    await son.say('что я передал', said('confirmations.title'))
    await son.press('Исправить прошлый месяц', said('confirmations.value'))
    await son.send([photo()], said('confirmations.sure'), '6985')
    await son.press('Отправить заявку', said('confirmations.prepared'))
    const words = (right: string) => expect.stringContaining(`верно ${right}`)
    expect((await correctionsOf(flats.oneMeter)).map((one) => one.words)).toEqual([
      [words('6990')],
      [words('6980'), words('6985')],
    ])
  })

  test('a correction is judged again when it is saved: the dial, and whether a photo is left', async () => {
    await forget()
    const talk = await settled(town, messenger, flats.oneMeter)
    const { pool } = town.fresh.database
    await submitted(talk, '7000')
    town.clock.set('2026-12-03T07:00:00Z')
    await talk.say('что я передал', said('confirmations.title'))
    await talk.press('Исправить прошлый месяц', said('confirmations.value'))
    await talk.send([photo()], said('confirmations.sure'), '6990')
    const { rows } = await pool.query(`SELECT digits FROM meter WHERE id = 'M1339'`)
    await pool.query(`UPDATE meter SET digits = 3 WHERE id = 'M1339'`)
    await talk.press('Отправить заявку', said('confirmations.wrong'))
    await pool.query(`UPDATE meter SET digits = $1 WHERE id = 'M1339'`, [rows[0].digits])
    await talk.say('6990', said('confirmations.sure'))
    await pool.query(`UPDATE file SET state = 'refused' WHERE chat = $1`, [talk.chat])
    await talk.press('Отправить заявку', both(said('confirmations.noPhoto'), said('confirmations.photo')))
    expect(await correctionsOf(flats.oneMeter)).toEqual([])
  })

  test('a correction of a receipt that is open again leads to the readings of that account and says why', async () => {
    await forget()
    const talk = await settled(town, messenger, flats.oneMeter)
    await submitted(talk, '7000')
    town.clock.set('2026-11-25T19:00:00Z')
    await talk.say('что я передал', said('confirmations.title'))
    await talk.press('Исправить прошлый месяц', said('confirmations.value'))
    await talk.send([photo()], said('confirmations.sure'), '6990')
    await town.fresh.database.pool.query(`UPDATE reading SET period = '2026-12' WHERE source = $1`, [messenger])
    await talk.press('Отправить заявку', both(said('confirmations.stillOpen'), said('readings.titleLate')))
    expect(await correctionsOf(flats.oneMeter)).toEqual([])
  })

  test('of several meters one is chosen, and a photo with the number under it is enough', async () => {
    await forget()
    const talk = await settled(town, messenger, flats.twoWater)
    await submitted(talk, '324 311')
    town.clock.set('2026-12-03T07:00:00Z')
    await talk.say('что я передал', said('confirmations.title'))
    await talk.press('Исправить прошлый месяц', said('confirmations.which'))
    await talk.press('Горячая вода, счётчик № 74129104', said('confirmations.value'))
    await talk.send([photo()], said('confirmations.sure', { right: '310,5 м³' }), '310,5')
    await talk.say('да', said('confirmations.prepared'))
    expect(await correctionsOf(flats.twoWater)).toMatchObject([
      { words: [expect.stringMatching(/74129104, верно 310,5/)] },
    ])
  })

  test('a photo that is no photo is asked for again before anything is kept', async () => {
    await forget()
    const talk = await settled(town, messenger, flats.oneMeter)
    await submitted(talk, '7000')
    town.clock.set('2026-12-03T07:00:00Z')
    await talk.say('что я передал', said('confirmations.title'))
    await talk.press('Исправить прошлый месяц', said('confirmations.value'))
    await talk.say('6990', said('confirmations.photo'))
    const judged = nextPoint('file.judged')
    await talk.hand.send([{ kind: 'document', name: 'dial.jpg', bytes: Buffer.alloc(0) }])
    await judged
    await talk.hand.reply(({ text }) => both(said('readings.photo.empty'), said('confirmations.photo')).test(text))
    expect(await correctionsOf(flats.oneMeter)).toEqual([])
  })

  test('a correction of the last second of the 25th is taken, of the first of the 26th is for a specialist', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await submitted(talk, '7000')
    clockStands('2026-11-25T18:59:59.999Z')
    const before = await talk.say('что я передал', said('confirmations.title'))
    expect(labels(before)).toContain('Исправить')
    await talk.say('7001', said('readings.enters', { period: 'ноябрь 2026' }))
    await talk.press('Верно', said('readings.accepted'))
    clockStands('2026-11-25T19:00:00Z')
    const after = await talk.say('что я передал', said('confirmations.title'))
    expect(labels(after)).not.toContain('Исправить')
    await talk.say('7002', said('readings.entersLate', { period: 'декабрь 2026' }))
    await talk.press('Верно', said('readings.accepted'))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([
      { dials: [7000], period: '2026-11', status: 'superseded' },
      { dials: [7001], period: '2026-11', status: 'accepted' },
      { dials: [7002], period: '2026-12', status: 'accepted', replaces_id: null },
    ])
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
