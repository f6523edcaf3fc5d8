import type { Sql } from '../../infra/database.ts'
import { type Consultant, nameOf } from '../consultants.ts'
import { noteShownPlace } from '../shownPlace.ts'
import { lockHandOff } from './handOff.ts'
import { mayAct } from './mayAct.ts'
import { alarmAt, type OfDesk } from './nextAt.ts'
import { type Outcome, refused } from './outcome.ts'
import { endTake, tellResident, tellTopic } from './telling.ts'

/**
 * Back into the queue, at the place he had: in front of all who asked later. `asked`: the holder, or a supervisor, has put it back;
 * `silent`: the holder has not answered; `gone`: he is there no more. From whom it came back against his will he does not get it again.
 */
export type PutBack = { handOff: string; now: Date; rules: OfDesk } & (
  | { why: 'asked'; by: Consultant }
  | { why: 'silent' | 'gone' }
)

export async function putBack(sql: Sql, asked: PutBack): Promise<Outcome> {
  const { why, now, rules } = asked
  const handOff = await lockHandOff(sql, asked.handOff)
  if (!handOff) return refused('gone')
  if (handOff.state === 'closed') return refused('closed')
  const refusal = asked.why === 'asked' ? mayAct(handOff, asked.by) : undefined
  if (refusal) return refusal
  const holder = handOff.takenBy
  if (holder === null) return refused('waiting')
  await endTake(sql, handOff, why === 'asked' ? 'queue' : why, now)
  await sql(
    'handOff.putBack',
    `UPDATE hand_off SET state = 'waiting', taken_by = NULL, taken_at = NULL, offered_to = NULL, hold_until = NULL, reminded_at = NULL,
       refused_by = CASE WHEN $2::text IS NULL THEN refused_by ELSE array_append(array_remove(refused_by, $2), $2) END, next_at = $3
     WHERE id = $1::uuid`,
    [handOff.id, why === 'asked' ? null : holder, alarmAt(now, rules)],
  )
  await noteShownPlace(sql, { handOff: handOff.id, now, rules })
  await tellResident(sql, handOff, { kind: 'queued' }, now)
  const name = (await nameOf(sql, holder)) ?? holder
  await tellTopic(sql, handOff, now, { key: `desk.handle.putBack.${why}`, values: { name } })
  return { kind: 'done', handOff }
}
