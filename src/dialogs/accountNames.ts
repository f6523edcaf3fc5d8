import { isNamed } from '../domain/accountName.ts'
import { showsPayer } from '../domain/channelPolicy.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { LinkedAccount } from '../queries/accounts.ts'

/** The resident's linked accounts, as he calls them. */
export const linkedHere = async ({ resident, queries }: Here<unknown>): Promise<LinkedAccount[]> =>
  resident ? queries.accounts.linked(resident.id) : []

export const linkedOne = async (here: Here<unknown>, accountId: number): Promise<LinkedAccount | undefined> =>
  (await linkedHere(here)).find(({ id }) => id === accountId)

/** The account that is called so: by its name, by the label of its button, or by its address. */
export const calledSo = (typed: string, accounts: readonly LinkedAccount[]): LinkedAccount | undefined =>
  accounts.find(({ name, label, address }) => [name ?? label, label, address].some((one) => isNamed(typed, one)))

/** For a button. */
export const labelOf = ({ label }: LinkedAccount): Text => text('common.words', { words: label })

/** Which account sums are of, for a resident who has several: by its address where the messenger may carry one. */
export async function whoseSums(here: Here<unknown>): Promise<Text[]> {
  if ((here.resident?.accounts.length ?? 0) < 2) return []
  const account = await linkedOne(here, here.accountId)
  if (!account) return []
  const { line, name, number } = account
  return [text('accounts.line', { address: showsPayer(here.policy) ? line : (name ?? number) })]
}
