import { showsPayer, showsSums } from '../domain/channelPolicy.ts'
import type { DrawnDocument } from '../domain/documents/drawn.ts'
import { type DocumentKind, namesPeople } from '../domain/documents/kinds.ts'
import type { RequestFile } from '../domain/requests/lines.ts'
import type { Here } from '../engine/dialog.ts'
import { type Choice, type Drawn, opens } from '../engine/saying.ts'
import { text } from '../engine/text.ts'

/** A document that was drawn, as a file. */
export const documentFile = ({ number, kind }: DrawnDocument): Drawn => ({
  id: `document:${number}`,
  as: 'document',
  drawn: { kind: 'document', number },
  name: text(`order.fileName.${kind}`, { number }),
  otherwise: [text('order.notDrawn')],
  denied: text('order.denied'),
})

/** A file that staff has made for an order. Never a picture among others: it is to be kept, and printed. */
export const orderFile = (order: string, { id, name }: RequestFile): Drawn => ({
  id: `orderFile:${order}:${id}`,
  as: 'document',
  drawn: { kind: 'orderFile', order, file: id },
  name: text('common.words', { words: name }),
  otherwise: [text('orders.notThere')],
  denied: text('order.denied'),
})

/** Where files are to be had that this messenger may not carry; of one that only may not carry names there is nowhere to point to. */
export const whereElse = ({ policy }: Pick<Here<unknown>, 'policy'>): Choice[] =>
  showsSums(policy) ? [] : [opens('charges.whereElse', 'withheld', 'documents')]

/** Why a document that staff makes is not sent here, if so. */
export type WhyNotHere = 'policy' | 'needsCode' | 'unlinked'

/**
 * Whether a document that staff makes of an account may be sent into this chat now: where names may be carried, while the account is the resident's, and of
 * people to nobody who showed its address only (domain rules, §9).
 */
export async function whyNotHere(
  kind: DocumentKind,
  accountId: number | undefined,
  { resident, policy, queries }: Here<unknown>,
): Promise<WhyNotHere | undefined> {
  if (!resident || accountId === undefined || !resident.accounts.some(({ id }) => id === accountId)) return 'unlinked'
  if (!showsPayer(policy)) return 'policy'
  const isProved = !namesPeople(kind) || (await queries.accounts.proof(resident.id, accountId)) === 'code'
  return isProved ? undefined : 'needsCode'
}
