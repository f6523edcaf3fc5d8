import type { RequestWords } from '../../domain/requests/lines.ts'
import type { EffectContext } from '../context.ts'

/**
 * A resident has deleted his data: drafts are gone; of what was sent it stays that there was such a request and how long it took, about nobody. What
 * nobody has answered is closed. Answers how many stay.
 */
export async function forgetRequests({ sql, now }: Pick<EffectContext, 'sql' | 'now'>, residentId: string) {
  await sql('request.forgetDrafts', `DELETE FROM request WHERE resident_id = $1::uuid AND state = 'draft'`, [
    residentId,
  ])
  const nothing: RequestWords = { text: '', files: [] }
  await sql(
    'request.forgetLines',
    `UPDATE request_line l SET body = $2::jsonb, message = NULL, staff_message = NULL
     FROM request r WHERE r.id = l.request_id AND r.resident_id = $1::uuid`,
    [residentId, JSON.stringify(nothing)],
  )
  const kept = await sql(
    'request.forget',
    `UPDATE request SET resident_id = NULL, account_id = NULL, booking_id = NULL, chat = '', details = '{}', topic_id = NULL, staff_message = NULL,
       promised_at = NULL, promise = NULL, rating_words = NULL, changed_at = $2,
       closed_at = CASE WHEN state IN ('new', 'assigned', 'waiting', 'accepted') THEN $2 ELSE closed_at END,
       state = CASE WHEN state IN ('new', 'assigned', 'waiting', 'accepted') THEN 'closed' ELSE state END
     WHERE resident_id = $1::uuid RETURNING id`,
    [residentId, now],
  )
  return kept.length
}
