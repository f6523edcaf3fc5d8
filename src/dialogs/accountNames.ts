import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { LinkedAccount } from '../queries/accounts.ts'

/** The resident's linked accounts, as he calls them. */
export const linkedHere = async ({ resident, queries }: Here<unknown>): Promise<LinkedAccount[]> =>
  resident ? queries.accounts.linked(resident.id) : []

export const linkedOne = async (here: Here<unknown>, accountId: number): Promise<LinkedAccount | undefined> =>
  (await linkedHere(here)).find(({ id }) => id === accountId)

/** For a button. */
export const labelOf = ({ label }: LinkedAccount): Text => text('common.words', { words: label })
