import type { Sql } from '../../infra/database.ts'
import { type HandOff, lockHandOff } from './handOff.ts'
import { endHold } from './hold.ts'
import { isAnswered, type OfDesk, remindAt, silenceAt } from './nextAt.ts'
import { type Outcome, refused } from './outcome.ts'

/**
 * The resident has said something: he is answered where he said it. Words that want an answer already are not made younger by more of them.
 * One that was put off is before its holder again. Refused as `closed` when it is over: it is reopened, or another is asked for.
 */
export async function residentSpoke(
  sql: Sql,
  { handOff: id, chat, now, rules }: { handOff: string; chat: string; now: Date; rules: OfDesk },
): Promise<Outcome> {
  const handOff = await lockHandOff(sql, id)
  if (!handOff) return refused('gone')
  if (handOff.state === 'closed') return refused('closed')
  if (handOff.state === 'on_hold') await endHold(sql, { handOff: id, now, rules })
  const waits = handOff.state === 'taken' && isAnswered(handOff) ? remindAt(now, rules) : null
  await sql(
    'handOff.residentSpoke',
    `UPDATE hand_off SET chat = $2, resident_at = $3, next_at = coalesce($4, next_at),
       reminded_at = CASE WHEN $4::timestamptz IS NULL THEN reminded_at END WHERE id = $1::uuid`,
    [id, chat, now, waits],
  )
  return { kind: 'done', handOff }
}

/** Whoever holds it has said something: now it is the resident's turn. `handOff` is locked. */
export async function consultantSpoke(
  sql: Sql,
  { handOff: { id }, now, rules }: { handOff: Pick<HandOff, 'id'>; now: Date; rules: OfDesk },
): Promise<void> {
  await sql(
    'handOff.consultantSpoke',
    `UPDATE hand_off SET consultant_at = $2, first_answer_at = coalesce(first_answer_at, $2), reminded_at = NULL,
       next_at = CASE WHEN state = 'taken' THEN $3 ELSE next_at END WHERE id = $1::uuid`,
    [id, now, silenceAt(now, rules)],
  )
}
