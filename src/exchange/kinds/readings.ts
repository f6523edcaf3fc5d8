import type { ClientBase } from 'pg'
import { hashedId } from '../../infra/hashedId.ts'
import type { CellType } from '../cell.ts'
import type { Kind, Merged } from './kind.ts'
import { knownAccount } from './knownAccount.ts'

const dial: CellType = { is: 'decimal', scale: 3, digits: 9 }

/**
 * Readings which the billing already knows, not to be confused with those that we hand out to it (`exportReadings`): of these the
 * file `readings_result` tells what became. They are only ever added: a reading is corrected by another one that names it in
 * `replaces_id`. What we have exported comes back under its own id and changes nothing; a current reading that we hold for the
 * same meter and period is never pushed out by one that does not name it.
 */
export const readings: Kind = {
  name: 'readings',
  key: ['reading_id'],
  sum: 't1',
  columns: [
    { name: 'reading_id', type: { is: 'text', max: 64 }, required: true, shown: true },
    { name: 'replaces_id', type: { is: 'text', max: 64 }, shown: true },
    { name: 'account_no', type: { is: 'account' }, required: true },
    { name: 'meter_id', type: { is: 'text', max: 40 }, required: true, shown: true },
    { name: 'serial', type: { is: 'text', max: 40 } },
    { name: 'period', type: { is: 'period' }, required: true, shown: true },
    { name: 'read_date', type: { is: 'date' }, required: true, shown: true },
    { name: 't1', type: dial, required: true, shown: true },
    { name: 't2', type: dial, shown: true },
    { name: 't3', type: dial, shown: true },
    { name: 'source', type: { is: 'text', max: 40 }, mayBeAbsent: true },
    { name: 'flags', type: { is: 'text', max: 200 }, mayBeAbsent: true },
    { name: 'confirmation', type: { is: 'text', max: 40 }, mayBeAbsent: true },
    { name: 'submitted_at', type: { is: 'instant' }, shown: true },
  ],
  derived: [
    { name: 'id', sql: 'uuid' },
    { name: 'replaced', sql: 'uuid' },
  ],
  derive: (cell) => [idOf(cell('reading_id')), idOf(cell('replaces_id'))],
  checks: [
    knownAccount,
    { problem: 'UNKNOWN_METER', column: 'meter_id', where: 'NOT EXISTS (SELECT FROM meter m WHERE m.id = s.meter_id)' },
    ...([2, 3] as const).map((zone) => ({
      problem: 'MISSING' as const,
      column: `t${zone}`,
      where: `t${zone} IS NULL AND EXISTS (SELECT FROM meter m WHERE m.id = s.meter_id AND m.zones >= ${zone})`,
    })),
    {
      problem: 'DUPLICATE',
      column: 'period',
      where: `line IN (SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY meter_id, period ORDER BY line) AS nth FROM staging
                WHERE problem IS NULL AND id NOT IN (SELECT replaced FROM staging WHERE problem IS NULL AND replaced IS NOT NULL)) d WHERE nth > 1)`,
    },
  ],
  merge,
}

async function merge(client: ClientBase): Promise<Merged> {
  await client.query('DELETE FROM staging WHERE problem IS NOT NULL')
  await client.query(
    `UPDATE reading r SET status = 'superseded' FROM staging s
      WHERE r.id = s.replaced AND r.meter_id = s.meter_id AND r.status NOT IN ('superseded', 'rejected')
        AND NOT EXISTS (SELECT FROM reading known WHERE known.id = s.id)`,
  )
  const added = await client.query(
    `INSERT INTO reading (id, confirmation, account_id, meter_id, period, t1, t2, t3, read_at, submitted_at, source, flags, status, replaces_id, billing_key)
     SELECT s.id, s.confirmation, a.id, s.meter_id, s.period, s.t1, s.t2, s.t3, s.read_date,
            coalesce(s.submitted_at, s.read_date::timestamp AT TIME ZONE 'UTC'), 'import',
            coalesce(string_to_array(replace(s.flags, ' ', ''), ','), '{}'),
            (CASE WHEN s.id IN (SELECT replaced FROM staging WHERE replaced IS NOT NULL
                                UNION SELECT replaces_id FROM reading WHERE replaces_id IS NOT NULL)
                  THEN 'superseded' ELSE 'confirmed' END)::"ReadingStatus",
            s.replaced, s.reading_id
       FROM staging s JOIN account a ON a.number = s.account_no
      WHERE NOT EXISTS (SELECT FROM reading known WHERE known.id = s.id)
         ON CONFLICT DO NOTHING`,
  )
  // Those that were loaded before their keys were kept.
  await client.query(
    `UPDATE reading r SET billing_key = s.reading_id FROM staging s WHERE r.id = s.id AND r.source = 'import' AND r.billing_key IS NULL`,
  )
  const { rows } = await client.query<{ total: number }>('SELECT count(*)::int AS total FROM staging')
  const loaded = added.rowCount ?? 0
  return { loaded, unchanged: (rows[0]?.total ?? 0) - loaded, older: 0 }
}

/** Our own ids are UUIDs and stay as they are; the billing's keys become the same UUID each time they are read. */
function idOf(key: string | null): string | null {
  if (key === null) return null
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) return key.toLowerCase()
  return hashedId(`reading ${key}`)
}
