import type { ClientBase } from 'pg'
import { type OutRow, pagesOf } from './writeFile.ts'

/** The readings of one outgoing file by its id, in the order in which they were given, a page at a time. */
export function readingsOfExport(client: ClientBase, id: number, signal?: AbortSignal): AsyncGenerator<OutRow[]> {
  return pagesOf(client, `${statement} WHERE r.export_id = ${Math.trunc(id)} ORDER BY r.submitted_at, r.id`, signal)
}

/**
 * A correction names the reading that it replaces as the billing knows it: those in between that were corrected before they were
 * handed out are passed over, and those that it has rejected: what stands there is the one before. A reading that the billing told us of has
 * its own key there.
 */
const statement = `
SELECT r.id::text AS reading_id, known.key AS replaces_id, a.number AS account_no, m.id AS meter_id, m.serial, r.period,
       r.read_at::text AS read_date, r.t1::text, r.t2::text, r.t3::text, r.source, array_to_string(r.flags, ',') AS flags,
       to_char(r.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS submitted_at
FROM reading r JOIN account a ON a.id = r.account_id JOIN meter m ON m.id = r.meter_id
LEFT JOIN LATERAL (
  WITH RECURSIVE chain AS (
    SELECT o.* FROM reading o WHERE o.id = r.replaces_id
    UNION ALL
    SELECT o.* FROM chain c JOIN reading o ON o.id = c.replaces_id
    WHERE (c.export_id IS NULL AND c.source <> 'import') OR c.status = 'rejected'
  )
  SELECT CASE WHEN source = 'import' THEN billing_key ELSE id::text END AS key
  FROM chain WHERE (export_id IS NOT NULL OR source = 'import') AND status <> 'rejected' LIMIT 1
) known ON r.replaces_id IS NOT NULL`
