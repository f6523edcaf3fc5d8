import { differenceOf } from '../domain/charges/difference.ts'
import type { Periods } from '../domain/charges/periods.ts'
import { addPeriods } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import { screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { ChargeMonth } from '../queries/charges.ts'
import { whose } from './accountNames.ts'
import { type Led, leads, ledToMonths, nothingIn, sumsPlace } from './chargesLeading.ts'
import { type Compared, differencePages, mainReason, unchangedText } from './chargesWhy.ts'
import { differenceText, sumText, versionOf } from './chargesWords.ts'

/** Why a month costs more or less than the last one: in a sentence, then by service; the same month a year ago is told beside it or compared instead. */
export const whyPlace = sumsPlace<'why'>(async (here) => {
  const { place, queries, accountId } = here
  const { period, against } = place
  const yearAgo = addPeriods(period, -12)
  const [all, account] = await Promise.all([queries.charges.between(accountId, yearAgo, period), whose(here)])
  const of = (month: string) => all.filter((each) => each.period === month)
  const before = against === 'month' ? addPeriods(period, -1) : yearAgo
  const compared = { period, months: of(period), before, monthsBefore: of(before) }
  const otherMonth = leads('charges.otherMonth', { at: 'pick' })
  if (compared.months.length === 0) {
    const charged = await queries.charges.periods(accountId)
    return screen(nothingIn(here, { from: period, to: period }, charged), charged.length > 0 ? [otherMonth] : [])
  }
  const version = versionOf([...compared.monthsBefore, ...compared.months])
  const isRenewed = place.version !== undefined && place.version !== version
  const { texts, page, pages } = explained(compared, isRenewed ? 0 : place.page)
  const turned = (to: number) => ({ at: 'why', period, against, page: to, version }) as const
  return screen(
    [
      ...account,
      ...(isRenewed ? [text('charges.renewed')] : []),
      ...texts,
      ...(against === 'month' ? yearAgoText(compared, of(yearAgo)) : []),
    ],
    [
      ...(page < pages - 1 ? [leads('charges.nextServices', turned(page + 1))] : []),
      ...(page > 0 ? [leads('charges.previousServices', turned(page - 1))] : []),
      against === 'month'
        ? leads('charges.why.withYear', { at: 'why', period, against: 'year', page: 0 })
        : leads('charges.why.withMonth', { at: 'why', period, against: 'month', page: 0 }),
      leads('charges.forWhat', { at: 'month', period, page: 0 }),
      otherMonth,
    ],
  )
}, ledToWhy)

function explained(compared: Compared, wanted: number): { texts: Text[]; page: number; pages: number } {
  const { before, monthsBefore, months } = compared
  if (monthsBefore.length === 0) return { texts: [text('charges.why.nothing', { before })], page: 0, pages: 1 }
  const difference = differenceOf(monthsBefore, months)
  const rows = differencePages(compared, difference)
  const pages = Math.max(1, rows.length)
  const page = Math.min(wanted, pages - 1)
  const texts = [
    mainReason(compared, difference),
    ...([...monthsBefore, ...months].some(({ penalty }) => penalty !== 0) ? [text('charges.why.withPenalty')] : []),
    ...(pages > 1 ? [text('charges.page', { page: page + 1, pages })] : []),
    ...(rows[page] ?? []),
    ...(page === pages - 1 ? unchangedText(difference) : []),
  ]
  return { texts, page, pages }
}

function yearAgoText({ period, months }: Compared, monthsYearAgo: readonly ChargeMonth[]): Text[] {
  if (monthsYearAgo.length === 0) return []
  const { before, difference } = differenceOf(monthsYearAgo, months)
  const facts = { period: addPeriods(period, -12), sum: sumText(before), change: differenceText(difference) }
  return [text('charges.why.yearAgo', facts)]
}

/** A month typed here is asked about in the same way; of several there is a table. */
export async function ledToWhy(here: Here<unknown>, periods: Periods): Promise<Led> {
  const led = await ledToMonths(here, periods)
  if (!('place' in led) || led.place.at !== 'month') return led
  return { place: { at: 'why', period: led.place.period, against: 'month', page: 0 } }
}
