import { isNamed } from '../domain/accountName.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { LinkedAccount } from '../queries/accounts.ts'

/** The resident's linked accounts, as he calls them and as this messenger may carry them. */
export const linkedHere = async ({ resident, queries, policy }: Here<unknown>): Promise<LinkedAccount[]> =>
  resident ? queries.accounts.linked(resident.id, policy) : []

export const linkedOne = async (here: Here<unknown>, accountId: number): Promise<LinkedAccount | undefined> =>
  (await linkedHere(here)).find(({ id }) => id === accountId)

/** The account that is called so: by its name, by the label of its button, or by its address. */
export const calledSo = (typed: string, accounts: readonly LinkedAccount[]): LinkedAccount | undefined =>
  accounts.find(({ name, label, address, heard }) =>
    [name ?? label, label, address, ...heard].some((one) => isNamed(typed, one)),
  )

/** For a button. */
export const labelOf = ({ label }: LinkedAccount): Text => text('common.words', { words: label })
