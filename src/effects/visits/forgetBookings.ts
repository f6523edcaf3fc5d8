import type { EffectContext } from '../context.ts'
import { endBooking } from './changes.ts'
import { lockVisits } from './ofResident.ts'
import { letGo } from './place.ts'

/** Cancels what a resident has booked, and forgets whose visits his were. The billing is told of the places that are free again. */
export async function forgetBookings(
  context: Pick<EffectContext, 'sql' | 'now' | 'rules'>,
  residentId: string,
): Promise<void> {
  const { sql } = context
  await lockVisits(context, residentId)
  await letGo(sql, residentId)
  const booked = await sql<{ id: string }>(
    'visits.ofResident',
    `SELECT id FROM booking WHERE resident_id = $1::uuid AND state = 'booked' ORDER BY date, minute`,
    [residentId],
  )
  for (const { id } of booked) await endBooking(context, id, 'cancelled')
  await sql('visits.forget', `UPDATE booking SET resident_id = NULL, chat = '' WHERE resident_id = $1::uuid`, [
    residentId,
  ])
}
