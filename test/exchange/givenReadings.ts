import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/infra/database.ts'

interface Given {
  meterId?: string
  accountNo?: string
  t1?: string
  t2?: string
  period?: string
  status?: 'accepted' | 'superseded' | 'rejected'
  source?: string
  flags?: string[]
  replacesId?: string
  billingKey?: string
  residentId?: string
}

/** A reading as a resident has given it, of the meter M1 unless said otherwise; answers its id. What it replaces is superseded. */
export async function given({ pool }: Pick<Database, 'pool'>, reading: Given = {}): Promise<string> {
  const id = randomUUID()
  const { meterId = 'M1', accountNo = '6600000001', replacesId = null } = reading
  if (replacesId) await pool.query(`UPDATE reading SET status = 'superseded' WHERE id = $1`, [replacesId])
  await pool.query(
    `INSERT INTO reading (id, confirmation, account_id, meter_id, period, t1, t2, read_at, submitted_at, source, flags, status,
                          replaces_id, billing_key, resident_id)
     SELECT $1, nextval('confirmation_number')::text, a.id, $2, $3, $4, $5, '2026-11-20', '2026-11-20T08:15:30.400Z', $6, $7,
            $8::"ReadingStatus", $9, $10, $11
     FROM account a WHERE a.number = $12`,
    [
      ...[id, meterId, reading.period ?? '2026-11', reading.t1 ?? '418.950', reading.t2 ?? null],
      ...[reading.source ?? 'telegram', reading.flags ?? [], reading.status ?? 'accepted', replacesId],
      ...[reading.billingKey ?? null, reading.residentId ?? null, accountNo],
    ],
  )
  return id
}

/** What became of readings, by their ids. */
export async function statesOf({ pool }: Pick<Database, 'pool'>): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ id: string; status: string }>('SELECT id, status FROM reading')
  return Object.fromEntries(rows.map(({ id, status }) => [id, status]))
}
