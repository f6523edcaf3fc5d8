import { lockTopics } from '../../desk/lockTopics.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { RequestKind, RequestState } from '../../domain/requests/states.ts'
import { type EffectContext, residentOf } from '../context.ts'

/** A request as effects judge it. `overOn`: the local day on which it was over. */
export interface LockedRequest {
  id: string
  number: number | null
  kind: RequestKind
  subject: string | null
  state: RequestState
  accountId: number | null
  isLinked: boolean
  /** How the account was linked. */
  proof: 'address' | 'code' | null
  assignedTo: string | null
  dueOn: LocalDate | null
  overOn: LocalDate | null
  details: Record<string, unknown>
}

/** One of the resident's requests, held until the turn ends. */
export async function lockRequest(context: EffectContext, id: string): Promise<LockedRequest | undefined> {
  const { sql, rules } = context
  const residentId = residentOf(context)
  await lockTopics(sql, [residentId])
  const [found] = await sql<LockedRequest>(
    'request.lock',
    `SELECT r.id, r.number, r.kind, r.subject, r.state, r.account_id AS "accountId", r.assigned_to AS "assignedTo", r.details,
            to_char(r.due_on, 'YYYY-MM-DD') AS "dueOn",
            to_char(coalesce(r.closed_at, r.answered_at, r.changed_at) AT TIME ZONE $3, 'YYYY-MM-DD') AS "overOn",
            EXISTS (SELECT FROM link l JOIN account a ON a.id = l.account_id AND a.open
                    WHERE l.resident_id = $1::uuid AND l.account_id = r.account_id AND l.removed_at IS NULL) AS "isLinked",
            (SELECT l.proof FROM link l WHERE l.resident_id = $1::uuid AND l.account_id = r.account_id AND l.removed_at IS NULL) AS proof
     FROM request r WHERE r.id = $2::uuid AND r.resident_id = $1::uuid FOR NO KEY UPDATE OF r`,
    [residentId, id, rules.timeZone],
  )
  return found
}
