import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noon, openTown, type Town } from '../support/town.ts'
import { bytesOf } from './cutOff.ts'
import { unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, nextTurn, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
/** A Tuesday. */
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

interface Kept {
  id: string
  office: string
  topic: string
  at: string
  state: string
  ticket: string
  of: string | null
}

async function bookingsOf({ chat }: Talk): Promise<Kept[]> {
  const { rows } = await town.fresh.database.pool.query<Kept>(
    `SELECT b.id, b.office_id AS office, b.topic, to_char(b.date, 'DD.MM ') || b.minute / 60 || ':' || lpad((b.minute % 60)::text, 2, '0') AS at,
            b.state, b.ticket, a.number AS of
     FROM booking b JOIN conversation c ON c.resident_id = b.resident_id LEFT JOIN account a ON a.id = b.account_id
     WHERE c.chat = $1 ORDER BY b.created_at, b.changed_at`,
    [chat],
  )
  return rows
}

/** At the days of his own office, with nothing taken there by anybody else. */
async function atDays(talk: Talk, topic = 'Счётчики') {
  await town.fresh.database.pool.query('DELETE FROM slot_taken')
  await talk.press('Записаться на приём', both(said('appointment.title'), said('appointment.askTopic')))
  return talk.press(topic, said('appointment.askDay'))
}

async function booked(talk: Talk, when = 'завтра в 10:30', topic?: string) {
  await atDays(talk, topic)
  await talk.say(when, said('appointment.heldUntil'))
  return talk.press('Записаться', both(said('appointment.booked'), said('appointment.ticket')))
}

const papers = said('appointment.papersFor.meters')

describe.each(messengers)('a visit in %s', (messenger) => {
  test('is booked at the own office in four presses, and comes with a ticket, its papers and a file for the calendar', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const days = await atDays(talk)
    expect(days.text).toMatch(both(papers, /Ленинское отделение/))
    expect(labels(days).slice(0, 2)).toEqual(['Ближайшее: сегодня, 10 ноября, 12:15', 'сегодня, 10 ноября'])
    const check = await talk.press('Ближайшее: сегодня, 10 ноября, 12:15', said('appointment.check'))
    expect(check.text).toMatch(both(papers, said('appointment.heldUntil', { until: '12:05' })))
    expect(await bookingsOf(talk)).toMatchObject([{ state: 'held' }])
    const ticket = await talk.press('Записаться', both(said('appointment.booked'), papers))
    const [kept] = await bookingsOf(talk)
    expect(kept).toMatchObject({
      office: 'LEN-1',
      topic: 'meters',
      at: '10.11 12:15',
      state: 'booked',
      of: '6682305547',
    })
    expect(ticket.text).toContain(`Талон ${kept?.ticket}`)
    expect(ticket.text).toContain('сегодня, 10 ноября, 12:15')
    expect(ticket.files).toMatchObject([{ kind: 'document', name: 'priyom_2026-11-10.ics' }])
    const ics = (await bytesOf(town, ticket.files[0])).toString()
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect(ics).toContain('DTSTART:20261110T071500Z')
    expect(ics.replace(/\r\n\t/g, '')).toMatch(/LOCATION:Ленинское отделение \(пример\)/)
    expect(labels(ticket)).toEqual(['Записаться ещё', 'Назад', 'Меню'])
    await talk.press('Назад', said('menu.title'))
  })

  test('is chosen by day and time, in halves of a day that has many', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await atDays(talk)
    const halves = await talk.press('чт, 12 ноября', said('appointment.askPart'))
    expect(labels(halves)).toEqual(['До обеда: 8:00–11:45', 'После обеда: 12:00–18:45', 'Другой день', 'Назад', 'Меню'])
    const times = await talk.press('После обеда: 12:00–18:45', said('appointment.askTime'))
    expect(labels(times)).toEqual(['12:00', '12:15', '12:30', '12:45', '13:00', '13:15', 'Дальше', 'Назад', 'Меню'])
    await talk.press('Дальше', said('appointment.askTime'))
    await talk.press('14:00', /12 ноября, 14:00/)
    await talk.press('Другое время', said('appointment.askDay'))
    expect(await bookingsOf(talk)).toEqual([])
  })

  test.each([
    ['завтра', 'appointment.askPart', '11 ноября'],
    ['в пятницу после обеда', 'appointment.askTime', '13 ноября'],
    ['16.11', 'appointment.askPart', '16 ноября'],
    ['16.11 в 10:30', 'appointment.check', '16 ноября, 10:30'],
    ['в 16:15', 'appointment.check', 'сегодня, 10 ноября, 16:15'],
    ['ближайшее', 'appointment.check', 'сегодня, 10 ноября, 12:15'],
    ['25.12', 'appointment.notThatDay', '24 ноября'],
    ['в воскресенье', 'appointment.notThatDay', '16 ноября'],
    ['31.02', 'appointment.noSuchDay', 'нет'],
    ['завтра в 10:35', 'appointment.notThatTime', '11 ноября'],
  ])('is led to by «%s», typed where a day is asked for', async (typed, key, words) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await atDays(talk)
    const answer = await talk.say(typed, said(key))
    expect(answer.text).toContain(words)
  })

  test('takes a time typed where a time, or a yes, is asked for', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await atDays(talk)
    await talk.say('завтра', said('appointment.askPart'))
    const near = await talk.say('в 10:20', both(said('appointment.notThatTime'), said('appointment.askTime')))
    expect(labels(near).slice(0, 5)).toEqual(['9:45', '10:00', '10:15', '10:30', '10:45'])
    await talk.say('10:30', /завтра, 11 ноября, 10:30/)
    await talk.say('в пятницу в 9', /13 ноября, 9:00/)
    await talk.say('да', said('appointment.booked'))
    expect(await bookingsOf(talk)).toMatchObject([{ at: '13.11 9:00', state: 'booked' }])
  })

  test('is booked by whoever has no account, in any district, with the time named at the beginning', async () => {
    const talk = await unlinked(town, messenger)
    const districts = await talk.say('запишите меня на приём завтра после обеда', said('appointment.askDistrict'))
    expect(labels(districts)).toContain('Кировский')
    await talk.press('Кировский', both(/Кировское отделение/, said('appointment.askTopic')))
    await talk.say('хочу открыть лицевой', both(/11 ноября/, said('appointment.askTime')))
    await talk.press('13:03', said('appointment.check'))
    await talk.press('Записаться', said('appointment.booked'))
    expect(await bookingsOf(talk)).toMatchObject([{ office: 'KIR-1', topic: 'account', of: null }])
  })

  test('may be in another district than the own one', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Записаться на приём', /Ленинское отделение/)
    const other = await talk.press('Другой район', said('appointment.askDistrict'))
    expect(labels(other)[0]).toBe('Ленинское отделение (пример)')
    await talk.press('Верх-Исетский', both(/Верх-Исетское отделение/, said('appointment.askTopic')))
  })

  test('is found again, moved and cancelled', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await booked(talk)
    await talk.press('Меню', said('menu.title'))
    const own = await talk.press('Записаться на приём', said('appointment.ticket'))
    expect(labels(own)).toEqual([
      'Перенести',
      'Отменить запись',
      'Файл для календаря',
      'Прислать документы заранее',
      'Записаться ещё',
      'Назад',
      'Меню',
    ])
    await talk.press('Перенести', said('appointment.moving', { when: 'завтра, 11 ноября, 10:30' }))
    await talk.say('в пятницу в 9:15', said('appointment.checkMove'))
    const moved = await talk.press('Перенести сюда', said('appointment.moved'))
    expect(moved.text).toContain('13 ноября, 9:15')
    expect((await bookingsOf(talk)).map(({ state }) => state)).toEqual(['moved', 'booked'])
    await talk.say('отмена', said('appointment.sureToCancel'))
    await talk.press('Нет, оставить', said('appointment.kept'))
    await talk.say('отменить', said('appointment.sureToCancel'))
    await talk.say('да', both(said('appointment.cancelled'), said('menu.title')))
    expect((await bookingsOf(talk)).map(({ state }) => state)).toEqual(['moved', 'cancelled'])
    await talk.say('мои записи', said('appointment.none'))
  })

  test('is one a topic and two in all', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await booked(talk)
    await talk.press('Записаться ещё', said('appointment.askTopic'))
    await talk.press('Счётчики', said('appointment.alreadyBooked'))
    await talk.press('Записаться ещё', said('appointment.askTopic'))
    await talk.press('Справки и выписки', said('appointment.askDay'))
    await talk.say('завтра в 11:00', said('appointment.check'))
    await talk.press('Записаться', said('appointment.booked'))
    await talk.say('меню')
    const mine = await talk.press('Записаться на приём', said('appointment.mine'))
    expect(labels(mine)).toEqual(['завтра, 11 ноября, 10:30', 'завтра, 11 ноября, 11:00', 'Назад', 'Меню'])
    await talk.say('отмена', said('appointment.whichOne'))
    await talk.press('завтра, 11 ноября, 11:00', said('appointment.ticket'))
  })

  test('that was not confirmed in time is booked all the same while the place is free', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await atDays(talk)
    await talk.say('завтра в 12:00', said('appointment.heldUntil'))
    await told(talk, '2026-11-10T07:05:30Z', both(said('appointment.notConfirmed'), said('appointment.heldNoMore')))
    await talk.press('Записаться', said('appointment.booked'))
    expect(await bookingsOf(talk)).toMatchObject([{ at: '11.11 12:00', state: 'booked' }])
  })

  test('that somebody else has taken meanwhile gives way to the next time', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await atDays(talk)
    await talk.say('завтра в 13:00', said('appointment.heldUntil'))
    town.clock.set('2026-11-10T07:06:00Z')
    await talk.hand.reply(({ text }) => said('appointment.notConfirmed').test(text))
    await taken('2026-11-11', 13 * 60)
    await talk.press('Записаться', both(said('appointment.taken'), said('appointment.instead')))
    await talk.press('Записаться на это время', said('appointment.check'))
    await talk.press('Записаться', said('appointment.booked'))
    expect(await bookingsOf(talk)).toMatchObject([{ at: '11.11 13:15', state: 'booked' }])
  })

  test('at an office that has closed between the choice and the confirmation is offered elsewhere', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await atDays(talk)
    await talk.say('завтра в 14:00', said('appointment.heldUntil'))
    await closed('LEN-1', '2026-11-01')
    const offer = await talk.press('Записаться', both(said('appointment.officeClosed'), said('appointment.instead')))
    expect(offer.text).not.toContain('Ленинское')
    await closed('LEN-1', null)
    await talk.press('Другое время', said('appointment.askDay'))
  })

  test('that is held for him is there again for whoever goes back, and for nobody else', async () => {
    const { pool } = town.fresh.database
    await pool.query(`UPDATE office SET windows = 1 WHERE id = 'LEN-1'`)
    const [talk, other] = [await settled(town, messenger, flats.twoWater), await settled(town, messenger, flats.house)]
    await atDays(talk)
    const soonest = 'Ближайшее: сегодня, 10 ноября, 12:15'
    await pool.query(`DELETE FROM booking WHERE office_id = 'LEN-1' AND minute = 735`)
    await talk.say('сегодня в 12:15', said('appointment.heldUntil'))
    expect(labels(await talk.press('Назад', said('appointment.askDay')))[0]).toBe(soonest)
    await other.press('Записаться на приём')
    await other.press('Другой район')
    await other.press('Ленинский')
    expect(labels(await other.press('Счётчики', said('appointment.askDay')))[0]).not.toBe(soonest)
    await talk.press(soonest, said('appointment.heldUntil'))
    await pool.query(`UPDATE office SET windows = 6 WHERE id = 'LEN-1'`)
  })

  test('is reminded of the evening before and an hour before', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await booked(talk, 'в пятницу в 15:00')
    await told(talk, '2026-11-12T13:00:10Z', both(said('appointment.remind'), /завтра, 13 ноября, 15:00/))
    const soon = await told(talk, '2026-11-13T09:00:10Z', /сегодня, 13 ноября, 15:00/)
    expect(labels(soon)).toContain('Моя запись')
    town.clock.set('2026-11-13T09:01:00Z')
    await talk.press('Моя запись', both(said('appointment.ticket'), said('appointment.tooLateToChange')))
    await talk.say('отмена', said('appointment.sureToCancel'))
    await talk.say('да', both(said('appointment.notCancelled'), said('appointment.ticket')))
    expect(await bookingsOf(talk)).toMatchObject([{ state: 'booked' }])
  })

  test('is not reminded of when it was cancelled', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await booked(talk, 'в пятницу в 15:30')
    await talk.say('отмена', said('appointment.sureToCancel'))
    await talk.say('да', said('appointment.cancelled'))
    await talk.silently(async () => {
      town.clock.set('2026-11-13T09:31:00Z')
      await remindersTaken(talk)
    })
  })

  test('that the office cannot receive any more is moved, and he is told', async () => {
    const talk = await settled(town, messenger, flats.house)
    await talk.press('Записаться на приём', /Верх-Исетское/)
    await talk.press('Счётчики')
    await talk.say('в пятницу в 10:15', said('appointment.check'))
    await talk.press('Записаться', said('appointment.booked'))
    await town.fresh.database.pool.query(
      `UPDATE office SET closed_from = '2026-11-13', closed_to = '2026-11-13' WHERE id = 'VIS-1'`,
    )
    const news = both(said('appointment.movedNewsFrom', { when: 'пятница, 13 ноября, 10:15' }), /16 ноября, 8:00/)
    await told(talk, '2026-11-10T07:01:00Z', news)
    await talk.press('Моя запись', /16 ноября, 8:00/)
    expect((await bookingsOf(talk)).map(({ state }) => state)).toEqual(['moved', 'booked'])
    await town.fresh.database.pool.query(`UPDATE office SET closed_from = NULL, closed_to = NULL WHERE id = 'VIS-1'`)
  })

  test('of somebody else cannot be seen', async () => {
    const other = await settled(town, messenger, flats.twoWater)
    await booked(other)
    const [kept] = await bookingsOf(other)
    const talk = await settled(town, messenger, flats.oneMeter)
    await town.fresh.database.pool.query(
      `UPDATE conversation SET state = jsonb_set(state, '{at}', $2::jsonb) WHERE chat = $1`,
      [
        talk.chat,
        JSON.stringify({
          ...{ dialog: 'appointment', version: 1, accountId: 0, trail: [] },
          place: { at: 'booking', booking: kept?.id, file: true },
        }),
      ],
    )
    const shown = await talk.say('отменить', said('appointment.gone'))
    expect([shown.files, shown.text.includes(String(kept?.ticket))]).toEqual([[], false])
  })
})

