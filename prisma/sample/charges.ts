import { type ChargeKind, type Charges, chargedFor, closingOf } from '../../src/domain/charges/charges.ts'
import { isLocalDate, type LocalDate } from '../../src/domain/localDate.ts'
import { type Kopecks, roundedRatio } from '../../src/domain/money.ts'
import { isPeriod, type Period } from '../../src/domain/period.ts'
import { dayText, type Month, periodText } from './calendar.ts'
import { linesOf } from './lines.ts'
import { type Chance, chance } from './random.ts'
import type { SampleAccount } from './town.ts'

export interface SamplePayment {
  id: string
  paidAt: string
  postedAt: string
  kopecks: Kopecks
  channel: string
  period: string
}

/** How a flat pays: its bill by the day it is due, every third month only, hardly ever, or more than it owes. */
export const habits = ['inTime', 'late', 'behind', 'ahead'] as const
export type Habit = (typeof habits)[number]

export interface SampleLedger {
  charges: Charges[]
  payments: SamplePayment[]
}

/** Flats worth trying have a year and two months of charges, so that any of the last two months has its year before; others the last three. */
const longest = 14
const shortest = 3

/** Charges and payments of an account up to the month before `now`; of a closed one up to its last month. */
export function ledger(account: SampleAccount, now: Month): SampleLedger {
  const by = chance(Number(account.number.slice(2)))
  const to = account.open ? now - 1 : now - 6
  const first = now - (account.note === '' ? shortest : longest)
  const all: SampleLedger = { charges: [], payments: [] }
  let balances: Record<ChargeKind, Kopecks> = {
    MAIN: by.between(150_000, 600_000),
    CAPREM: by.between(30_000, 120_000),
  }
  for (let month = first; month <= to; month++) {
    const { main, capital } = linesOf(account, month, by)
    balances = { MAIN: settle('MAIN', month, main), CAPREM: settle('CAPREM', month, capital) }
  }
  return all

  function settle(kind: ChargeKind, month: Month, rows: Charges['rows']): Kopecks {
    if (rows.length === 0) return 0
    const opening = balances[kind]
    const paid = pays(account.habit, opening, to - month)
    const debt = opening - paid
    // A month at 9.5 % a year, a three-hundredth a day (domain.md, section 3).
    const penalty = debt > 0 && month > first ? roundedRatio(BigInt(debt) * 950n * 30n, 3_000_000n) : 0
    const open = { rows, opening, paid, penalty }
    all.payments.push(...paymentsOf(account, kind, month, paid, by))
    all.charges.push({
      ...{ ...open, period: period(month), kind, closing: closingOf(open), dueDate: dueDate(month), mismatches: [] },
    })
    return closingOf(open)
  }
}

/** What the account owes when its last month is closed: plus is a debt. */
export function balanceOf({ charges }: SampleLedger): Kopecks {
  const last = charges.at(-1)?.period
  return charges.filter(({ period }) => period === last).reduce((sum, { closing }) => sum + closing, 0)
}

/** Σ of what was charged: what the control file of charges states. */
export const chargedIn = (ledgers: readonly SampleLedger[]): Kopecks =>
  ledgers.flatMap(({ charges }) => charges).reduce((sum, each) => sum + chargedFor(each), 0)

function pays(habit: Habit, opening: Kopecks, monthsLeft: number): Kopecks {
  if (opening <= 0) return 0
  switch (habit) {
    case 'inTime':
      return opening
    case 'late':
      return monthsLeft % 3 === 2 ? opening : 0
    case 'behind':
      return monthsLeft % 5 === 4 ? roundedRatio(BigInt(opening), 200_000n) * 100_000 : 0
    case 'ahead':
      return monthsLeft === 0 ? Math.ceil((opening * 4) / 100_000) * 100_000 : Math.ceil(opening / 50_000) * 50_000
  }
}

/** A month's payment; now and then it came twice and once was sent back. */
function paymentsOf(
  account: SampleAccount,
  kind: ChargeKind,
  month: Month,
  paid: Kopecks,
  by: Chance,
): SamplePayment[] {
  const day = by.between(3, 14)
  const channel = by.pick(['FRISBI', 'BANK', 'POST', 'ONLINE', 'ONLINE'])
  const twice = by.oneIn(40)
  if (paid === 0) return []
  const one = (ordinal: number, later: number, kopecks: Kopecks): SamplePayment => ({
    id: `${account.number}-${kind === 'MAIN' ? 'M' : 'K'}${periodText(month).slice(2).replace('-', '')}-${ordinal}`,
    ...{ paidAt: dayText(month, day + later), postedAt: dayText(month, day + later + 2), kopecks, channel },
    period: periodText(month - 1),
  })
  return twice ? [one(1, 0, paid), one(2, 0, paid), one(3, 5, -paid)] : [one(1, 0, paid)]
}

/** By the 10th of the next month up to January 2026, by the 15th after it (domain.md, section 0). */
function dueDate(month: Month): LocalDate {
  const text = dayText(month + 1, periodText(month) <= '2026-01' ? 10 : 15)
  if (!isLocalDate(text)) throw new RangeError(text)
  return text
}

function period(month: Month): Period {
  const text = periodText(month)
  if (!isPeriod(text)) throw new RangeError(text)
  return text
}
