import { type ChannelPolicy, showsPayer } from '../domain/channelPolicy.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'
import { codeToPay, receiptCode } from '../domain/receipt/code.ts'
import type { Receipt, ToPay } from '../domain/receipt/receipt.ts'
import type { Rules } from '../domain/rules.ts'
import { type ChatId, messengerOf } from '../engine/event.ts'
import type { PaymentCodeDrawing, ReceiptDrawing, ReceiptFileDrawing } from '../engine/outgoing.ts'
import type { Words } from '../engine/text.ts'
import type { Draughtsman } from './drawn.ts'
import { qrPng } from './qr.ts'
import type { ReceiptStore } from './receiptStore.ts'
import { receiptPdf } from './receipts/receiptPdf.ts'

interface ReceiptDraughtsmen {
  receipt: Draughtsman<ReceiptDrawing>
  receiptFile: Draughtsman<ReceiptFileDrawing>
  paymentCode: Draughtsman<PaymentCodeDrawing>
}

/**
 * Receipts as they are sent: drawn ones, the billing's own, and payment codes as pictures. What has changed since it was asked for is not
 * made: the words beside it would say something else. Each is given away only where the messenger may carry it at that moment.
 */
export function receiptDraughtsmen(deps: {
  words: Words
  rules: Rules
  /** Whether the person in a chat may be sent an account's sums at this moment. */
  maySee(chat: ChatId, accountId: number): Promise<boolean>
  ofMonth(accountId: number, period: Period, day: LocalDate): Promise<Receipt[]>
  toPay(accountId: number, day: LocalDate): Promise<ToPay>
  isReceiptOf(accountId: number, sha256: string): Promise<boolean>
  store: Pick<ReceiptStore, 'read'>
}): ReceiptDraughtsmen {
  const { words, rules, maySee } = deps
  const { agreement } = rules.payment
  const seen = async (chat: ChatId, { accountId, masked }: { accountId: number; masked: boolean }) =>
    (masked || showsPayer(rules.channelPolicy[messengerOf(chat)])) && (await maySee(chat, accountId))

  return {
    receipt: {
      maySee: seen,
      async draw({ accountId, period, of, on, masked, version, language }) {
        const receipt = (await deps.ofMonth(accountId, period, on)).find(({ kind }) => kind === of)
        if (!receipt?.month || receipt.version !== version) throw new Error('the receipt has changed')
        const policy = policyOf(masked)
        const code = receiptCode(receipt, agreement, policy)
        return receiptPdf({
          receipt: { ...receipt, month: receipt.month },
          ...{ policy, on, language, rules },
          ...(code && { code }),
          say: (key, values) => words.plain(language, { key, ...(values && { values }) }),
        })
      },
    },
    receiptFile: {
      // One that has been replaced since is nobody's to see, though a messenger has it still.
      maySee: async (chat, { accountId, sha256 }) =>
        (await seen(chat, { accountId, masked: false })) && deps.isReceiptOf(accountId, sha256),
      draw: ({ sha256 }) => deps.store.read(sha256),
    },
    paymentCode: {
      maySee: seen,
      async draw({ accountId, of, on, masked, version }) {
        const toPay = await deps.toPay(accountId, on)
        const code = toPay.version === version ? codeToPay(toPay, of, agreement, policyOf(masked)) : undefined
        if (!code) throw new Error('what is to be paid has changed')
        return qrPng(code)
      },
    },
  }
}

const policyOf = (masked: boolean): ChannelPolicy => (masked ? 'masked' : 'full')
