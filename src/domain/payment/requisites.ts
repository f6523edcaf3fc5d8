import { accountKeyFits, innFits } from './controlDigits.ts'
import { type FieldProblem, fieldProblem, mandatoryKeys, type PaymentFields } from './fields.ts'

/**
 * Whom money is paid to: `Name`, `PersonalAcc` (расчётный счёт), `BankName`, `BIC` (БИК), `CorrespAcc` (корреспондентский счёт, `0` when
 * the bank has none), `PayeeINN` (ИНН), `KPP` (КПП, which a sole trader does not have).
 */
export type Requisites = Pick<PaymentFields, (typeof requisiteKeys)[number]>

/** A treasury account (казначейский счёт) has a key of another kind, which is not judged here. */
export interface RequisiteWarning {
  field: 'PersonalAcc' | 'CorrespAcc'
  why: 'treasury'
}

/**
 * Everything by which requisites can be told to be wrong before a resident pays to nobody. Any problem means that no payment code may be
 * made of them; warnings are for whoever looks after the requisites.
 */
export function checkRequisites(requisites: Requisites): { problems: FieldProblem[]; warnings: RequisiteWarning[] } {
  const malformed = requisiteKeys.flatMap((field) => {
    const value = requisites[field]
    return value === undefined ? [] : (fieldProblem(field, value) ?? [])
  })
  const isWellFormed = (field: keyof Requisites) => malformed.every((problem) => problem.field !== field)
  const { PersonalAcc, BIC, CorrespAcc, PayeeINN } = requisites

  const accounts = [
    { field: 'PersonalAcc', account: PersonalAcc, isCorrespondent: false },
    { field: 'CorrespAcc', account: CorrespAcc, isCorrespondent: true },
  ] as const
  const judged = accounts.filter(({ field, account }) => isWellFormed(field) && account !== noAccount)
  const wrong = judged
    .filter(({ account }) => !isOfTreasury(account) && isWellFormed('BIC'))
    .filter(({ account, isCorrespondent }) => !accountKeyFits(BIC, account, isCorrespondent))
    .map(({ field }): FieldProblem => ({ field, why: 'control' }))
  if (PayeeINN !== undefined && isWellFormed('PayeeINN') && !innFits(PayeeINN))
    wrong.push({ field: 'PayeeINN', why: 'control' })

  return {
    problems: [...malformed, ...wrong],
    warnings: judged
      .filter(({ account }) => isOfTreasury(account))
      .map(({ field }): RequisiteWarning => ({ field, why: 'treasury' })),
  }
}

const requisiteKeys = [...mandatoryKeys, 'PayeeINN', 'KPP'] as const
const noAccount = '0'

/** Treasury accounts begin with 03, the treasury's own account in the Bank of Russia with 40102; no bank's client has such. */
const isOfTreasury = (account: string): boolean => /^(?:03|40102)/.test(account)
