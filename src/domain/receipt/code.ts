import { type ChannelPolicy, showsPayer } from '../channelPolicy.ts'
import type { ChargeKind } from '../charges/charges.ts'
import { codeOf, type Paid } from '../payment/bill.ts'
import { dueNow } from '../payment/due.ts'
import type { BankAgreement } from '../payment/paymentCode.ts'
import type { Payee, Payer, Receipt, ToPay } from './receipt.ts'

/**
 * The bytes of the code that a receipt is paid by. None for an overpaid one, nor without requisites, nor for one that has been followed by
 * another, of which it is a part by now. Name and address stand in it where the
 * messenger may carry them; the account's number always does, for without it the money would be nobody's.
 */
export function receiptCode(receipt: Receipt, agreement: BankAgreement, policy: ChannelPolicy): Uint8Array | undefined {
  const { kind, period, month, payer, payee, isLatest } = receipt
  if (!month || !isLatest) return undefined
  return bytesOf({ kind, period, dueKopecks: month.closing }, payer, payee, agreement, policy)
}

/** The same of what is to be paid now of a kind. */
export function codeToPay(
  { months, balance, payees, payer }: ToPay,
  kind: ChargeKind,
  agreement: BankAgreement,
  policy: ChannelPolicy,
): Uint8Array | undefined {
  const due = dueNow(months, balance).kinds.find((one) => one.kind === kind)
  const payee = payees.find((one) => one.kind === kind)
  return due && bytesOf({ kind, period: due.period, dueKopecks: due.kopecks ?? 0 }, payer, payee, agreement, policy)
}

function bytesOf(
  bill: Pick<Paid, 'kind' | 'period' | 'dueKopecks'>,
  { account, name, address }: Payer,
  payee: Payee | undefined,
  agreement: BankAgreement,
  policy: ChannelPolicy,
): Uint8Array | undefined {
  if (!payee) return undefined
  const shown = showsPayer(policy) ? { name: name ?? undefined, address } : {}
  const code = codeOf(payee.requisites, { ...bill, account, ...shown }, agreement)
  return code.ok ? code.bytes : undefined
}
