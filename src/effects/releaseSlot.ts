import { type EffectContext, residentOf } from './context.ts'
import { lockVisits } from './visits/ofResident.ts'
import { letGo } from './visits/place.ts'

/** Lets the place go that a resident holds: he has thought better of it. */
export async function releaseSlot(context: EffectContext, _: Record<string, never>): Promise<void> {
  const residentId = residentOf(context)
  await lockVisits(context, residentId)
  await letGo(context.sql, residentId)
}
