import type { ClientBase } from 'pg'
import type { Kind, Merged, Moment } from './kind.ts'
import { ownId, resultsMerged } from './resultFile.ts'

/**
 * What became of readings that we handed out: counted (`ok`) or not taken (`rejected`, with the billing's code and words). A later file
 * may turn either round. What a resident has corrected meanwhile stays corrected, and a reading that another one was given in place of is
 * not counted after all. Those whose reading is not taken are told in their chats.
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
    const changed = await client.query<{ count: number }>(changeStatement, [stamp, newsAt ?? null])
    return changed.rows[0]?.count ?? 0
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
), told AS (
  INSERT INTO timer (id, chat, due_at, what)
  SELECT DISTINCT 'rejected:' || r.confirmation || ':' || c.chat, c.chat, $2::timestamptz,
         jsonb_build_object('kind', 'news', 'dialog', 'readings', 'about', 'rejected:' || r.account_id || ':' || r.confirmation)
  FROM changed r JOIN conversation c ON c.resident_id = r.resident_id
  WHERE r.status = 'rejected' AND r.confirmation IS NOT NULL AND c.blocked_at IS NULL AND $2::timestamptz IS NOT NULL
  ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at
)
SELECT count(*)::int AS count FROM changed`
