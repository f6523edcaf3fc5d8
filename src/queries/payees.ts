import type { ChargeKind } from '../domain/charges/charges.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Payee } from '../domain/receipt/receipt.ts'
import type { Sql } from '../infra/database.ts'

/** The payees whose requisites hold on a day: those of the latest day before it, one a kind. */
export async function payeesOn(sql: Sql, day: LocalDate): Promise<Payee[]> {
  const rows = await sql<PayeeRow>(
    'queries.payees',
    `SELECT DISTINCT ON (kind) kind, name, personal_acc AS "personalAcc", bank_name AS "bankName", bic, corresp_acc AS "correspAcc",
            inn, kpp, phone, address, site
     FROM payee WHERE valid_from <= $1::date ORDER BY kind, valid_from DESC`,
    [day],
  )
  return rows.map(({ kind, name, personalAcc, bankName, bic, correspAcc, inn, kpp, phone, address, site }) => ({
    kind,
    requisites: {
      ...{ Name: name, PersonalAcc: personalAcc, BankName: bankName, BIC: bic, CorrespAcc: correspAcc },
      ...(inn !== null && { PayeeINN: inn }),
      ...(kpp !== null && { KPP: kpp }),
    },
    ...(phone !== null && { phone }),
    ...(address !== null && { address }),
    ...(site !== null && { site }),
  }))
}

interface PayeeRow {
  kind: ChargeKind
  name: string
  personalAcc: string
  bankName: string
  bic: string
  correspAcc: string
  inn: string | null
  kpp: string | null
  phone: string | null
  address: string | null
  site: string | null
}
