import { daysBetween, type LocalDate } from '../domain/localDate.ts'
import type { Meter, MeterOnHand, Service } from '../domain/meter.ts'
import type { Period } from '../domain/period.ts'
import type { Judged } from '../domain/readings/judge.ts'
import { judgeAll } from '../domain/readings/judgeAll.ts'
import type { Entry, ReadingsProblem } from '../domain/readings/parse.ts'
import type { Rules } from '../domain/rules.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import { onHand } from './readingsMeters.ts'

export interface Receipt {
  period: Period
  late: boolean
}

/** «Холодная вода, счётчик № 1234567». */
export const meterName = ({ service, serial }: Pick<Meter, 'service' | 'serial'>): Text =>
  text(`readings.meter.${service}`, { serial })

/** «418,95 м³», or «день 5012, ночь 3040 кВт·ч»; says so when there is no value. */
export function valuesText({ unit }: Pick<Meter, 'unit'>, values: number[] | undefined): Text {
  const [t1, t2, t3] = values ?? []
  if (t1 === undefined) return text('readings.noValue')
  if (t2 === undefined) return text('readings.value', { t1, unit })
  return t3 === undefined ? text('readings.values2', { t1, t2, unit }) : text('readings.values3', { t1, t2, t3, unit })
}

/** The meters with what they showed last and what is `given` for them and not submitted yet, and how to answer. */
export function lastReadings(
  meters: MeterOnHand[],
  receipt: Receipt,
  { today, rules }: Pick<Here<unknown>, 'today' | 'rules'>,
  given: Entry[] = [],
): Text[] {
  const entered = given.filter(({ meterId }) => meters.some(({ id }) => id === meterId))
  const lines = meters.flatMap((meter, index) => {
    const typed = entered.find(({ meterId }) => meterId === meter.id)?.values
    const before = meter.current ? 'readings.lineGiven' : meter.previous ? 'readings.line' : 'readings.lineFirst'
    const line = text(typed ? 'readings.lineEntered' : before, {
      number: index + 1,
      meter: meterName(meter),
      last: valuesText(meter, meter.previous?.values),
      at: meter.previous?.readAt ?? '',
      given: valuesText(meter, typed ?? meter.current?.values),
    })
    return [line, ...verificationLine(meter, today), ...(meter.photoRequired ? [text('readings.needsPhoto')] : [])]
  })
  const isNear = meters.some((meter) => verificationLine(meter, today).length > 0)
  return [
    text(receipt.late ? 'readings.titleLate' : 'readings.title', {
      period: receipt.period,
      day: rules.readingsWindow.toDay,
    }),
    text('common.lines', { lines }),
    ...(isNear ? [text('readings.verification.cost')] : []),
    text(entered.length > 0 ? 'readings.howToChange' : 'readings.howTo', {
      count: meters.length,
      example: meters.map(exampleOf).join(' '),
    }),
  ]
}

/** So many days ahead a verification (поверка) that is running out is spoken of. */
const soonDays = 60

function verificationLine({ verificationUntil: until }: MeterOnHand, today: LocalDate): Text[] {
  if (until === undefined || daysBetween(today, until) > soonDays) return []
  return [text(until < today ? 'readings.verification.over' : 'readings.verification.soon', { until })]
}

/** A value that could be right, as an example of how to write it: «322», «5013/3041» for two tariffs. */
const exampleOf = ({ zones, previous }: MeterOnHand): string =>
  Array.from({ length: zones }, (_, zone) => Math.floor((previous?.values[zone] ?? 100_000) / 1000) + 2).join('/')

/** Judges entries by what is known at this moment. */
export async function judgedNow(here: Here<unknown>, entries: Entry[]): Promise<Judged[]> {
  const { today, rules } = here
  const { meters, persons } = await onHand(here)
  const facts = { today, window: rules.readingsWindow, persons, acceptDecimals: rules.acceptDecimals }
  return judgeAll(entries, meters, facts)
}

