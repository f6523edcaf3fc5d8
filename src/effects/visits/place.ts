import type { LocalDate } from '../../domain/localDate.ts'
import type { Office } from '../../domain/visits/office.ts'
import { freeWindows } from '../../domain/visits/slots.ts'
import { ticketFor } from '../../domain/visits/ticket.ts'
import type { VisitTopic } from '../../domain/visits/topics.ts'
import { point } from '../../infra/points.ts'
import { occupiedPlaces } from '../../queries/offices.ts'
import type { EffectContext } from '../context.ts'

export interface Wanted {
  residentId: string
  office: Office
  topic: VisitTopic
  date: LocalDate
  minute: number
  chat: string
  accountId?: number | undefined
  replaces?: string | undefined
}

/** Of each window lost to somebody else the next is tried, and of a ticket that was given at the same moment another one. */
const moreTries = 10

/**
 * Gives a resident a place at an office that receives at that time, held for some minutes; answers its id, or nothing when all are given. Who wants
 * the same place at the same moment waits for the first one's turn to end: the database gives it once. A hold whose time is over
 * gives way.
 */
export async function takePlace(
  { sql, now, clock, rules }: Pick<EffectContext, 'sql' | 'now' | 'clock' | 'rules'>,
  { residentId, office, topic, date, minute, chat, accountId, replaces }: Wanted,
): Promise<string | undefined> {
  const until = new Date(now.getTime() + rules.visits.holdMinutes * 60_000)
  for (let tried = 0; tried < office.windows + moreTries; tried++) {
    const occupied = await occupiedPlaces(sql, { offices: [office.id], from: date, to: date, now })
    const [window] = freeWindows(office, minute, occupied(office.id, date))
    const id = clock.id()
    const given = await ticketsGiven(sql, office.id, date)
    const ticket = ticketFor(topic, given, Number.parseInt(id.slice(-6), 16))
    if (window === undefined || ticket === undefined) return undefined
    const place = [office.id, date, minute, window]
    await sql('visits.expired', expiredStatement, [...place, now])
    const [taken] = await sql('visits.take', takeStatement, [
      ...place,
      ...[id, residentId, topic, office.slotMinutes, ticket, until, chat, now, accountId ?? null, replaces ?? null],
    ])
    point('visits.held')
    if (taken) return id
  }
  return undefined
}

/** All tickets of an office's day, those of visits that were called off too: no ticket names two visits. */
async function ticketsGiven(sql: EffectContext['sql'], office: string, date: LocalDate): Promise<Set<string>> {
  const rows = await sql<{ ticket: string }>(
    'visits.tickets',
    'SELECT ticket FROM booking WHERE office_id = $1 AND date = $2::date',
    [office, date],
  )
  return new Set(rows.map(({ ticket }) => ticket))
}

const ofPlace = 'office_id = $1 AND date = $2::date AND minute = $3 AND window_no = $4'

const expiredStatement = `DELETE FROM booking WHERE ${ofPlace} AND state = 'held' AND held_until <= $5`

const takeStatement = `
INSERT INTO booking (id, resident_id, account_id, office_id, topic, date, minute, minutes, window_no, ticket, state, held_until, replaces_id,
                     chat, created_at, changed_at)
VALUES ($5::uuid, $6::uuid, (SELECT account_id FROM link WHERE resident_id = $6::uuid AND account_id = $13::int AND removed_at IS NULL),
        $1, $7, $2::date, $3, $8, $4, $9, 'held', $10, $14::uuid, $11, $12, $12)
ON CONFLICT DO NOTHING RETURNING id`

/** Lets a resident's hold go, if he has one. */
export async function letGo(sql: EffectContext['sql'], residentId: string): Promise<void> {
  await sql('visits.letGo', `DELETE FROM booking WHERE resident_id = $1::uuid AND state = 'held'`, [residentId])
  point('visits.released')
}
