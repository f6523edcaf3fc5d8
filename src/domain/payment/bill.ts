import { formatAddress } from '../address/format.ts'
import type { AddressParts } from '../address/parts.ts'
import type { ChargeKind } from '../charges/charges.ts'
import type { Kopecks } from '../money.ts'
import type { Period } from '../period.ts'
import type { Payload } from './payload.ts'
import { type BankAgreement, type Bill, paymentCode } from './paymentCode.ts'
import type { Requisites } from './requisites.ts'

/** Who pays for what. A `name` and an `address` are given only where they may be shown: they stand in the code. */
export interface Paid {
  kind: ChargeKind
  period: Period
  /** None when nothing is due, or when it cannot be told: the payer fills it in himself. */
  dueKopecks: Kopecks
  account: string
  name?: string | undefined
  address?: AddressParts | undefined
}

/** What a payment is for, as the bank will show it; `account` is written as it may be shown. Always Russian: banks and the payee read it. */
export function purposeOf({ kind, period, account }: Pick<Paid, 'kind' | 'period' | 'account'>): string {
  const [year, month] = period.split('-')
  return `${purposes[kind]}, ЛС ${account}, ${month}.${year}`
}

/**
 * The payment code of a bill. A name or an address that the bank's encoding lacks, or that leaves no room, is left out: the account alone
 * tells whose the money is.
 */
export function codeOf(requisites: Requisites, paid: Paid, agreement: BankAgreement): Payload {
  const { account, period, dueKopecks, name, address } = paid
  const bill: Bill = { account, period, dueKopecks, purpose: purposeOf(paid) }
  const further = {
    ...(name !== undefined && nameFields(name)),
    ...(address && { PayerAddress: formatAddress(address) }),
  }
  const code = paymentCode(requisites, { ...bill, further }, agreement)
  return code.ok || Object.keys(further).length === 0 ? code : paymentCode(requisites, bill, agreement)
}

const purposes: Record<ChargeKind, string> = { MAIN: 'Оплата ЖКУ', CAPREM: 'Взнос на капитальный ремонт' }

/** «Иванов Иван Иванович», «Мамедов Али Гасан оглы»; nothing of what is no person's name, such as a firm's. */
function nameFields(name: string): Bill['further'] {
  const [LastName = '', FirstName = '', ...others] = name.trim().split(/\s+/)
  const isPerson = [LastName, FirstName].every((word) => /^\p{Lu}\p{Ll}+(?:-\p{L}+)*$|^\p{Lu}\.?$/u.test(word))
  return isPerson ? { LastName, FirstName, MiddleName: others.join(' ') } : {}
}
