import { showsPayer, showsSums } from '../../domain/channelPolicy.ts'
import { debtOf } from '../../domain/documents/debt.ts'
import type { Figure, ShownAs } from '../../domain/documents/drawn.ts'
import { type DocumentFacts, type Judged, judged } from '../../domain/documents/judge.ts'
import type { DrawnKind } from '../../domain/documents/kinds.ts'
import { ledgersOf } from '../../domain/documents/ledger.ts'
import type { Language } from '../../domain/language.ts'
import { addDays } from '../../domain/localDate.ts'
import type { Period } from '../../domain/period.ts'
import { messengerOf } from '../../engine/event.ts'
import { proofOf } from '../../queries/accounts.ts'
import { documentFacts } from '../../queries/documentFacts.ts'
import { type EffectContext, residentOf } from '../context.ts'
import { lockLinked } from '../lockLinked.ts'

/**
 * `issued`: under this number, which it has for the whole day as long as the billing says nothing else. `undrawn`: it cannot be drawn, staff has to see to
 * it. `withheld`: this messenger may carry no sums. `notLinked`: the account is the resident's no more. `notOffered`: the centre makes none of these.
 */
export type IssuedDocument =
  | { kind: 'issued'; number: number }
  | { kind: 'undrawn'; why: (Judged & { ok: false })['why'] }
  | { kind: 'withheld' | 'notLinked' | 'notOffered' }

/** Gives a number to a document of what the billing tells now. What is drawn under it later is that, or nothing. */
export async function issueDocument(
  context: EffectContext,
  {
    accountId,
    of: kind,
    months,
    language,
  }: { accountId: number; of: DrawnKind; months?: { from: Period; to: Period } | undefined; language: Language },
): Promise<IssuedDocument> {
  const { sql, chat, now, today, rules } = context
  const residentId = residentOf(context)
  const policy = rules.channelPolicy[messengerOf(chat)]
  if (!showsSums(policy)) return { kind: 'withheld' }
  if (!rules.documents.kinds.includes(kind)) return { kind: 'notOffered' }
  if (!(await lockLinked(sql, { residentId, accountId }))) return { kind: 'notLinked' }
  const facts = await documentFacts(sql, accountId, { kind, months }, today)
  const judgement = judged(kind, facts, today, rules.documents.freshDays)
  if (!judgement.ok) return { kind: 'undrawn', why: judgement.why }
  const proof = await proofOf(sql, residentId, accountId)
  const shows: ShownAs = !showsPayer(policy) ? 'masked' : proof === 'code' ? 'full' : 'nameless'
  const figures = figuresOf(kind, facts, context)
  const [issued] = await sql<{ number: number }>('document.issue', statement, [
    ...[kind, residentId, accountId, months?.from ?? '', months?.to ?? '', shows, language, judgement.asOf, today],
    ...[addDays(today, rules.documents.validDays), facts.digest, JSON.stringify(figures), now],
  ])
  if (!issued) throw new Error('a document was neither there nor made')
  return { kind: 'issued', number: issued.number }
}

const statement = `
INSERT INTO drawn_document AS d (kind, resident_id, account_id, from_period, to_period, shows, language, as_of, drawn_on, valid_until, digest,
                                 figures, drawn_at)
VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8::date, $9::date, $10::date, $11, $12::jsonb, $13)
ON CONFLICT (resident_id, account_id, kind, from_period, to_period, shows, language, drawn_on, digest) DO UPDATE SET drawn_at = d.drawn_at
RETURNING number`

/** What is owed of each kind at the end of what it tells. */
function figuresOf(kind: DrawnKind, facts: DocumentFacts, { today, rules }: EffectContext): Figure[] {
  if (kind !== 'debt') return ledgersOf(facts.months).map(({ kind: of, closing }) => ({ kind: of, kopecks: closing }))
  const debt = debtOf(facts, today, rules.documents.freshDays)
  return debt.ok ? debt.kinds : []
}
