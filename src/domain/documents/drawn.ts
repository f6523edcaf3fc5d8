import type { ChargeKind } from '../charges/charges.ts'
import type { Language } from '../language.ts'
import type { LocalDate } from '../localDate.ts'
import type { Kopecks } from '../money.ts'
import type { Period } from '../period.ts'
import type { DrawnKind } from './kinds.ts'

/**
 * How much of the payer stands in a document. `nameless`: the account was linked by its address and number, which proves no name (domain rules, §9);
 * `masked`: the messenger may carry neither the name, nor the flat, nor the whole number.
 */
export const shownAs = ['full', 'nameless', 'masked'] as const
export type ShownAs = (typeof shownAs)[number]

/** A document that was drawn: what it is, of which months (of a certificate of debt none), of the billing's word of which day, until when it holds. */
export interface DrawnDocument {
  number: number
  kind: DrawnKind
  accountId: number
  months?: { from: Period; to: Period }
  shows: ShownAs
  language: Language
  asOf: LocalDate
  drawnOn: LocalDate
  validUntil: LocalDate
  /** Of the facts that it was drawn of. */
  digest: string
  figures: readonly Figure[]
}

/** What is owed of a kind at the end of what a document tells; less than none is an overpayment. */
export interface Figure {
  kind: ChargeKind
  kopecks: Kopecks
}
