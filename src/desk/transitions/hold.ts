import type { Sql } from '../../infra/database.ts'
import type { Consultant } from '../consultants.ts'
import { lockHandOff } from './handOff.ts'
import { mayAct } from './mayAct.ts'
import { type OfDesk, remindAt } from './nextAt.ts'
import { type Outcome, refused } from './outcome.ts'
import { tellResident, tellTopic } from './telling.ts'

/** «Отложить до…»: it stays with its holder, who is reminded of nothing until then; the resident is told when. */
export async function hold(
  sql: Sql,
  { handOff: id, by, until, now }: { handOff: string; by: Consultant; until: Date; now: Date },
): Promise<Outcome> {
  const handOff = await lockHandOff(sql, id)
  if (!handOff) return refused('gone')
  const refusal = mayAct(handOff, by)
  if (refusal) return refusal
  if (handOff.takenBy === null) return refused('waiting')
  await sql(
    'handOff.hold',
    `UPDATE hand_off SET state = 'on_hold', hold_until = $2, next_at = $2, reminded_at = NULL WHERE id = $1::uuid`,
    [id, until],
  )
  await tellResident(sql, handOff, { kind: 'held', until: until.toISOString() }, now, by.id)
  await tellTopic(sql, handOff, now, { key: 'desk.handle.held', values: { until: until.toISOString(), name: by.name } })
  return { kind: 'done', handOff }
}

/** The time it was put off until has come, or the resident has written before: its holder has it before him again. */
export async function endHold(
  sql: Sql,
  { handOff: id, now, rules }: { handOff: string; now: Date; rules: OfDesk },
): Promise<Outcome> {
  const handOff = await lockHandOff(sql, id)
  if (!handOff) return refused('gone')
  if (handOff.state !== 'on_hold') return refused(handOff.state === 'closed' ? 'closed' : 'yours')
  await sql(
    'handOff.endHold',
    `UPDATE hand_off SET state = 'taken', taken_at = $2, hold_until = NULL, reminded_at = NULL, next_at = $3 WHERE id = $1::uuid`,
    [id, now, remindAt(now, rules)],
  )
  await tellTopic(sql, handOff, now)
  return { kind: 'done', handOff }
}
