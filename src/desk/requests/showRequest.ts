import type { Sql } from '../../infra/database.ts'
import type { RequestMoved } from '../records.ts'
import { post, topicOf } from '../writing.ts'

/** Has staff shown in the resident's topic what has become of his request; `line`: by which of its lines. Of nobody's request nothing is shown. */
export async function showRequest(
  sql: Sql,
  requestId: string,
  what: RequestMoved,
  line: string | undefined,
  now: Date,
): Promise<void> {
  const [request] = await sql<{ residentId: string | null }>(
    'request.whose',
    'SELECT resident_id AS "residentId" FROM request WHERE id = $1::uuid',
    [requestId],
  )
  if (!request?.residentId) return
  const topicId = await topicOf(sql, request.residentId, now)
  await sql('request.topic', 'UPDATE request SET topic_id = $2 WHERE id = $1::uuid', [requestId, topicId])
  await post(sql, topicId, { kind: 'request', request: requestId, what, ...(line !== undefined && { line }) }, now)
}
