import type { Said } from '../engine/dialog.ts'

/** The six instructions of the centre, in the order in which they are looked for. */
export const instructions = ['readings', 'documents', 'appointment', 'account', 'specialists', 'openAccount'] as const

/** What is asked about accounts and the web cabinet. */
export const cabinetQuestions = [
  ...(['dataHidden', 'secondAccount', 'closedAccounts', 'linking'] as const),
  ...(['accountNumber', 'login', 'oldCabinet', 'whyNew'] as const),
] as const

/** What is asked about paying, and all the rest. */
export const paymentQuestions = ['payOnline', 'frisbi'] as const
export const otherQuestions = ['pages', 'data'] as const

/** Whatever help has a short screen about. A public format: free words and saved places name them. */
export const subjects = [...instructions, ...cabinetQuestions, ...paymentQuestions, ...otherQuestions] as const
export type Subject = (typeof subjects)[number]

/** The subject that was chosen, on whatever screen of help, or found there by its words. */
export const chosenSubject = (said: Said): Subject | undefined =>
  said.kind === 'choice' ? subjects.find((one) => one === said.value) : undefined
