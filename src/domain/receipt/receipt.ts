import type { AddressParts } from '../address/parts.ts'
import type { ChargeKind, Charges } from '../charges/charges.ts'
import type { Balance } from '../charges/standing.ts'
import type { Requisites } from '../payment/requisites.ts'
import type { Period } from '../period.ts'
import type { ReceiptMeter } from './meters.ts'

/** Whom charges of a kind are paid to, and how he can be reached. */
export interface Payee {
  kind: ChargeKind
  requisites: Requisites
  phone?: string
  address?: string
  site?: string
}

/** Whose a receipt is: all that the billing knows. What of it a messenger may carry whoever shows it must ask the policy. */
export interface Payer {
  /** The account's whole number. */
  account: string
  els: string | null
  name: string | null
  address: AddressParts
  areaHundredths: number | null
  registered: number | null
  living: number | null
  /** An activation code is printed on the paper receipt. */
  hasCode: boolean
}

/**
 * A month's receipt of a kind: what it was made of, and the billing's own (PDF) where there is one. `version` is another one whenever any of
 * the facts is: what was drawn of one version need not be drawn again.
 */
export interface Receipt {
  period: Period
  kind: ChargeKind
  /** Not there when the billing has sent its own receipt and no charges. */
  month?: Charges
  file?: { sha256: string; bytes: number }
  payer: Payer
  /** The kind has been charged for no later month: this is what is to be paid. */
  isLatest: boolean
  /** Whom one pays on the day that was asked about. */
  payee?: Payee
  meters: ReceiptMeter[]
  version: string
}

/** What is to be known to pay on a day: the last month of each kind, the account's balance, the payees and the payer. */
export interface ToPay {
  months: Charges[]
  balance?: Balance
  payees: Payee[]
  payer: Payer
  version: string
}
