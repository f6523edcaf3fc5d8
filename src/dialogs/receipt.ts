import { z } from 'zod'
import { showsSums } from '../domain/channelPolicy.ts'
import { periodWithin, typedPeriod } from '../domain/charges/typedPeriod.ts'
import { isPeriod, type Period, periodOf } from '../domain/period.ts'
import { defineDialog, type Here, type Said } from '../engine/dialog.ts'
import { again, choice, finish, goTo, open, opens, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { whereCabinetIs } from './cabinet.ts'
import { receiptFile } from './receiptFiles.ts'
import { receiptTexts } from './receiptTexts.ts'

const period = z.custom<Period>((value) => typeof value === 'string' && isPeriod(value))
const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('month'), period }),
  z.object({ at: z.literal('pick') }),
])
type Place = z.infer<typeof place>

/** `beforeThis`: the present month was named, whose receipt is not there yet. */
const opening = z.object({ period, beforeThis: z.literal(true).optional() })

/** A month's receipts, the last one at once: what is to be paid in words, and each as a file. */
export const receipt = defineDialog<Place>({
  id: 'receipt',
  version: 1,
  needs: 'account',
  consent: 2,
  place,
  hears: (said, { today }) => {
    const named = periodWithin(said, today)
    return named && { period: named.to, ...(named.beforeThis && { beforeThis: true }) }
  },
  begin: async (here) => {
    if (!showsSums(here.policy)) return open('withheld', { opening: 'receipt' })
    const [latest] = await here.queries.receipts.periods(here.accountId)
    if (!latest) return finish(text('receipt.none'))
    const asked = opening.safeParse(here.opening).data
    if (!asked) return goTo({ at: 'month', period: latest })
    return (await led(here, asked)) ?? goTo({ at: 'pick' }, text('receipt.noSuchMonth', { period: asked.period }))
  },
  places: {
    month: {
      ask: async (here) => {
        if (!showsSums(here.policy)) return withheld
        const { accountId, queries, today } = here
        const { period } = here.place
        const [receipts, periods, toPay] = [
          await queries.receipts.ofMonth(accountId, period, today),
          await queries.receipts.periods(accountId),
          await queries.receipts.toPay(accountId, today),
        ]
        const files = receipts.flatMap((one) => receiptFile(one, here))
        return screen(
          [
            ...(await whose(here)),
            text('receipt.title', { period }),
            ...(receipts.length > 0
              ? receiptTexts(receipts, period === periods[0], toPay, here)
              : [text('receipt.noSuchMonth', { period })]),
            ...(files.length < receipts.length ? [whereCabinetIs(here.rules)] : []),
          ],
          [
            ...(files.length > 0 ? [choice('receipt.again', 'again')] : []),
            opens('receipt.pay', 'payment', undefined, accountId),
            ...(periods.length > 1 ? [choice('receipt.otherMonth', 'pick')] : []),
          ],
          // A file cannot be edited into words.
          { files, keep: true },
        )
      },
      answer: async (here) => {
        const { said, place } = here
        if (said.kind !== 'choice') return typed(here)
        return said.value === 'again' ? stay(place) : goTo({ at: 'pick' })
      },
      asksNothing: true,
    },
    pick: {
      ask: async (here) => {
        if (!showsSums(here.policy)) return withheld
        const periods = await here.queries.receipts.periods(here.accountId)
        return screen(
          [...(await whose(here)), text('receipt.which')],
          periods.map((period) => choice(text('receipt.monthLabel', { period }), period)),
        )
      },
      answer: async (here) => {
        const { said } = here
        if (said.kind !== 'choice') return typed(here)
        const chosen = period.safeParse(said.value).data
        return chosen ? goTo({ at: 'month', period: chosen }) : unclear
      },
      example: text('receipt.whichExample'),
      asksNothing: true,
    },
  },
})

const withheld = screen(text('charges.withheld'), [opens('charges.whereElse', 'withheld', 'receipt')])

/** A month that was typed; of several the last. */
async function typed(here: Here<unknown> & { said: Said }): Promise<Step<Place>> {
  const { said, today, policy } = here
  if (said.kind !== 'text' || !showsSums(policy)) return unclear
  const read = typedPeriod(said.text, today)
  if (!read.ok) return unclear
  const asked = { period: read.to, beforeThis: read.beforeThis }
  return (await led(here, asked)) ?? again(text('receipt.noSuchMonth', { period: read.to }))
}

/** Where a month that was named leads: to its receipt, or to the last one when its own is not there yet; else nowhere. */
async function led(
  { queries, accountId, today }: Here<unknown>,
  { period, beforeThis }: { period: Period; beforeThis?: true | undefined },
): Promise<Step<Place> | undefined> {
  const periods = await queries.receipts.periods(accountId)
  const [latest] = periods
  if (!beforeThis && periods.includes(period)) return goTo({ at: 'month', period })
  const present = periodOf(today)
  if (!latest || (!beforeThis && period !== present)) return undefined
  return goTo({ at: 'month', period: latest }, text('receipt.notYet', { period: present, latest }))
}
