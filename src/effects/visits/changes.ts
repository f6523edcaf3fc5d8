import { point } from '../../infra/points.ts'
import type { EffectContext } from '../context.ts'

type In = Pick<EffectContext, 'sql' | 'now'>

/** A hold becomes a booking; answers whether it was one. */
export const becomeBooked = (context: In, id: string): Promise<boolean> => become(context, id, 'held', 'booked')

/** A booking is moved or cancelled: its place is free. Answers whether it was one. */
export const endBooking = (context: In, id: string, state: 'moved' | 'cancelled'): Promise<boolean> =>
  become(context, id, 'booked', state)

/** What the billing is to be told of is noted beside the change. */
async function become({ sql, now }: In, id: string, from: 'held' | 'booked', to: string): Promise<boolean> {
  const rows = await sql('visits.become', statement, [id, from, to, now])
  point(`visits.${to}`)
  return rows.length > 0
}

const statement = `
WITH changed AS (
  UPDATE booking SET state = $3::"BookingState", held_until = NULL, changed_at = $4
  WHERE id = $1::uuid AND state = $2::"BookingState" RETURNING id, state
)
INSERT INTO booking_change (booking_id, state, at) SELECT id, state, $4 FROM changed RETURNING booking_id`
