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

/** The readings under one number that the billing has not taken, with its reasons; without those that were given anew since. */
export function rejectedLines(given: GivenReading[], number: string): Text[] {
  const rejected = given.filter(({ status, confirmation }) => status === 'rejected' && confirmation === number)
  const anew = ({ meter, period }: GivenReading) =>
    given.some((other) => isStanding(other.status) && other.meter.id === meter.id && other.period === period)
  return rejected.filter((one) => !anew(one)).map(lineOf)
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

function stateOf(reading: GivenReading): Text {
  const { status } = reading
  if (status !== 'rejected') return text(`confirmations.state.${status}`)
  return text('confirmations.state.rejected', { reason: reasonOf(reading) })
}

/** Why the billing has not taken a reading: in our words where the code is known, else in its own. */
function reasonOf({ rejection, rejectionWords }: GivenReading): Text {
  const reason = reasons.find((one) => one === rejection) ?? 'other'
  if (reason === 'other' && rejectionWords)
    return text('common.words', { words: rejectionWords.replace(/[.\s]+$/, '') })
  return text(`confirmations.reason.${reason}`)
}
