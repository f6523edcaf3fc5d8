import { entersPeriod, type Period } from '../domain/period.ts'
import { type EffectContext, residentOf } from './context.ts'

/**
 * `prepared`: kept for a specialist. `open`: the receipt of that reading still takes corrections, so it is given again instead.
 * `gone`: the reading has been corrected or rejected meanwhile. `notLinked`: the account is the resident's no more.
 */
export type CorrectionOutcome = { kind: 'prepared' | 'open' | 'gone' | 'notLinked' }

/** After the window a taken reading is corrected by a person only: keeps the right values with the photos of the dial as a draft of a request. */
export async function prepareCorrection(
  context: EffectContext,
  {
    accountId,
    readingId,
    values,
    photos,
  }: { accountId: number; readingId: string; values: number[]; photos: string[] },
): Promise<CorrectionOutcome> {
  const { sql, now, today, rules, clock } = context
  const residentId = residentOf(context)
  const [linked] = await sql(
    'correction.linked',
    `SELECT 1 FROM account a JOIN link l ON l.account_id = a.id AND l.removed_at IS NULL
     WHERE a.id = $1 AND a.open AND l.resident_id = $2::uuid`,
    [accountId, residentId],
  )
  if (!linked) return { kind: 'notLinked' }
  const [reading] = await sql<{ meter_id: string; period: Period }>(
    'correction.reading',
    `SELECT meter_id, period FROM reading WHERE id = $1::uuid AND account_id = $2 AND status NOT IN ('superseded', 'rejected')`,
    [readingId, accountId],
  )
  if (!reading) return { kind: 'gone' }
  if (reading.period >= entersPeriod(today, rules.readingsWindow).period) return { kind: 'open' }
  const decimal = (value: number | undefined) => (value === undefined ? null : (value / 1000).toFixed(3))
  await sql(
    'correction.prepare',
    `INSERT INTO request_draft (id, subject, resident_id, account_id, meter_id, replaces_id, period, t1, t2, t3, photo_ids, created_at)
     VALUES ($1, 'correction', $2, $3, $4, $5, $6, $7, $8, $9, $10::uuid[], $11)`,
    [
      ...[clock.id(), residentId, accountId, reading.meter_id, readingId, reading.period],
      ...[decimal(values[0]), decimal(values[1]), decimal(values[2]), photos, now],
    ],
  )
  return { kind: 'prepared' }
}
