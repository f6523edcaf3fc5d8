import type { LocalDate } from '../localDate.ts'
import type { Kopecks } from '../money.ts'
import { addPeriods, periodOf } from '../period.ts'
import type { Charges } from './charges.ts'

/** What the account owes by the billing's last word: plus is a debt. `at`: the day it was so. */
export interface Balance {
  kopecks: Kopecks
  at?: LocalDate
}

/**
 * What a balance means to its payer. `until`: the day by which it is to be paid, when the billing has told one; `isOver`: that day has passed.
 * `earlier`: whether some of it is left from months before the last one; not said where the figures do not tell. `sum`: what is owed of all kinds
 * that owe, where the figures tell it: what is overpaid in one does not pay for another.
 */
export type Standing =
  | { kind: 'unknown' | 'settled' | 'overpaid' }
  | { kind: 'owes'; sum: Kopecks; until?: LocalDate; isOver: boolean; earlier?: boolean }

/** `last`: the charges of the last month that has any, of all kinds. Nothing is computed: the billing's figures are only compared. */
export function standingOf(balance: Balance | undefined, last: readonly Charges[], today: LocalDate): Standing {
  if (!balance) return { kind: 'unknown' }
  const owing = isSumOf(balance, last) ? last.filter(({ closing }) => closing > 0) : undefined
  const sum = owing?.reduce((all, { closing }) => all + closing, 0) ?? balance.kopecks
  if (sum <= 0) return { kind: balance.kopecks < 0 ? 'overpaid' : 'settled' }
  const until = dueDate(balance, last)
  return {
    ...{ kind: 'owes', sum },
    isOver: until !== undefined && until < today,
    ...(until !== undefined && { until }),
    ...(owing && { earlier: owing.some(({ opening, paid }) => opening - paid > 0) }),
  }
}

/** Whether nothing has come or gone since the last month was closed, and its figures add up: then they say what the balance is made of. */
export function isSumOf({ kopecks }: Balance, last: readonly Charges[]): boolean {
  if (last.length === 0 || last.some(({ mismatches }) => mismatches.includes('CLOSING'))) return false
  return last.reduce((sum, { closing }) => sum + closing, 0) === kopecks
}

/** The earliest of what has to be paid; none when the balance is of a month whose charges have not come yet. */
function dueDate({ at }: Balance, last: readonly Charges[]): LocalDate | undefined {
  const [month] = last
  if (month && at !== undefined && periodOf(at) > addPeriods(month.period, 1)) return undefined
  return last.flatMap(({ closing, dueDate }) => (closing > 0 && dueDate ? [dueDate] : [])).toSorted()[0]
}
