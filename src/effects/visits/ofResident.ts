import type { LocalDate } from '../../domain/localDate.ts'
import { limitReached, mayChange, pausedUntil } from '../../domain/visits/limits.ts'
import { localMoment } from '../../domain/visits/slots.ts'
import type { VisitTopic } from '../../domain/visits/topics.ts'
import type { Sql } from '../../infra/database.ts'
import { bookingOf, upcomingBookings } from '../../queries/bookings.ts'
import { type EffectContext, residentOf } from '../context.ts'
import type { VisitRefusal } from './outcomes.ts'

/** Names the lock among PostgreSQL's advisory locks of two keys. */
const visitsLock = 2

/** A resident's chats book one after the other until the turn ends; visits that have begun are his bookings no more. */
export async function lockVisits({ sql, now, rules }: Lockable, residentId: string): Promise<void> {
  await sql('visits.lock', 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))::text', [visitsLock, residentId])
  const { today, minute } = localMoment(now, rules)
  await sql(
    'visits.over',
    `UPDATE booking SET state = 'done' WHERE resident_id = $1::uuid AND state = 'booked' AND (date, minute) <= ($2::date, $3::int)`,
    [residentId, today, minute],
  )
}

type Lockable = Pick<EffectContext, 'sql' | 'now' | 'rules'>

/** Why a resident may not book a visit for this topic now, whichever time he chooses. */
export async function whyNotHe(
  context: EffectContext,
  { topic, moves }: { topic: VisitTopic; moves?: string | undefined },
): Promise<VisitRefusal | undefined> {
  const { sql, now, rules } = context
  const residentId = residentOf(context)
  const moment = localMoment(now, rules)
  if (moves !== undefined) {
    const booking = await bookingOf(sql, residentId, moves)
    if (booking?.state !== 'booked') return { kind: 'cannotMove', why: 'gone' }
    if (!mayChange(booking, moment, rules.visits)) return { kind: 'cannotMove', why: 'tooLate' }
  }
  const limit = limitReached(await upcomingBookings(sql, residentId, now, rules), topic, rules.visits, moves)
  if (limit) return { kind: 'limit', ...limit }
  const until = pausedUntil(await missedDays(sql, residentId), moment.today, rules.visits)
  return until && { kind: 'missed', until }
}

async function missedDays(sql: Sql, residentId: string): Promise<LocalDate[]> {
  const rows = await sql<{ date: LocalDate }>(
    'visits.missed',
    `SELECT to_char(date, 'YYYY-MM-DD') AS date FROM booking WHERE resident_id = $1::uuid AND state = 'missed'`,
    [residentId],
  )
  return rows.map(({ date }) => date)
}
