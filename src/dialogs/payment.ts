import { z } from 'zod'
import { showsSums } from '../domain/channelPolicy.ts'
import { type ChargeKind, chargeKinds } from '../domain/charges/charges.ts'
import { codeToPay } from '../domain/receipt/code.ts'
import type { ToPay } from '../domain/receipt/receipt.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { choice, goTo, open, opens, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { codeTexts, waysTexts } from './paymentTexts.ts'
import { codePicture } from './receiptFiles.ts'

const kind = z.enum(chargeKinds)
const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('ways') }),
  z.object({ at: z.literal('code'), kind }),
])

/** How much is to be paid now and how: by a code that a bank's application reads, on a page, at the cash desks. */
export const payment = defineDialog<z.infer<typeof place>>({
  id: 'payment',
  version: 1,
  needs: 'account',
  consent: 2,
  place,
  begin: ({ policy }) => (showsSums(policy) ? goTo({ at: 'ways' }) : open('withheld', { opening: 'payment' })),
  places: {
    ways: {
      ask: async (here) => {
        if (!showsSums(here.policy)) return withheld
        const toPay = await toPayOf(here)
        const kinds = chargeKinds.filter((kind) => codeOf(toPay, kind, here))
        return screen(
          [...(await whose(here)), ...waysTexts(toPay, kinds.length > 0, here)],
          [
            ...kinds.map((kind) => choice(text(`payment.codeOf.${kind}`), kind)),
            opens('menu.receipt', 'receipt', undefined, here.accountId),
          ],
        )
      },
      answer: ({ said }) => {
        const chosen = said.kind === 'choice' ? kind.safeParse(said.value).data : undefined
        return chosen ? goTo({ at: 'code', kind: chosen }) : unclear
      },
      asksNothing: true,
    },
    code: {
      ask: async (here) => {
        if (!showsSums(here.policy)) return withheld
        const { kind } = here.place
        const toPay = await toPayOf(here)
        if (!codeOf(toPay, kind, here)) return screen(text('payment.noCode'))
        return screen(codeTexts(toPay, kind, here), [choice('receipt.again', 'again')], {
          files: [codePicture(toPay, kind, here)],
          // A picture cannot be edited into words.
          keep: true,
        })
      },
      answer: ({ said, place }) => (said.kind === 'choice' ? stay(place) : unclear),
      asksNothing: true,
    },
  },
})

const withheld = screen(text('charges.withheld'), [opens('charges.whereElse', 'withheld', 'payment')])

const toPayOf = ({ queries, accountId, today }: Here<unknown>): Promise<ToPay> =>
  queries.receipts.toPay(accountId, today)

const codeOf = (toPay: ToPay, kind: ChargeKind, { rules, policy }: Here<unknown>) =>
  codeToPay(toPay, kind, rules.payment.agreement, policy)
