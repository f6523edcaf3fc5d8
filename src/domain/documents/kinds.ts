/**
 * What a resident may ask for (domain rules, §7): a copy of a receipt, charges and payments in detail (детализация), a statement (выписка по лицевому
 * счёту), a certificate of debt or of none (справка о задолженности), a reconciliation (акт сверки), a copy of the account's card (копия
 * финансово-лицевого счёта), a certificate of who is registered (справка о зарегистрированных).
 */
export const documentKinds = [
  ...(['receipt', 'details', 'statement', 'debt', 'reconciliation'] as const),
  ...(['accountCopy', 'registered'] as const),
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** Those that are drawn at once of what the billing has told. */
export const drawnKinds = ['details', 'statement', 'debt', 'reconciliation'] as const
export type DrawnKind = (typeof drawnKinds)[number]

export const isDrawnKind = (kind: DocumentKind): kind is DrawnKind => drawnKinds.some((one) => one === kind)

/** Those that are of some months; the others are of the day they are made on. */
export const isOfMonths = (kind: DocumentKind): boolean =>
  kind === 'details' || kind === 'statement' || kind === 'reconciliation'

/** Those that are nothing without people's names: whoever showed only address and number is given none of them here. */
export const namesPeople = (kind: DocumentKind): boolean => kind === 'accountCopy' || kind === 'registered'

/** How a document is received: as a file in the chat, on paper in an office, on paper by post to the account's address. */
export const documentWays = ['chat', 'office', 'post'] as const
export type DocumentWay = (typeof documentWays)[number]

/**
 * What the centre decides of documents: those it makes, the ways it hands them over, and for how long what was drawn holds. In how many working days
 * staff makes one is known as of other requests (`RequestRules`).
 */
export interface DocumentRules {
  /** Who issues them, as it is to stand at their head. */
  issuer: string
  kinds: readonly DocumentKind[]
  ways: readonly DocumentWay[]
  /** How many days after the day it was drawn on a document holds. */
  validDays: number
  /** Of figures that are more days old no debt is certified. */
  freshDays: number
}
