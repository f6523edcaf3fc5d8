import { text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { RequestMoved } from '../records.ts'
import { post, staleCard, topicOf } from '../writing.ts'

/**
 * Has shown in its resident's topic what has become of a request (`line`: by which of its lines): at the end of the topic with what is new, or where it
 * stands. Nothing is shown of the request of somebody who has deleted his data. Without a forum it waits for one.
 */
export async function showRequest(
  sql: Sql,
  requestId: string,
  what: RequestMoved,
  line: string | undefined,
  now: Date,
): Promise<void> {
  const [found] = await sql<{
    residentId: string | null
    topicId: number | null
    number: number
    rating: number | null
    ratingWords: string | null
  }>(
    'staffRequest.toShow',
    'SELECT resident_id AS "residentId", topic_id AS "topicId", number, rating, rating_words AS "ratingWords" FROM request WHERE id = $1::uuid',
    [requestId],
  )
  if (!found?.residentId) return
  const topicId = found.topicId ?? (await placed(sql, requestId, found.residentId, now))
  const about = { request: requestId }
  const ofLine = line === undefined ? {} : { line }
  if (what === 'sent' || what === 'reopened') await post(sql, topicId, { kind: 'reopen' }, now)
  if (what === 'sent' || what === 'added' || what === 'reopened')
    await post(sql, topicId, { kind: 'request', ...about, what: 'files', line: line ?? '0' }, now)
  await post(sql, topicId, { kind: 'request', ...about, what, ...ofLine }, now)
  const said = what === 'rated' && found.ratingWords !== null ? 'desk.request.resident.ratedInWords' : words[what]
  if (said !== undefined) {
    const values = { number: found.number, rating: found.rating ?? 0, words: found.ratingWords ?? '' }
    await post(sql, topicId, { kind: 'say', text: text(said, values), about }, now)
  }
  await post(sql, topicId, { kind: 'title' }, now)
  await staleCard(sql, topicId, now)
}

/** What is said besides. */
const words: Partial<Record<RequestMoved, string>> = {
  reopened: 'desk.request.resident.reopened',
  closed: 'desk.request.resident.closed',
  rated: 'desk.request.resident.rated',
  accountGone: 'desk.request.resident.accountGone',
}

async function placed(sql: Sql, request: string, residentId: string, now: Date): Promise<number> {
  const topicId = await topicOf(sql, residentId, now)
  await sql('staffRequest.place', 'UPDATE request SET topic_id = $2 WHERE id = $1::uuid', [request, topicId])
  return topicId
}
