import { hasAccountWhere } from './ownAccounts.ts'
import type { WhomOf } from './whom.ts'

/** Residents of accounts that have been charged for the month. */
export const whoHasABill: WhomOf = (period) => ({
  where: hasAccountWhere('JOIN charge_month m ON m.account_id = a.id', 'm.period = $10'),
  values: [period],
})
