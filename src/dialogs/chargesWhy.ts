import type { Charges } from '../domain/charges/charges.ts'
import {
  type Cause,
  causes,
  type Difference,
  differenceOf,
  type Reason,
  type ServiceDifference,
} from '../domain/charges/difference.ts'
import type { Kopecks } from '../domain/money.ts'
import { inPages } from '../domain/pages.ts'
import type { Period } from '../domain/period.ts'
import type { Choice } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { leads } from './chargesLeading.ts'
import { differenceText, sumText } from './chargesWords.ts'

/** Two months of one account: the later one, and that with which it is compared. */
export interface Compared {
  period: Period
  months: readonly Charges[]
  before: Period
  monthsBefore: readonly Charges[]
}

/** Leads to why; a sum that fell is not asked about as if it had risen. */
export function whyChoice({ period, months, monthsBefore }: Omit<Compared, 'before'>): Choice {
  const fell = monthsBefore.length > 0 && differenceOf(monthsBefore, months).difference < 0
  return leads(fell ? 'charges.whyLess' : 'charges.whyMore', { at: 'why', period, against: 'month', page: 0 })
}

/** By how much, and what most of it comes from, in one sentence. */
export function mainReason(compared: Compared, difference: Difference): Text {
  const { period, before } = compared
  const facts = { period, before, old: sumText(difference.before), now: sumText(difference.after) }
  const { difference: kopecks, reasons } = difference
  // Of those that go the same way as the whole; there is none when that goes no way at all.
  const main = reasons.find((reason) => Math.sign(reason.kopecks) === Math.sign(kopecks))
  if (!main) return text('charges.why.same', facts)
  const by = { ...facts, reason: reasonText(main, compared), sum: Math.abs(kopecks) }
  return kopecks > 0 ? text('charges.why.more', by) : text('charges.why.less', by)
}

function reasonText({ cause, kopecks, of }: Reason, compared: Compared): Text {
  const why = causeText(cause, kopecks, compared, of?.presence)
  return of ? text('charges.why.of', { service: of.name, why }) : why
}

/** One cause in words; `kopecks` says which way it went. */
function causeText(cause: Cause, kopecks: Kopecks, { period, before }: Compared, presence: Presence = 'both'): Text {
  if (cause === 'other' && presence !== 'both') return text(`charges.why.${presence}`, { period, before })
  return kopecks > 0 ? text(`charges.why.up.${cause}`) : text(`charges.why.down.${cause}`)
}

type Presence = ServiceDifference['presence']

interface Row {
  row: Text
  weight: number
  kopecks: Kopecks
}

/** The table in pages: a service a row, the largest difference first, the penalty among them; they add up to the whole difference. */
export function differencePages(compared: Compared, difference: Difference): Text[][] {
  const rows = [
    ...difference.services.filter((service) => !isUnchanged(service)).map((service) => serviceRow(service, compared)),
    ...(difference.penalty === 0 ? [] : [penaltyRow(difference.penalty, compared)]),
  ].toSorted((a, b) => Math.abs(b.kopecks) - Math.abs(a.kopecks))
  return inPages(rows, ({ weight }) => weight, pageWeight).map((page) => page.map(({ row }) => row))
}

const isUnchanged = ({ difference, parts }: ServiceDifference): boolean =>
  difference === 0 && causes.every((cause) => parts[cause] === 0)

function serviceRow(service: ServiceDifference, compared: Compared): Row {
  const { name, before, after, difference: kopecks, presence } = service
  const parts = causes.flatMap((cause) => {
    const part = service.parts[cause]
    return part === 0 ? [] : [{ why: causeText(cause, part, compared, presence), kopecks: part }]
  })
  return {
    row: rowText({ service: name, old: sumText(before), now: sumText(after) }, kopecks, parts),
    weight: 120 + name.length + 70 * parts.length,
    kopecks,
  }
}

function penaltyRow(kopecks: Kopecks, { months, monthsBefore }: Compared): Row {
  const penalty = (all: readonly Charges[]) => sumText(all.reduce((sum, month) => sum + month.penalty, 0))
  const facts = { service: text('charges.why.penalty'), old: penalty(monthsBefore), now: penalty(months) }
  return { row: rowText(facts, kopecks, []), weight: 120, kopecks }
}

const pageWeight = 3400

function rowText(
  facts: { service: Text | string; old: Text; now: Text },
  kopecks: Kopecks,
  parts: { why: Text; kopecks: Kopecks }[],
): Text {
  const change = differenceText(kopecks)
  const [only, another] = parts
  if (!only) return text('charges.why.row', { ...facts, change })
  if (!another) return text('charges.why.rowFor', { ...facts, change, why: only.why })
  const lines = parts.map((part) => text('charges.why.part', { why: part.why, change: differenceText(part.kopecks) }))
  return text('charges.why.rowOf', { ...facts, change, lines })
}

/** How many services cost what they cost before. */
export function unchangedText({ services }: Difference): Text[] {
  const count = services.filter(isUnchanged).length
  return count === 0 ? [] : [text('charges.why.unchanged', { count })]
}
