import { lockTopics } from '../../desk/lockTopics.ts'
import { staffLanguage } from '../../desk/records.ts'
import { type Correction, correctionText } from '../../desk/requests/correctionText.ts'
import { showRequest } from '../../desk/requests/showRequest.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { RequestFile } from '../../domain/requests/lines.ts'
import type { EffectContext } from '../context.ts'
import { makeRequest } from './makeRequest.ts'
import { addLine } from './written.ts'

type Asks = Pick<EffectContext, 'sql' | 'chat' | 'now' | 'today' | 'rules' | 'clock' | 'words'>

/**
 * Has staff correct a reading: a request about readings with the right values in words and the photos of the dial. Asked for again while it is open,
 * the new values are added to it.
 */
export async function askForCorrection(
  context: Asks,
  asked: Correction & { residentId: string; accountId: number; readingId: string; photos: readonly string[] },
): Promise<{ id: string; number: number; dueOn: LocalDate }> {
  const { sql, now, words } = context
  const { residentId, accountId, readingId } = asked
  const said = { text: words.plain(staffLanguage, correctionText(asked)), files: await filesOf(context, asked.photos) }
  const before = await openOne(context, residentId, readingId)
  const request =
    before ??
    (await makeRequest(context, {
      ...{ residentId, accountId, kind: 'question', subject: 'readings', words: said },
      details: { correction: readingId },
    }))
  if (before) {
    const line = await addLine(context, { request: before.id, words: said })
    await sql('request.corrected', 'UPDATE request SET changed_at = $2 WHERE id = $1::uuid', [before.id, now])
    await showRequest(sql, before.id, 'added', line, now)
  }
  await sql('request.photos', 'UPDATE file SET request_id = $1::uuid WHERE id = ANY ($2::uuid[])', [
    request.id,
    asked.photos,
  ])
  return request
}

const filesOf = ({ sql }: Asks, photos: readonly string[]): Promise<RequestFile[]> =>
  sql<RequestFile>(
    'request.photosOf',
    'SELECT id, kind, name FROM file WHERE id = ANY ($1::uuid[]) ORDER BY array_position($1::uuid[], id)',
    [photos],
  )

async function openOne({ sql }: Asks, residentId: string, readingId: string) {
  await lockTopics(sql, [residentId])
  const [open] = await sql<{ id: string; number: number; dueOn: LocalDate }>(
    'request.ofReading',
    `SELECT id, number, to_char(due_on, 'YYYY-MM-DD') AS "dueOn" FROM request
     WHERE resident_id = $1::uuid AND details ->> 'correction' = $2 AND state IN ('new', 'assigned', 'waiting', 'accepted')
     ORDER BY number LIMIT 1 FOR NO KEY UPDATE`,
    [residentId, readingId],
  )
  return open
}
