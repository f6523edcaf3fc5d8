import { type MonthOfMeter, monthsOfMeter, roughly, summaryOf, yearOfMeter } from '../domain/consumption.ts'
import type { LocalDate } from '../domain/localDate.ts'
import { type Period, periodOf } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import type { Drawn } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { MeterWithPast } from '../queries/history.ts'
import { meterName, valuesText } from './readingsTexts.ts'

const monthsOnAPage = 12

/** A meter with what it showed last, and until when it is verified. */
export function meterLine(meter: MeterWithPast, today: LocalDate): Text {
  const last = meter.dials.at(-1)
  const lines = [
    last ? text('history.last', { last: valuesText(meter, last.values), at: last.readAt }) : text('history.noReadings'),
    ...verificationOf(meter, today),
  ]
  return text('history.meter', { meter: meterName(meter), lines })
}

/** The head of a meter's months. */
export const whatOfMeter = (meter: MeterWithPast, today: LocalDate): Text =>
  text('history.head', {
    meter: meterName(meter),
    lines: [
      ...verificationOf(meter, today),
      ...(meter.ratio === 1 ? [] : [text('history.ratio', { ratio: meter.ratio * 1000 })]),
    ],
  })

function verificationOf({ removedAt, verificationUntil: until }: MeterWithPast, today: LocalDate): Text[] {
  if (removedAt !== undefined) return [text('history.removed', { at: removedAt })]
  if (until === undefined) return []
  return [text(until < today ? 'history.verificationOver' : 'history.verifiedUntil', { until })]
}

/** A page of a meter's months, the latest first. A page past the last is the last. */
export function pageOf(
  meter: MeterWithPast,
  present: Period,
  page: number,
): { months: MonthOfMeter[]; hasEarlier: boolean; hasLater: boolean } {
  const all = monthsOfMeter(meter.dials, meter, present).toReversed()
  const last = Math.max(0, Math.ceil(all.length / monthsOnAPage) - 1)
  const from = Math.min(page, last) * monthsOnAPage
  return { months: all.slice(from, from + monthsOnAPage), hasEarlier: page < last, hasLater: page > 0 }
}

/** A line a month. */
export const monthLines = (meter: MeterWithPast, months: MonthOfMeter[]): Text[] =>
  months.length > 0
    ? [text('history.months', { lines: months.map((month) => monthLine(meter, month)) })]
    : [text('history.noMonths')]

function monthLine(meter: MeterWithPast, { period, kind, values, used, since, rolledOver }: MonthOfMeter): Text {
  const facts = { period, used: valuesText(meter, used), values: valuesText(meter, values) }
  if (kind === 'averaged' && !values)
    return text('history.month.averaged', { ...facts, used: valuesText(meter, used?.map(roughly)) })
  if (!values) return text('history.month.silent', facts)
  if (!used) return text('history.month.unknown', facts)
  if (since) return text('history.month.since', { ...facts, used: valuesText(meter, since.used), count: since.months })
  return text(rolledOver ? 'history.month.rolledOver' : 'history.month.measured', facts)
}

/** The picture's facts in short, for those who do not see it. */
export function pictureText(meter: MeterWithPast, present: Period): Text[] {
  const months = yearOfMeter(meter.dials, meter, present)
  const summary = summaryOf(months)
  if (!summary) return []
  const volume = (thousandths: number) => text('readings.value', { t1: thousandths, unit: meter.unit })
  const { total, zones, average, most, least } = summary
  const facts = {
    ...{ count: summary.months, total: volume(total), average: volume(average) },
    ...{ most: volume(most.used), mostIn: most.period, least: volume(least.used), leastIn: least.period },
  }
  return [
    text('history.summary', { meter: meterName(meter), ...facts }),
    ...(zones.length > 1 ? [text('history.summaryZones', { zones: valuesText(meter, zones) })] : []),
    ...(most.used > least.used ? [text('history.extremes', facts)] : []),
    ...(months.some(({ kind }) => kind === 'averaged') ? [text('history.withAverages')] : []),
  ]
}

/** The picture of a meter's consumption; none while nothing is known of it. */
export function pictureOf(
  meter: MeterWithPast,
  { accountId, today, language }: Pick<Here<unknown>, 'accountId' | 'today' | 'language'>,
): Drawn | undefined {
  const present = periodOf(today)
  const months = yearOfMeter(meter.dials, meter, present)
  if (!summaryOf(months)) return undefined
  return {
    id: ['consumption', meter.id, present, language, meter.version].join(':'),
    as: 'photo',
    drawn: { kind: 'consumption', accountId, meterId: meter.id, present, language },
    name: text('history.fileName'),
    otherwise: [text('history.notDrawn'), ...monthLines(meter, months.toReversed())],
    denied: text('history.denied'),
  }
}
