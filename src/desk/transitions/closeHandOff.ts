import type { Sql } from '../../infra/database.ts'
import type { Consultant } from '../consultants.ts'
import { post } from '../writing.ts'
import { lockHandOff } from './handOff.ts'
import { mayAct } from './mayAct.ts'
import { type Outcome, refused } from './outcome.ts'
import { endTake, tellOtherChats, tellResident, tellTopic } from './telling.ts'

/** Who ends it. `deleted`: the resident has deleted his data, and what becomes of the topic is for whoever does that. */
export type Close = { handOff: string; now: Date } & (
  | { by: 'consultant'; who: Consultant }
  | { by: 'resident' | 'silence' | 'clock' | 'deleted' }
)

/** Ends a hand-off. The resident is told, unless it is his own doing. */
export async function closeHandOff(sql: Sql, asked: Close): Promise<Outcome> {
  const { by, now } = asked
  const handOff = await lockHandOff(sql, asked.handOff)
  if (!handOff) return refused('gone')
  if (handOff.state === 'closed') return refused('closed')
  const refusal = asked.by === 'consultant' ? mayAct(handOff, asked.who) : undefined
  if (refusal) return refusal
  const who = asked.by === 'consultant' ? asked.who : undefined
  await endTake(sql, handOff, 'closed', now)
  await sql(
    'handOff.close',
    `UPDATE hand_off SET state = 'closed', closed_at = $2, closed_by = $3, offered_to = NULL, hold_until = NULL, reminded_at = NULL,
       shown_place = NULL, shown_place_at = NULL, next_at = NULL WHERE id = $1::uuid`,
    [handOff.id, now, by],
  )
  if (by !== 'resident' && by !== 'deleted') await tellResident(sql, handOff, { kind: 'closed', by }, now, who?.id)
  if (by !== 'deleted') await tellOtherChats(sql, handOff, { kind: 'closed', by, elsewhere: true }, now)
  const text = { key: `desk.handle.closed.${by}`, values: { name: who?.name ?? '' } }
  await tellTopic(sql, handOff, now, text)
  if (by !== 'deleted') await post(sql, handOff.topicId, { kind: 'close' }, now)
  return { kind: 'done', handOff }
}