/** Why a value cannot be taken, with what to do about it. */
export function refusalText(judged: Judged, meters: MeterOnHand[]): Text {
  const meter = meters.find(({ id }) => id === judged.entry.meterId)
  return meter ? refusedBecause(judged, meter) : text('readings.meterGone')
}

export function refusedBecause({ refusal, entry }: Judged, meter: MeterOnHand): Text {
  const given = { meter: meterName(meter), unit: meter.unit, now: valuesText(meter, entry.values) }
  switch (refusal?.code) {
    case 'E_LESS': {
      const { zone, previous } = refusal
      if (zone === undefined) return text('readings.refusal.E_LESS', { ...given, previous })
      const register = { zone: text(`readings.zone.${meter.zones}.${zone}`), value: entry.values[zone - 1] ?? 0 }
      return text('readings.refusal.E_LESS_zone', { ...given, ...register, previous })
    }
    case 'E_DIGITS':
      return text('readings.refusal.E_DIGITS', { ...given, count: refusal.digits })
    case 'E_IMPOSSIBLE':
      return text('readings.refusal.E_IMPOSSIBLE', { ...given, used: refusal.consumption })
    case 'E_ZONES':
      return text('readings.refusal.E_ZONES', { ...given, count: refusal.expected, example: exampleOf(meter) })
    default:
      return text('readings.refusal.E_METER_CLOSED', given)
  }
}

/** Why what was typed could not be read as readings. */
export async function problemText(problem: ReadingsProblem, here: Here<unknown>): Promise<Text> {
  const { meters } = await onHand(here)
  const named = (id: string) => meters.filter((meter) => meter.id === id).map(meterName)
  switch (problem.code) {
    case 'tooMany': {
      const { meterId, expected: count, given } = problem
      const own = meters.filter(({ id }) => id === meterId)
      if (own.length === 0 || meters.length === 1) return text('readings.problem.tooMany', { count, given })
      const values = { meter: own.map(meterName), count, given, example: own.map(exampleOf).join('') }
      return text('readings.problem.tooManyOfOne', values)
    }
    case 'elsewhere':
      return text('common.lines', { lines: problem.services.map((service) => elsewhereText(service, here.rules)) })
    case 'noPrevious':
      return text('readings.problem.noPrevious', { meter: named(problem.meterId) })
    case 'numberWords':
      return text('readings.problem.numberWords', { example: meters.slice(0, 1).map(exampleOf).join('') || '320' })
    case 'unknownMeter':
      return text('readings.problem.unknownMeter', { word: problem.word, lines: meters.map(meterName) })
    case 'whichMeter':
      return text('readings.problem.whichMeter', { lines: problem.meterIds.flatMap(named) })
    case 'zones':
      return text('readings.problem.zones', {
        meter: named(problem.meterId),
        count: problem.expected,
        example: meters
          .filter(({ id }) => id === problem.meterId)
          .map(exampleOf)
          .join(''),
      })
    case 'repeated':
      return text('readings.problem.repeated', { meter: named(problem.meterId) })
    default:
      return text('readings.problem.notNumber')
  }
}

/** Values of a service that are not taken here: where they are to be sent. */
export function elsewhereText(service: Service, { readingsServices, readingsElsewhere, phone }: Rules): Text {
  const isTaken = readingsServices?.includes(service) ?? true
  const where = readingsElsewhere?.[service]
  const supplier = service !== 'HVS' && service !== 'GVS'
  return text('readings.elsewhere.line', {
    what: text(isTaken ? `readings.elsewhere.noMeter.${service}` : `readings.elsewhere.notTaken.${service}`),
    where: where
      ? text('readings.elsewhere.sendTo', { where })
      : supplier
        ? text(`readings.elsewhere.supplier.${service}`)
        : phone
          ? text('readings.elsewhere.call', { phone })
          : text('readings.elsewhere.ask'),
  })
}
