import type { RequestKind } from '../domain/requests/states.ts'

/** The dialog that sees to requests of a kind; opened with `{ request: id }` it shows that one, else what is being prepared. */
export const dialogOfKind: Record<RequestKind, string> = {
  question: 'requests',
  papers: 'papers',
  account: 'papers',
  order: 'orders',
}
