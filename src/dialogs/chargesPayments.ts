import type { Periods } from '../domain/charges/periods.ts'
import { daysInMonth, type LocalDate } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import { opens, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { PaymentMade } from '../queries/charges.ts'
import { whose } from './accountNames.ts'
import { leads, sumsPlace } from './chargesLeading.ts'
import { periodsText } from './chargesWords.ts'

const paymentsOnAPage = 10

/** What was paid, the latest first: when, how, and whether it has been posted. Months typed here are those in which it was paid. */
export const paymentsPlace = sumsPlace<'payments'>(
  async (here) => {
    const { place, today, accountId } = here
    const periods = place.from && place.to && { from: place.from, to: place.to }
    const [payments, account] = await Promise.all([paymentsOf(here, periods), whose(here)])
    const last = Math.max(0, Math.ceil(payments.length / paymentsOnAPage) - 1)
    const page = Math.min(place.page, last)
    const onPage = payments.slice(page * paymentsOnAPage, (page + 1) * paymentsOnAPage)
    const turned = (to: number) => ({ at: 'payments', page: to, ...periods }) as const
    const months = periods && periodsText(periods)
    return screen(
      [
        ...account,
        months ? text('charges.payments.titleOf', { months }) : text('charges.payments.title'),
        payments.length === 0
          ? text('charges.payments.none')
          : text('charges.known', { lines: onPage.map((payment) => paymentLine(payment, today)) }),
        text('charges.payments.slow'),
      ],
      [
        ...(page < last ? [leads('charges.payments.earlier', turned(page + 1))] : []),
        ...(page > 0 ? [leads('charges.payments.later', turned(page - 1))] : []),
        ...(periods ? [leads('charges.payments.all', { at: 'payments', page: 0 })] : []),
        leads('charges.toBalance', { at: 'balance' }),
        opens('charges.howToPay', 'payment', undefined, accountId),
      ],
    )
  },
  (_, { from, to }) => ({ place: { at: 'payments', page: 0, from, to } }),
)

/** The account's payments, all of them or those made in some months, the latest first. */
export function paymentsOf({ accountId, queries }: Here<unknown>, periods?: Periods): Promise<PaymentMade[]> {
  if (!periods) return queries.charges.payments(accountId, '1990-01-01', '2099-12-31')
  return queries.charges.payments(accountId, `${periods.from}-01`, lastDay(periods.to))
}

const lastDay = (period: Period): LocalDate =>
  `${period}-${daysInMonth(Number(period.slice(0, 4)), Number(period.slice(5)))}`

/** A reversal (сторно) is said plainly to be one; it has a minus of its own in the billing, and none here. */
function paymentLine({ paidAt: at, postedAt, kopecks, channel }: PaymentMade, today: LocalDate): Text {
  const sum = Math.abs(kopecks)
  if (kopecks < 0) return text('charges.payments.reversal', { at, sum })
  const state =
    postedAt === undefined || postedAt > today
      ? text('charges.payments.notPosted')
      : text('charges.payments.posted', { posted: postedAt })
  if (channel === undefined) return text('charges.payments.line', { at, sum, state })
  return text('charges.payments.lineBy', { at, sum, state, channel: text(`charges.payments.by.${channel}`) })
}
