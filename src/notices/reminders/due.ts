import { isLocalDate } from '../../domain/localDate.ts'
import { addPeriods, periodOf } from '../../domain/period.ts'
import { hasAccountWhere } from './ownAccounts.ts'
import type { WhomOf } from './whom.ts'

/** Residents of accounts that owe something which is to be paid by the day; the bill is of one of the months before it. */
export const whoHasToPay: WhomOf = (day) => ({
  where: hasAccountWhere(
    'JOIN charge_month m ON m.account_id = a.id',
    'm.due_date = $10::date AND m.period >= $11 AND m.closing_kopecks > 0 AND a.balance_kopecks > 0',
  ),
  values: [day, isLocalDate(day) ? addPeriods(periodOf(day), -3) : ''],
})
