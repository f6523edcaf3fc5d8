import { maskAccount } from '../domain/accountNumber.ts'
import { showsPayer } from '../domain/channelPolicy.ts'
import type { ChargeKind } from '../domain/charges/charges.ts'
import type { Receipt, ToPay } from '../domain/receipt/receipt.ts'
import type { Here } from '../engine/dialog.ts'
import type { Drawn } from '../engine/saying.ts'
import { text } from '../engine/text.ts'

/**
 * A receipt as a file: the billing's own where there is one and the messenger may carry the payer's name, which stands in it; else a drawn
 * one. None of a month that only the billing's own tells of, where that may not be sent.
 */
export function receiptFile({ period, kind, month, file, payer, version }: Receipt, here: Here<unknown>): Drawn[] {
  const { accountId, today: on, language } = here
  const masked = !showsPayer(here.policy)
  const how: Pick<Drawn, 'as' | 'name' | 'otherwise' | 'denied'> = {
    as: 'document',
    name: text(`receipt.fileName.${kind}`, { period, end: maskAccount(payer.account).replaceAll('•', '') }),
    otherwise: [text('receipt.notSent')],
    denied: text('receipt.denied'),
  }
  if (file && !masked) {
    const { sha256 } = file
    return [{ ...how, id: `receiptFile:${sha256}`, drawn: { kind: 'receiptFile', accountId, sha256 } }]
  }
  if (!month) return []
  return [
    {
      ...how,
      id: ['receipt', accountId, period, kind, on, language, masked ? 'masked' : 'full', version].join(':'),
      drawn: { kind: 'receipt', accountId, period, of: kind, on, masked, version, language },
    },
  ]
}

/** The code by which a kind is paid now, as a picture. */
export function codePicture({ version }: ToPay, of: ChargeKind, here: Here<unknown>): Drawn {
  const { accountId, today: on } = here
  const masked = !showsPayer(here.policy)
  return {
    id: ['paymentCode', accountId, of, on, masked ? 'masked' : 'full', version].join(':'),
    as: 'photo',
    drawn: { kind: 'paymentCode', accountId, of, on, masked, version },
    name: text('payment.fileName'),
    otherwise: [text('payment.notSent')],
    denied: text('payment.denied'),
  }
}