/** What the bot says of its own accord when it is so late. */
async function told(talk: Talk, at: string, wish: RegExp) {
  town.clock.set(at)
  return talk.hand.reply(({ text }) => wish.test(text))
}

/** Answers when no reminder is left to be told in the chat. */
async function remindersTaken({ chat }: Talk): Promise<void> {
  for (;;) {
    const turn = nextTurn()
    const { rows } = await town.fresh.database.pool.query(
      `SELECT FROM notice WHERE chat = $1 AND about LIKE 'remind:%' AND state = 'planned'`,
      [chat],
    )
    if (rows.length === 0) return
    await turn
  }
}

/** Every window of the own office is given away at that time. */
async function taken(date: string, minute: number): Promise<void> {
  await town.fresh.database.pool.query(
    `INSERT INTO slot_taken (id, office_id, date, minute, window_no, taken, imported_from)
     SELECT 'test' || n || $1::text || $2::int, 'LEN-1', $1::date, $2::int, n, true, '20261101_001' FROM generate_series(1, 6) n
     ON CONFLICT DO NOTHING`,
    [date, minute],
  )
}

async function closed(office: string, from: string | null): Promise<void> {
  await town.fresh.database.pool.query('UPDATE office SET closed_from = $2::date WHERE id = $1', [office, from])
}

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
