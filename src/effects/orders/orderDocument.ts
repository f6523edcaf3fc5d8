import { showRequest } from '../../desk/requests/showRequest.ts'
import { showsPayer } from '../../domain/channelPolicy.ts'
import { type DocumentKind, type DocumentWay, namesPeople } from '../../domain/documents/kinds.ts'
import type { OrderDetails } from '../../domain/documents/order.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { Period } from '../../domain/period.ts'
import { messengerOf } from '../../engine/event.ts'
import { proofOf } from '../../queries/accounts.ts'
import { officeById } from '../../queries/offices.ts'
import { type EffectContext, residentOf } from '../context.ts'
import { lockLinked } from '../lockLinked.ts'
import { dueFrom } from '../requests/sendRequest.ts'

export interface OrderInput {
  accountId: number
  of: DocumentKind
  way: DocumentWay
  months?: { from: Period; to: Period } | undefined
  office?: string | undefined
}

/**
 * `ordered`: under this number, to be ready by that working day; `again`: the very same was ordered before and nobody has finished it. `withheld`: this
 * messenger may carry no document with names. `needsCode`: names are told only to whoever has proved the account by its code. `officeGone`: papers
 * are not handed out there. `notOffered`: the centre does not make it, or not in this way. `notLinked`: the account is the resident's no more.
 */
export type OrderedDocument =
  | { kind: 'ordered'; id: string; number: number; dueOn: LocalDate; again: boolean }
  | { kind: 'withheld' | 'needsCode' | 'officeGone' | 'notOffered' | 'notLinked' }

/** Orders a document of staff. */
export async function orderDocument(context: EffectContext, asked: OrderInput): Promise<OrderedDocument> {
  const { sql, chat, now, clock } = context
  const { accountId, of: kind, way, months, office } = asked
  const residentId = residentOf(context)
  // Whoever orders the same from another chat of the household waits here, and finds what was ordered.
  if (!(await lockLinked(sql, { residentId, accountId }))) return { kind: 'notLinked' }
  const refused = await whyNot(context, asked)
  if (refused) return { kind: refused }
  const details: OrderDetails = { way, ...(months && { months }), ...(office !== undefined && { office }) }
  const said = [residentId, accountId, kind, JSON.stringify(details)]
  const [known] = await sql<Ordered>(
    'order.known',
    `SELECT id, number, to_char(due_on, 'YYYY-MM-DD') AS "dueOn" FROM request
     WHERE resident_id = $1::uuid AND account_id = $2 AND kind = 'order' AND subject = $3 AND details = $4::jsonb
       AND state IN ('new', 'assigned', 'waiting')`,
    said,
  )
  if (known) return { kind: 'ordered', ...known, again: true }
  const [ordered] = await sql<Ordered>(
    'order.add',
    `INSERT INTO request (id, number, kind, subject, state, resident_id, account_id, chat, details, created_at, sent_at, changed_at, due_on)
     VALUES ($5::uuid, nextval('request_number'), 'order', $3, 'new', $1::uuid, $2, $6, $4::jsonb, $7, $7, $7, $8::date)
     RETURNING id, number, to_char(due_on, 'YYYY-MM-DD') AS "dueOn"`,
    [...said, clock.id(), chat, now, dueFrom(context, 'order', kind)],
  )
  if (!ordered) throw new Error('an order was not kept')
  await showRequest(sql, ordered.id, 'sent', undefined, now)
  return { kind: 'ordered', ...ordered, again: false }
}

interface Ordered {
  id: string
  number: number
  dueOn: LocalDate
}

async function whyNot(
  context: EffectContext,
  { accountId, of: kind, way, office }: OrderInput,
): Promise<Exclude<OrderedDocument['kind'], 'ordered' | 'notLinked'> | undefined> {
  const { sql, chat, rules } = context
  const { kinds, ways } = rules.documents
  if (!kinds.includes(kind) || !ways.includes(way)) return 'notOffered'
  if (way === 'chat' && !showsPayer(rules.channelPolicy[messengerOf(chat)])) return 'withheld'
  // In an office a passport is looked at.
  if (way !== 'office' && namesPeople(kind) && (await proofOf(sql, residentOf(context), accountId)) !== 'code')
    return 'needsCode'
  if (way !== 'office') return undefined
  const there = office === undefined ? undefined : await officeById(sql, office)
  return there?.topics.includes('certificates') ? undefined : 'officeGone'
}
