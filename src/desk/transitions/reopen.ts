import type { Sql } from '../../infra/database.ts'
import type { Consultant } from '../consultants.ts'
import { noteShownPlace } from '../shownPlace.ts'
import { post } from '../writing.ts'
import { type HandOff, lockHandOff } from './handOff.ts'
import { alarmAt, type OfDesk } from './nextAt.ts'
import { type Outcome, refused } from './outcome.ts'
import { tellTopic } from './telling.ts'

/** How long a hand-off that is over is gone on with instead of another being begun. */
export const reopenedWithinMs = 24 * 60 * 60_000

export const mayReopen = ({ closedAt }: Pick<HandOff, 'closedAt'>, now: Date): boolean =>
  closedAt !== null && now.getTime() - closedAt.getTime() < reopenedWithinMs

/**
 * Opens again one that has been over for less than a day: it waits in the queue, as asked just now, for anybody. `by` is there when it is a
 * consultant's doing; else the resident has written. `chat`: where he wrote, when that is another of his chats.
 */
export async function reopen(
  sql: Sql,
  { handOff: id, by, chat, now, rules }: { handOff: string; by?: Consultant; chat?: string; now: Date; rules: OfDesk },
): Promise<Outcome> {
  const handOff = await lockHandOff(sql, id)
  if (!handOff || handOff.residentId === null) return refused('gone')
  if (handOff.state !== 'closed') return refused('open')
  if (!mayReopen(handOff, now)) return refused('late')
  if (await hasAnother(sql, handOff)) return refused('another')
  await sql(
    'handOff.reopen',
    `UPDATE hand_off SET state = 'waiting', closed_at = NULL, closed_by = NULL, queued_at = $2, taken_by = NULL, taken_at = NULL,
       refused_by = '{}', consultant_at = NULL, patient = false, morning = false, chat = coalesce($4, chat),
       resident_at = CASE WHEN $5 THEN resident_at ELSE $2 END, next_at = $3 WHERE id = $1::uuid`,
    [id, now, alarmAt(now, rules), chat ?? null, by !== undefined],
  )
  await noteShownPlace(sql, { handOff: id, now, rules })
  await post(sql, handOff.topicId, { kind: 'reopen' }, now)
  const key = by ? 'desk.handle.reopened.consultant' : 'desk.handle.reopened.resident'
  await tellTopic(sql, handOff, now, { key, values: { name: by?.name ?? '' } })
  return { kind: 'done', handOff }
}

/** Nobody opens another meanwhile: that wants the topic, which is locked. */
async function hasAnother(sql: Sql, { residentId }: HandOff): Promise<boolean> {
  const others = await sql(
    'handOff.another',
    `SELECT 1 FROM hand_off WHERE resident_id = $1::uuid AND state <> 'closed'`,
    [residentId],
  )
  return others.length > 0
}
