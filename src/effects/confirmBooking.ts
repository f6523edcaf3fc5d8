import type { Office } from '../domain/visits/office.ts'
import { freeWindows } from '../domain/visits/slots.ts'
import { type Booking, bookingOf } from '../queries/bookings.ts'
import { occupiedPlaces } from '../queries/offices.ts'
import { type EffectContext, residentOf } from './context.ts'
import { becomeBooked, endBooking } from './visits/changes.ts'
import { nextTime, offered } from './visits/offered.ts'
import { lockVisits, whyNotHe } from './visits/ofResident.ts'
import type { ConfirmOutcome, VisitChoice, VisitRefusal } from './visits/outcomes.ts'
import { letGo, takePlace } from './visits/place.ts'
import { planReminders } from './visits/planReminders.ts'

/**
 * Books the place that is held, or moves a booking there. A hold whose time is over still does while nobody else has the place, and where
 * it has gone another window at that time is as good. A hold that was confirmed before is answered again as `booked`. With a refusal the hold
 * is gone.
 */
export async function confirmBooking(
  context: EffectContext,
  { hold, ...choice }: VisitChoice & { hold: string },
): Promise<ConfirmOutcome> {
  const { sql } = context
  const residentId = residentOf(context)
  await lockVisits(context, residentId)
  const held = await bookingOf(sql, residentId, hold)
  if (held?.state === 'booked') return booked(context, residentId, held)
  const judged = await judge(context, choice)
  if ('refusal' in judged) {
    await letGo(sql, residentId)
    return judged.refusal
  }
  const { office } = judged
  const id = (await stillHeld(context, office, held)) ?? (await heldAnew(context, office, choice))
  const place = id && (await bookingOf(sql, residentId, id))
  if (!place) return { kind: 'taken', next: await nextTime(context, choice, office) }
  if (choice.moves !== undefined) await endBooking(context, choice.moves, 'moved')
  if (!(await becomeBooked(context, place.id))) throw new Error('a place that was held in this turn is not')
  await planReminders(context, place.id)
  const { heldUntil: _, ...now } = place
  return booked(context, residentId, { ...now, state: 'booked' })
}

async function booked({ sql }: EffectContext, residentId: string, booking: Booking): Promise<ConfirmOutcome> {
  const moved = booking.replaces === undefined ? undefined : await bookingOf(sql, residentId, booking.replaces)
  return { kind: 'booked', booking, ...(moved && { moved }) }
}

async function judge(
  context: EffectContext,
  choice: VisitChoice,
): Promise<{ office: Office } | { refusal: VisitRefusal }> {
  const refusal = await whyNotHe(context, choice)
  return refusal ? { refusal } : offered(context, choice)
}

/** The hold, locked, when nobody has been given its window meanwhile. */
async function stillHeld(
  { sql, now }: EffectContext,
  office: Office,
  held: Booking | undefined,
): Promise<string | undefined> {
  if (held?.state !== 'held') return undefined
  const [locked] = await sql<{ id: string }>(
    'visits.lockHold',
    `SELECT id FROM booking WHERE id = $1::uuid AND state = 'held' FOR UPDATE`,
    [held.id],
  )
  const { date, minute, window, id } = held
  const occupied = await occupiedPlaces(sql, { offices: [office.id], from: date, to: date, now, except: id })
  return locked && freeWindows(office, minute, occupied(office.id, date)).includes(window) ? id : undefined
}

async function heldAnew(context: EffectContext, office: Office, choice: VisitChoice): Promise<string | undefined> {
  const residentId = residentOf(context)
  await letGo(context.sql, residentId)
  return takePlace(context, { ...choice, residentId, office, chat: context.chat, replaces: choice.moves })
}
