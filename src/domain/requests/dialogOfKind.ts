import type { RequestKind } from './states.ts'

/**
 * The dialog that sees to requests of a kind, and tells what has become of them; opened with `{ request: id }` it shows that one, else what is being
 * prepared.
 */
export const dialogOfKind: Record<RequestKind, string> = {
  question: 'requests',
  papers: 'papers',
  account: 'papers',
  order: 'orders',
}
