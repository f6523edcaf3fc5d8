/** What a hand-off to consultants is about; the residents' words for these are `consultant.subject.*`. */
export const subjects = [
  'charges',
  'readings',
  'payment',
  'account',
  'documents',
  'office',
  'cabinet',
  'other',
] as const

export type Subject = (typeof subjects)[number]
