import { mayChange } from '../domain/visits/limits.ts'
import { localMoment } from '../domain/visits/slots.ts'
import { type Booking, bookingOf } from '../queries/bookings.ts'
import { type EffectContext, residentOf } from './context.ts'
import { endBooking } from './visits/changes.ts'
import { lockVisits } from './visits/ofResident.ts'

/** `cancelled` also when it was before. `tooLate`: it begins too soon, and stays. `gone`: moved, over, or no booking of his. */
export type CancelOutcome = { kind: 'cancelled' | 'tooLate'; booking: Booking } | { kind: 'gone' }

/** Cancels a resident's booking; the place is free at once. */
export async function cancelBooking(
  context: EffectContext,
  { booking: id }: { booking: string },
): Promise<CancelOutcome> {
  const { sql, now, rules } = context
  const residentId = residentOf(context)
  await lockVisits(context, residentId)
  const booking = await bookingOf(sql, residentId, id)
  if (booking?.state === 'cancelled') return { kind: 'cancelled', booking }
  if (booking?.state !== 'booked') return { kind: 'gone' }
  if (!mayChange(booking, localMoment(now, rules), rules.visits)) return { kind: 'tooLate', booking }
  await endBooking(context, id, 'cancelled')
  return { kind: 'cancelled', booking: { ...booking, state: 'cancelled' } }
}
