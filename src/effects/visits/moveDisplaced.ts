import { nextMomentWithin } from '../../domain/hours.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import { hasBegun, isOffered, localMoment } from '../../domain/visits/slots.ts'
import { instantOf } from '../../domain/workingHours.ts'
import { point } from '../../infra/points.ts'
import { addNotice } from '../../notices/addNotice.ts'
import { type Booking, bookingOf } from '../../queries/bookings.ts'
import { type Nearest, nearestTimes } from '../../queries/visits.ts'
import type { EffectContext } from '../context.ts'
import { becomeBooked, endBooking } from './changes.ts'
import { lockVisits } from './ofResident.ts'
import { letGo, takePlace } from './place.ts'
import { planReminders } from './planReminders.ts'

type In = Pick<EffectContext, 'sql' | 'now' | 'clock' | 'rules'>

/** A booking as it is to be looked at; `chat`: where it was made. */
export interface Displaced {
  id: string
  residentId: string
  chat: string
}

/** Somebody may take the place that was found. */
const mostTries = 5

/**
 * A visit that its office no longer receives (closed, other hours, fewer windows, another topic) is moved to the next free time from then on: at that
 * office, else in its district, else in the town; where there is none, it is cancelled. The resident is told within the hours for mailings, or
 * at once when the visit comes before. Judged again under lock: whatever changed meanwhile stays.
 */
export async function moveDisplaced(context: In, { id, residentId, chat }: Displaced): Promise<void> {
  const { sql } = context
  await lockVisits(context, residentId)
  const booking = await bookingOf(sql, residentId, id)
  if (booking?.state !== 'booked' || !isDisplaced(booking, context)) return
  await letGo(sql, residentId)
  const place = await placeInstead(context, booking, { residentId, chat })
  await endBooking(context, id, place === undefined ? 'cancelled' : 'moved')
  if (place !== undefined && (await becomeBooked(context, place))) await planReminders(context, place)
  point('visits.displaced')
  await tell(context, { residentId, chat }, booking, place === undefined ? `cancelled:${id}` : `moved:${place}`)
}

/** Whether a visit that is still to come is no more received at its office and window. */
export function isDisplaced(
  { office, topic, date, minute, window }: Pick<Booking, 'office' | 'topic' | 'date' | 'minute' | 'window'>,
  { now, rules }: Pick<In, 'now' | 'rules'>,
): boolean {
  if (hasBegun(date, minute, localMoment(now, rules))) return false
  return window > office.windows || !isOffered(office, { date, minute, topic }, rules.visits)
}

async function placeInstead(
  context: In,
  booking: Booking,
  { residentId, chat }: Pick<Displaced, 'residentId' | 'chat'>,
): Promise<string | undefined> {
  const { id: replaces, topic, accountId } = booking
  for (let tried = 0; tried < mostTries; tried++) {
    const next = await laterTime(context, booking)
    if (!next) return undefined
    const { office, date, minute } = next
    const place = await takePlace(context, { residentId, office, topic, date, minute, chat, accountId, replaces })
    if (place !== undefined) return place
  }
  return undefined
}

/** Nobody is moved to an earlier time: he may not hear of it. */
async function laterTime(
  { sql, now, rules }: In,
  { office, topic, date, minute }: Booking,
): Promise<Nearest | undefined> {
  for (const where of [{ officeId: office.id }, { district: office.district }, {}]) {
    const found = await nearestTimes(sql, where, topic, now, rules, { date, minute: minute - 1 })
    const next = found.find((time) => isNotBefore(time, { date, minute }))
    if (next) return next
  }
  return undefined
}

interface Time {
  date: LocalDate
  minute: number
}

const isNotBefore = (time: Time, other: Time): boolean =>
  time.date > other.date || (time.date === other.date && time.minute >= other.minute)

async function tell(
  { sql, now, rules }: In,
  { residentId, chat }: Pick<Displaced, 'residentId' | 'chat'>,
  was: Booking,
  about: string,
): Promise<void> {
  const morning = nextMomentWithin(now, rules.mailingHours, rules.timeZone)
  const dueAt = morning < instantOf(was.date, was.minute, rules) ? morning : now
  await addNotice(sql, { id: `visit:${about}`, residentId, chat, dialog: 'appointment', about, dueAt }, now)
}
