import { capacity } from '../domain/meter.ts'
import { entersPeriod, type Period } from '../domain/period.ts'
import { type EffectContext, residentOf } from './context.ts'
import { dials, photosLeft } from './kept.ts'
import { lockLinked } from './lockLinked.ts'

/**
 * `prepared`: kept for a specialist. `open`: the receipt of that reading still takes corrections, so it is given again instead.
 * `gone`: the reading has been corrected or rejected meanwhile. `wrong`: the meter's dial cannot show these values. `noPhoto`: none of the
 * photos is left, they were refused when they were fetched. `notLinked`: the account is the resident's no more.
 */
export type CorrectionOutcome = { kind: 'prepared' | 'open' | 'gone' | 'wrong' | 'noPhoto' | 'notLinked' }

/**
 * After the window a taken reading is corrected by a person only: keeps the right values with the photos of the dial as a draft of a request.
 * A reading has one draft, whoever of the household prepares it: the last one stands, as with readings themselves.
 */
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
  if (!(await lockLinked(sql, { residentId, accountId }))) return { kind: 'notLinked' }
  const [reading] = await sql<{ meter_id: string; period: Period; digits: number; zones: number }>(
    'correction.reading',
    `SELECT r.meter_id, r.period, m.digits, m.zones FROM reading r JOIN meter m ON m.id = r.meter_id
     WHERE r.id = $1::uuid AND r.account_id = $2 AND r.status NOT IN ('superseded', 'rejected')`,
    [readingId, accountId],
  )
  if (!reading) return { kind: 'gone' }
  if (reading.period >= entersPeriod(today, rules.readingsWindow).period) return { kind: 'open' }
  const { digits, zones } = reading
  if (values.length !== zones || values.some((value) => value >= capacity(digits))) return { kind: 'wrong' }
  const kept = await photosLeft(sql, photos, residentId)
  if (kept.length === 0) return { kind: 'noPhoto' }
  const { t1, t2, t3 } = dials(values)
  await sql(
    'correction.prepare',
    `INSERT INTO request_draft (id, subject, resident_id, account_id, meter_id, replaces_id, period, t1, t2, t3, photo_ids, created_at)
     VALUES ($1, 'correction', $2, $3, $4, $5, $6, $7, $8, $9, $10::uuid[], $11)
     ON CONFLICT (replaces_id) DO UPDATE SET resident_id = excluded.resident_id, t1 = excluded.t1, t2 = excluded.t2, t3 = excluded.t3,
       photo_ids = excluded.photo_ids, created_at = excluded.created_at`,
    [...[clock.id(), residentId, accountId, reading.meter_id, readingId, reading.period], ...[t1, t2, t3, kept, now]],
  )
  return { kind: 'prepared' }
}
