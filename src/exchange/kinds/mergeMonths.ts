import type { ClientBase } from 'pg'
import type { Merged } from './kind.ts'

/** What names a month of charges in a billing file. */
export const monthKey = ['account_no', 'period', 'kind'] as const

/** closing = opening − paid + Σ totals + penalty (domain.md, section 3), over the lines of one month. */
const closes = `min(closing_kop) = min(opening_kop) - min(coalesce(paid_kop, 0)) + sum(total_kop) + min(coalesce(penalty_kop, 0))`

/** Holds for the first line of each month whose closing balance is not what its other figures give. */
export const wrongClosing = `line IN (SELECT min(line) FROM staging WHERE problem IS NULL GROUP BY ${monthKey.join(', ')} HAVING NOT (${closes}))`

/**
 * New months in, changed ones over with all their lines, set-wise. A month that a file leaves out stays. One that a newer file has told
 * of is left alone, also when that file told nothing new.
 */
export async function mergeMonths(client: ClientBase, stamp: string): Promise<Merged> {
  await client.query(
    `CREATE TEMPORARY TABLE incoming (account_no text, period text, kind text, account_id integer, opening bigint, paid bigint, penalty bigint,
       closing bigint, due_date date, mismatches text[], digest uuid, rows integer, id bigint, verdict text) ON COMMIT DROP`,
  )
  await client.query(
    `INSERT INTO incoming
     SELECT n.*, coalesce(t.id, nextval(pg_get_serial_sequence('charge_month', 'id'))),
            CASE WHEN t.id IS NULL THEN 'new' WHEN t.imported_from > $1 THEN 'older' WHEN t.digest = n.digest THEN 'same' ELSE 'changed' END
       FROM (SELECT ${monthKey.join(', ')}, min(a.id) AS account_id, min(opening_kop), min(coalesce(paid_kop, 0)), min(coalesce(penalty_kop, 0)),
                    min(closing_kop), min(due_date),
                    array_remove(ARRAY[CASE WHEN bool_or(wrong_total) THEN 'ROW_TOTAL' END, CASE WHEN NOT (${closes}) THEN 'CLOSING' END], NULL),
                    md5(concat_ws('|', min(opening_kop), min(coalesce(paid_kop, 0)), min(coalesce(penalty_kop, 0)), min(closing_kop),
                        coalesce(min(due_date)::text, ''), string_agg((${lineOf('s')})::text, E'\\n' ORDER BY line)))::uuid AS digest,
                    count(*)
               FROM staging s JOIN account a ON a.number = s.account_no WHERE problem IS NULL GROUP BY ${monthKey.join(', ')}) n
       LEFT JOIN charge_month t USING (account_id, period, kind)`,
    [stamp],
  )
  await client.query('CREATE INDEX ON incoming (account_no, period, kind)')
  await client.query('ANALYZE incoming')
  await client.query(`DELETE FROM charge c USING incoming i WHERE c.month_id = i.id AND i.verdict = 'changed'`)
  await client.query(
    `UPDATE charge_month t SET (opening_kopecks, paid_kopecks, penalty_kopecks, closing_kopecks, due_date, mismatches, digest) =
            (i.opening, i.paid, i.penalty, i.closing, i.due_date, i.mismatches, i.digest), imported_from = $1
       FROM incoming i WHERE t.id = i.id AND i.verdict = 'changed'`,
    [stamp],
  )
  await client.query(
    `UPDATE charge_month t SET imported_from = $1 FROM incoming i WHERE t.id = i.id AND i.verdict = 'same' AND t.imported_from < $1`,
    [stamp],
  )
  await client.query(
    `INSERT INTO charge_month (id, account_id, period, kind, opening_kopecks, paid_kopecks, penalty_kopecks, closing_kopecks, due_date,
                               mismatches, digest, imported_from)
     SELECT id, account_id, period, kind, opening, paid, penalty, closing, due_date, mismatches, digest, $1
       FROM incoming WHERE verdict = 'new' ORDER BY id`,
    [stamp],
  )
  await client.query(
    `INSERT INTO charge (month_id, ordinal, service, name, supplier, unit, volume, basis, tariff, accrued_kopecks, multiplier_kopecks,
                         recalculation_kopecks, recalculation_reason, benefit_kopecks, total_kopecks)
     SELECT i.id, row_number() OVER (PARTITION BY i.id ORDER BY s.line), ${lineOf('s')}
       FROM staging s JOIN incoming i USING (account_no, period, kind) WHERE s.problem IS NULL AND i.verdict IN ('new', 'changed')`,
  )
  const { rows } = await client.query<Merged>(
    `SELECT coalesce(sum(rows) FILTER (WHERE verdict IN ('new', 'changed')), 0)::int AS loaded,
            coalesce(sum(rows) FILTER (WHERE verdict = 'same'), 0)::int AS unchanged,
            coalesce(sum(rows) FILTER (WHERE verdict = 'older'), 0)::int AS older FROM incoming`,
  )
  return rows[0] ?? { loaded: 0, unchanged: 0, older: 0 }
}

/** A line as it is stored, in the order of the table's columns. */
function lineOf(s: string): string {
  const sums = ['multiplier_kop', 'recalc_kop', 'benefit_kop'].map((name) => `coalesce(${s}.${name}, 0)`)
  return [
    ...['service_code', 'service_name', 'supplier', 'canonical_unit', 'volume', 'basis', 'tariff', 'accrued_kop'].map(
      (name) => `${s}.${name}`,
    ),
    ...[sums[0], sums[1], `${s}.recalc_reason`, sums[2], `${s}.total_kop`],
  ].join(', ')
}
