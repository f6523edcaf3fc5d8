import type { Period } from '../domain/period.ts'
import { type Text, text } from '../engine/text.ts'
import type { GivenReading } from '../queries/confirmations.ts'
import { meterName, valuesText } from './readingsTexts.ts'

/** So many confirmations are shown. */
const mostShown = 5

/** Confirmations (подтверждения), the latest first: number, moment, receipt, and each value with what became of it. */
export function confirmationTexts(given: GivenReading[]): Text[] {
  const numbers = [...new Set(given.map(({ confirmation }) => confirmation))].slice(0, mostShown)
  return numbers.flatMap((number) => {
    const own = given.filter(({ confirmation }) => confirmation === number)
    const [first] = own
    if (!first) return []
    return [
      text('confirmations.one', {
        confirmation: number,
        at: first.submittedAt,
        period: first.period,
        lines: own.map(lineOf),
      }),
      ...(own.some(({ hasPhoto }) => hasPhoto) ? [text('confirmations.withPhoto')] : []),
    ]
  })
}

/** A value that corrected another one is told with that. */
function lineOf(reading: GivenReading): Text {
  const { meter, values, replaced } = reading
  const facts = { ...namedValue(reading), state: stateOf(reading) }
  if (!replaced || replaced.join() === values.join()) return text('confirmations.line', facts)
  return text('confirmations.lineCorrected', { ...facts, before: valuesText(meter, replaced) })
}

export const namedValue = ({ meter, values }: Pick<GivenReading, 'meter' | 'values'>) => ({
  meter: meterName(meter),
  now: valuesText(meter, values),
})

/** Readings whose receipt takes no more corrections by the resident himself: of each meter in service the latest one. */
export function closedReadings(given: GivenReading[], present: Period): GivenReading[] {
  const taken = given.filter(({ status, meter, period }) => isStanding(status) && !meter.removedAt && period < present)
  return taken.filter((one) => !taken.some((other) => other.meter.id === one.meter.id && other.period > one.period))
}

/** Whether something given for the present receipt may still be given again. */
export const isCorrectable = (given: GivenReading[], present: Period): boolean =>
  given.some(({ status, period }) => isStanding(status) && period >= present)

const isStanding = (status: GivenReading['status']): boolean => status !== 'superseded' && status !== 'rejected'

const reasons = [
  'E_LESS',
  'E_DIGITS',
  'E_IMPOSSIBLE',
  'E_METER_CLOSED',
  'E_ZONES',
  'W_VERIFICATION',
  'DUPLICATE',
] as const

const stateOf = ({ status, rejection }: GivenReading): Text => {
  if (status !== 'rejected') return text(`confirmations.state.${status}`)
  const reason = reasons.find((one) => one === rejection) ?? 'other'
  return text('confirmations.state.rejected', { reason: text(`confirmations.reason.${reason}`) })
}
