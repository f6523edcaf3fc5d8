import { bookingOf } from '../queries/bookings.ts'
import { type EffectContext, residentOf } from './context.ts'
import { nextTime, offered } from './visits/offered.ts'
import { lockVisits, whyNotHe } from './visits/ofResident.ts'
import type { HoldOutcome, VisitChoice } from './visits/outcomes.ts'
import { letGo, takePlace } from './visits/place.ts'

/** Holds a place for a resident while he makes sure. He holds one at a time, in whichever of his chats: the one before is let go. */
export async function holdSlot(context: EffectContext, choice: VisitChoice): Promise<HoldOutcome> {
  const { sql, chat } = context
  const residentId = residentOf(context)
  await lockVisits(context, residentId)
  const whyNot = await whyNotHe(context, choice)
  if (whyNot) return whyNot
  const found = await offered(context, choice)
  if ('refusal' in found) return found.refusal
  await letGo(sql, residentId)
  const { office } = found
  const id = await takePlace(context, { ...choice, residentId, office, chat, replaces: choice.moves })
  const booking = id && (await bookingOf(sql, residentId, id))
  return booking ? { kind: 'held', booking } : { kind: 'taken', next: await nextTime(context, choice, office) }
}
