import { addPeriods } from '../domain/period.ts'
import { opens, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { keepsakes, leads, nothingIn, sumsPlace } from './chargesLeading.ts'
import { monthPages, monthTitle } from './chargesMonth.ts'
import { whyChoice } from './chargesWhy.ts'
import { versionOf } from './chargesWords.ts'

/** A month by its services. */
export const monthPlace = sumsPlace<'month'>(async (here) => {
  const { accountId, queries, place } = here
  const { period } = place
  const [both, account] = await Promise.all([
    queries.charges.between(accountId, addPeriods(period, -1), period),
    whose(here),
  ])
  const [monthsBefore, months] = [
    both.filter((each) => each.period < period),
    both.filter((each) => each.period === period),
  ]
  const otherMonth = leads('charges.otherMonth', { at: 'pick' })
  if (months.length === 0) {
    const charged = await queries.charges.periods(accountId)
    return screen(nothingIn(here, { from: period, to: period }, charged), charged.length > 0 ? [otherMonth] : [])
  }
  const version = versionOf(months)
  const pages = monthPages(months)
  const isRenewed = place.version !== undefined && place.version !== version
  const page = isRenewed ? 0 : Math.min(place.page, pages.length - 1)
  const turned = (to: number) => ({ at: 'month', period, page: to, version }) as const
  return screen(
    [
      ...account,
      ...(isRenewed ? [text('charges.renewed')] : []),
      monthTitle(months),
      ...(pages.length > 1 ? [text('charges.page', { page: page + 1, pages: pages.length })] : []),
      ...(pages[page] ?? []),
    ],
    [
      ...(page < pages.length - 1 ? [leads('charges.nextServices', turned(page + 1))] : []),
      ...(page > 0 ? [leads('charges.previousServices', turned(page - 1))] : []),
      whyChoice({ period, months, monthsBefore }),
      otherMonth,
      opens('menu.receipt', 'receipt', { period }, accountId),
      ...keepsakes(here, { from: period, to: period }),
    ],
  )
})
