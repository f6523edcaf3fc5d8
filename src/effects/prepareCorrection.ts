import type { LocalDate } from '../domain/localDate.ts'
import { capacity, type Meter } from '../domain/meter.ts'
import { entersPeriod, type Period } from '../domain/period.ts'
import { dial } from '../queries/columns.ts'
import { type EffectContext, residentOf } from './context.ts'
import { photosLeft } from './kept.ts'
import { lockLinked } from './lockLinked.ts'
import { askForCorrection } from './requests/askForCorrection.ts'

/**
 * `sent`: staff have it as a request under this number, to be answered by that day. `open`: the receipt of that reading still takes corrections, so it is given again instead.
 * `gone`: the reading has been corrected or rejected meanwhile. `wrong`: the meter's dial cannot show these values. `noPhoto`: none of the
 * photos is left, they were refused when they were fetched. `notLinked`: the account is the resident's no more.
 */
export type CorrectionOutcome =
  | { kind: 'sent'; number: number; dueOn: LocalDate }
  | { kind: 'open' | 'gone' | 'wrong' | 'noPhoto' | 'notLinked' }

/**
 * After the window a taken reading is corrected by a person only: sends the right values with the photos of the dial to staff, as a request. Asked for
 * again by the same resident while that is open, the values are added to it.
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
  const { sql, today, rules } = context
  const residentId = residentOf(context)
  if (!(await lockLinked(sql, { residentId, accountId }))) return { kind: 'notLinked' }
  const [reading] = await sql<Given>(
    'correction.reading',
    `SELECT r.period, m.digits, m.zones, m.service, m.serial, m.unit, ${dial('r.t')} AS was FROM reading r JOIN meter m ON m.id = r.meter_id
     WHERE r.id = $1::uuid AND r.account_id = $2 AND r.status NOT IN ('superseded', 'rejected')`,
    [readingId, accountId],
  )
  if (!reading) return { kind: 'gone' }
  if (reading.period >= entersPeriod(today, rules.readingsWindow).period) return { kind: 'open' }
  const { digits, zones } = reading
  if (values.length !== zones || values.some((value) => value >= capacity(digits))) return { kind: 'wrong' }
  const kept = await photosLeft(sql, photos, residentId)
  if (kept.length === 0) return { kind: 'noPhoto' }
  const { period, was, service, serial, unit } = reading
  const { number, dueOn } = await askForCorrection(context, {
    ...{ residentId, accountId, readingId, period, was, right: values, photos: kept },
    meter: { service, serial, unit },
  })
  return { kind: 'sent', number, dueOn }
}

interface Given extends Pick<Meter, 'service' | 'serial' | 'unit' | 'digits' | 'zones'> {
  period: Period
  was: number[]
}
