import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { LinkedAccount } from '../queries/accounts.ts'

/** The resident's linked accounts, as he calls them and as this messenger may carry them. */
export const linkedHere = async ({ resident, queries, policy }: Here<unknown>): Promise<LinkedAccount[]> =>
  resident ? queries.accounts.linked(resident.id, policy) : []

export const linkedOne = async (here: Here<unknown>, accountId: number): Promise<LinkedAccount | undefined> =>
  (await linkedHere(here)).find(({ id }) => id === accountId)

/** For a button. */
export const labelOf = ({ label }: LinkedAccount): Text => text('common.words', { words: label })

/** Which account a screen is about, for a resident who has several. */
export async function whose(here: Here<unknown>): Promise<Text[]> {
  if ((here.resident?.accounts.length ?? 0) < 2) return []
  const account = await linkedOne(here, here.accountId)
  return account ? [text('accounts.line', { address: account.line })] : []
}
