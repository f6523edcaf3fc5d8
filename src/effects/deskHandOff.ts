import { type HandOff, lockHandOff } from '../desk/transitions/handOff.ts'
import { isOpenAt } from '../domain/workingHours.ts'
import type { Sql } from '../infra/database.ts'
import { hoursReader } from '../queries/workingHours.ts'
import type { EffectContext } from './context.ts'

/** The hand-off that a resident has under way, held until the turn ends. */
export async function activeOf(sql: Sql, residentId: string): Promise<HandOff | undefined> {
  const [found] = await sql<{ id: string }>(
    'desk.active',
    `SELECT id FROM hand_off WHERE resident_id = $1::uuid AND state <> 'closed'`,
    [residentId],
  )
  const handOff = found && (await lockHandOff(sql, found.id))
  return handOff?.state === 'closed' ? undefined : handOff
}

/** The hand-off of his that was over last. */
export async function lastClosed(sql: Sql, residentId: string): Promise<string | undefined> {
  const [found] = await sql<{ id: string }>(
    'desk.lastClosed',
    `SELECT id FROM hand_off WHERE resident_id = $1::uuid AND state = 'closed' ORDER BY closed_at DESC LIMIT 1`,
    [residentId],
  )
  return found?.id
}

/** He is answered in the chat that he acts in. */
export async function moveHere({ sql, chat }: EffectContext, handOff: HandOff): Promise<void> {
  if (handOff.chat !== chat)
    await sql('desk.chat', 'UPDATE hand_off SET chat = $2 WHERE id = $1::uuid', [handOff.id, chat])
}

/** Whether consultants are there now. */
export const isDeskOpen = async ({ sql, rules, now }: EffectContext): Promise<boolean> =>
  isOpenAt(await hoursReader(sql, rules)(now), now)
