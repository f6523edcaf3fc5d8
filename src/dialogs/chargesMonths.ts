import { type Charges, chargedFor } from '../domain/charges/charges.ts'
import type { Kopecks } from '../domain/money.ts'
import { addPeriods, monthsBetween, type Period } from '../domain/period.ts'
import { type Choice, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { keepsakes, leads, sumsPlace } from './chargesLeading.ts'
import { paidText, sumText } from './chargesWords.ts'

const monthsOnAPage = 12

/** Several months, a line each, the earliest first, and what they come to together. */
export const monthsPlace = sumsPlace<'months'>(async (here) => {
  const { accountId, queries, place } = here
  const { from, to } = place
  const [months, account] = await Promise.all([queries.charges.between(accountId, from, to), whose(here)])
  const all = Array.from({ length: monthsBetween(from, to) + 1 }, (_, index) => addPeriods(from, index))
  const last = Math.max(0, Math.ceil(all.length / monthsOnAPage) - 1)
  const page = Math.min(place.page, last)
  const onPage = all.slice(page * monthsOnAPage, (page + 1) * monthsOnAPage)
  const turned = (next: number) => ({ at: 'months', from, to, page: next }) as const
  return screen(
    [
      ...account,
      text('charges.table', {
        ...{ from, to },
        lines: onPage.map((period) =>
          monthLine(
            period,
            months.filter((each) => each.period === period),
          ),
        ),
      }),
      allText(all.length, months),
      text('charges.askMonth'),
    ],
    [
      ...(page < last ? [leads('charges.laterMonths', turned(page + 1))] : []),
      ...(page > 0 ? [leads('charges.earlierMonths', turned(page - 1))] : []),
      leads('charges.otherMonth', { at: 'pick' }),
      ...keepsakes(here, { from, to }),
    ],
  )
})

function monthLine(period: Period, months: readonly Charges[]): Text {
  if (months.length === 0) return text('charges.emptyMonth', { period })
  const { penalty, ...sums } = sumsOf(months)
  return penalty === 0
    ? text('charges.monthLine', { period, ...sums })
    : text('charges.monthLinePenalty', { period, ...sums, penalty: sumText(penalty) })
}

function allText(count: number, months: readonly Charges[]): Text {
  const { penalty, ...sums } = sumsOf(months)
  return penalty === 0
    ? text('charges.all', { count, ...sums })
    : text('charges.allPenalty', { count, ...sums, penalty: sumText(penalty) })
}

function sumsOf(months: readonly Charges[]): { charged: Text; paid: Text; penalty: Kopecks } {
  const sum = (of: (month: Charges) => Kopecks) => months.reduce((all, month) => all + of(month), 0)
  return {
    charged: sumText(sum(chargedFor)),
    paid: paidText(sum(({ paid }) => paid)),
    penalty: sum(({ penalty }) => penalty),
  }
}

/** The months of a year that has charges, the latest first, each a button; the whole of it; the other years. */
export const pickPlace = sumsPlace<'pick'>(async (here) => {
  const charged = await here.queries.charges.periods(here.accountId)
  const years = [...new Set(charged.map(yearOf))]
  const [latest] = years
  if (latest === undefined) return screen(text('charges.none'))
  const year = here.place.year ?? latest
  return screen(text('charges.askWhich'), [
    ...charged.filter((period) => yearOf(period) === year).map(monthChoice),
    ...wholeYear(charged.filter((period) => yearOf(period) === year)),
    ...years.filter((other) => other !== year).map(yearChoice),
  ])
})

const yearOf = (period: Period): number => Number(period.slice(0, 4))

const monthChoice = (period: Period): Choice =>
  leads(text('charges.oneMonth', { period }), { at: 'month', period, page: 0 })

const yearChoice = (year: number): Choice => leads(text('charges.year', { year }), { at: 'pick', year })

function wholeYear(charged: readonly Period[]): Choice[] {
  const [to, from] = [charged.at(0), charged.at(-1)]
  if (!to || !from || from === to) return []
  return [leads(text('charges.wholeYear', { year: yearOf(to) }), { at: 'months', from, to, page: 0 })]
}
