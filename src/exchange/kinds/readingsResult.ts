import type { ClientBase } from 'pg'
import { sqlThrough } from '../../infra/database.ts'
import { addNotices, type Notice } from '../../notices/addNotice.ts'
import type { Kind, Merged, Moment } from './kind.ts'
import { ownId, resultsMerged } from './resultFile.ts'

/**
 * What became of readings that we handed out: counted (`ok`) or not taken (`rejected`, with the billing's code and words). A later file
 * may turn either round. What a resident has corrected meanwhile stays corrected, and a reading that another one was given in place of is
 * not counted after all. Those whose reading is not taken are told.
 */
export const readingsResult: Kind = {
  name: 'readings_result',
  key: ['reading_id'],
  columns: [
    { name: 'reading_id', type: { is: 'text', max: 64 }, required: true, shown: true },
    {
      name: 'result',
      type: { is: 'word', words: { ok: 'confirmed', rejected: 'rejected' } },
      required: true,
      shown: true,
    },
    { name: 'code', type: { is: 'text', max: 40 }, shown: true },
    { name: 'message', type: { is: 'text', max: 200 }, mayBeAbsent: true },
  ],
  ...ownId('reading_id'),
  checks: [
    {
      problem: 'UNKNOWN_READING',
      column: 'reading_id',
      where: 'NOT EXISTS (SELECT FROM reading r WHERE r.id = s.id AND r.export_id IS NOT NULL)',
    },
  ],
  merge,
}

function merge(client: ClientBase, stamp: string, { newsAt }: Moment): Promise<Merged> {
  return resultsMerged(client, 'reading', stamp, async () => {
    const { rows } = await client.query<Changed>(changeStatement, [stamp])
    if (newsAt) await tellOfRejected(client, rows, stamp, newsAt)
    return rows.length
  })
}

const standing = `NOT IN ('superseded', 'rejected')`

const changeStatement = `
WITH judged AS (
  SELECT id, result, CASE WHEN result = 'rejected' THEN code END AS code, CASE WHEN result = 'rejected' THEN message END AS words
  FROM staging WHERE problem IS NULL
), changed AS (
  UPDATE reading r SET status = j.result::"ReadingStatus", rejection = j.code, rejection_words = j.words
  FROM judged j
  WHERE r.id = j.id AND (r.result_from IS NULL OR r.result_from <= $1) AND r.status <> 'superseded'
    AND (r.status::text, r.rejection, r.rejection_words) IS DISTINCT FROM (j.result, j.code, j.words)
    AND (r.status ${standing} OR j.result = 'rejected' OR NOT EXISTS (
      SELECT FROM reading o WHERE o.meter_id = r.meter_id AND o.period = r.period AND o.id <> r.id AND o.status ${standing}))
  RETURNING r.status, r.account_id, r.confirmation, r.resident_id
)
SELECT status, account_id AS "accountId", confirmation, resident_id AS "residentId" FROM changed`

interface Changed {
  status: string
  accountId: number
  confirmation: string | null
  residentId: string | null
}

/** Once for all of a confirmation that this file rejects. */
async function tellOfRejected(client: ClientBase, changed: readonly Changed[], stamp: string, dueAt: Date) {
  const notices = new Map<string, Notice>()
  for (const { status, accountId, confirmation, residentId } of changed) {
    if (status !== 'rejected' || confirmation === null || residentId === null) continue
    const id = `rejected:${confirmation}:${stamp}`
    const about = `rejected:${accountId}:${confirmation}`
    notices.set(id, { id, residentId, dialog: 'readings', about, kind: 'rejected', dueAt })
  }
  await addNotices(sqlThrough(client), [...notices.values()], dueAt)
}
