import { hasAccountWhere } from './ownAccounts.ts'
import type { WhomOf } from './whom.ts'

/** Residents of accounts that owe so much. Whether its day has passed the dialog judges. */
export const whoHasADebt: WhomOf = (_, { reminders }) => ({
  where: hasAccountWhere('', 'a.balance_kopecks >= $10'),
  values: [reminders.debtFrom],
})
