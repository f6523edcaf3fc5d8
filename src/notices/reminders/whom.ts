import type { WaveKind } from '../../domain/reminders/kinds.ts'
import type { Rules } from '../../domain/rules.ts'
import { whoHasABill } from './bill.ts'
import { whoHasADebt } from './debt.ts'
import { whoHasToPay } from './due.ts'
import { whoHasNotRated } from './rating.ts'
import { whoHasNotSent } from './readings.ts'
import { whoHasAVerification } from './verification.ts'

/**
 * Whom a wave concerns: a condition on the resident `p.id` and the values of its parameters, which begin at `$10`. It may take in some whom it does not
 * concern any more when they are told: the dialog judges again.
 */
export interface Whom {
  where: string
  values: unknown[]
}

/** `of`: the month or the day that the wave is about. */
export type WhomOf = (of: string, rules: Rules) => Whom

const all: Record<WaveKind, WhomOf> = {
  readings: whoHasNotSent,
  bill: whoHasABill,
  due: whoHasToPay,
  debt: whoHasADebt,
  verification: whoHasAVerification,
  rating: whoHasNotRated,
}

/** `about` is `<kind>:<month or day>`, and more for some. */
export function whomOf(kind: WaveKind, about: string, rules: Rules): Whom {
  return all[kind](about.split(':')[1] ?? '', rules)
}
