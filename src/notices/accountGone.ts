import type { Notice } from './addNotice.ts'

/** A link that has ended by no doing of its resident's. */
export interface EndedLink {
  link: string
  residentId: string
  accountId: number
}

/** That an account is no longer his: once for a link, whoever ends it. */
export const accountGone = ({ link, residentId, accountId }: EndedLink, dueAt: Date): Notice => ({
  ...{ id: `gone:${link}`, residentId, dialog: 'accountGone', about: String(accountId), dueAt },
})
