import type { LocalDate } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import type { Office } from '../domain/visits/office.ts'
import { hasBegun, type LocalMoment, localMoment } from '../domain/visits/slots.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import type { Sql } from '../infra/database.ts'
import { officesOf } from './offices.ts'

/**
 * A resident's visit: the local day, `minute` since its midnight, so many `minutes` long. `held`: his until `heldUntil` (an instant, ISO), to be
 * confirmed. `replaces`: the booking that it was moved from, or of a hold: will be.
 */
export interface Booking {
  id: string
  office: Office
  topic: VisitTopic
  date: LocalDate
  minute: number
  minutes: number
  window: number
  ticket: string
  state: 'held' | 'booked' | 'moved' | 'cancelled' | 'done' | 'missed'
  heldUntil?: string
  replaces?: string
  accountId?: number
}

/** What a resident has booked and not yet visited, the soonest first. */
export async function upcomingBookings(sql: Sql, residentId: string, now: Date, rules: Rules): Promise<Booking[]> {
  const { today } = localMoment(now, rules)
  const rows = await sql<BookingRow>(
    'queries.upcomingBookings',
    `${select} WHERE resident_id = $1::uuid AND state = 'booked' AND date >= $2::date ORDER BY date, minute, id`,
    [residentId, today],
  )
  const bookings = await withOffices(sql, rows)
  return bookings.filter((booking) => isAhead(booking, localMoment(now, rules)))
}

/** One of a resident's bookings or holds, whatever became of it. */
export async function bookingOf(sql: Sql, residentId: string, id: string): Promise<Booking | undefined> {
  const rows = await sql<BookingRow>('queries.booking', `${select} WHERE resident_id = $1::uuid AND id = $2::uuid`, [
    residentId,
    id,
  ])
  const [booking] = await withOffices(sql, rows)
  return booking
}

/** A booking, whose ever it is; one of the person in a chat, while his consent holds. */
export async function bookingNamed(sql: Sql, id: string): Promise<Booking | undefined> {
  const [booking] = await withOffices(
    sql,
    await sql<BookingRow>('queries.bookingNamed', `${select} WHERE id = $1::uuid`, [id]),
  )
  return booking
}

export async function bookingIn(sql: Sql, chat: string, id: string): Promise<Booking | undefined> {
  const [owner] = await sql<{ resident: string }>(
    'queries.bookingIn',
    `SELECT c.resident_id AS resident FROM conversation c
     WHERE c.chat = $1 AND EXISTS (SELECT FROM consent k WHERE k.resident_id = c.resident_id AND k.withdrawn_at IS NULL)`,
    [chat],
  )
  return owner && bookingOf(sql, owner.resident, id)
}

/** Every visit that is booked for this day or later, with whose it is and the chat where it was booked. */
export async function bookedFrom(
  sql: Sql,
  day: LocalDate,
): Promise<(Booking & { residentId: string; chat: string })[]> {
  const rows = await sql<BookingRow>(
    'queries.bookedFrom',
    `${select} WHERE state = 'booked' AND date >= $1::date AND resident_id IS NOT NULL ORDER BY date, minute, id`,
    [day],
  )
  const whose = new Map(rows.map(({ id, resident_id, chat }) => [id, { residentId: resident_id ?? '', chat }]))
  const bookings = await withOffices(sql, rows)
  return bookings.flatMap((booking) => {
    const of = whose.get(booking.id)
    return of ? [{ ...booking, ...of }] : []
  })
}

const isAhead = ({ date, minute }: Booking, moment: LocalMoment): boolean => !hasBegun(date, minute, moment)

async function withOffices(sql: Sql, rows: readonly BookingRow[]): Promise<Booking[]> {
  const offices = new Map(
    (rows.length > 0 ? await officesOf(sql, [...new Set(rows.map(({ office_id }) => office_id))]) : []).map(
      (office) => [office.id, office],
    ),
  )
  return rows.flatMap((row) => {
    const office = offices.get(row.office_id)
    return office ? [asBooking(row, office)] : []
  })
}

function asBooking(row: BookingRow, office: Office): Booking {
  const { id, topic, date, minute, minutes, window_no, ticket, state, held_until, replaces_id, account_id } = row
  return {
    ...{ id, office, topic, date, minute, minutes, window: window_no, ticket, state },
    ...(held_until !== null && { heldUntil: held_until.toISOString() }),
    ...(replaces_id !== null && { replaces: replaces_id }),
    ...(account_id !== null && { accountId: account_id }),
  }
}

const select = `SELECT id, office_id, topic, to_char(date, 'YYYY-MM-DD') AS date, minute, minutes, window_no, ticket, state, held_until,
       replaces_id, account_id, resident_id, chat FROM booking`

interface BookingRow {
  id: string
  office_id: string
  topic: VisitTopic
  date: LocalDate
  minute: number
  minutes: number
  window_no: number
  ticket: string
  state: Booking['state']
  held_until: Date | null
  replaces_id: string | null
  account_id: number | null
  resident_id: string | null
  chat: string
}
