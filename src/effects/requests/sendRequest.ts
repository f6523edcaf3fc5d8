import { showRequest } from '../../desk/requests/showRequest.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import { matterOf, needsAccount, needsCode } from '../../domain/papers/matters.ts'
import { answerDays } from '../../domain/requests/requestRules.ts'
import type { RequestKind } from '../../domain/requests/states.ts'
import { afterWorkingDays } from '../../domain/requests/workingDays.ts'
import type { EffectContext } from '../context.ts'
import { type LockedRequest, lockRequest } from './lockRequest.ts'

/**
 * `sent`, also when it was before: under this number, to be answered by that working day. `empty`: there is nothing in it (no file, where papers are
 * handed in). `notLinked`: its account is not the resident's any more, or closed. `notProven`: the account has to be linked by its code for this.
 * `gone`: there is no such draft of his.
 */
export type SentRequest =
  | { kind: 'sent'; id: string; number: number; dueOn: LocalDate }
  | { kind: 'empty' | 'notLinked' | 'notProven' | 'gone' }

/** Hands what a resident has prepared to staff. A second time it answers the same. */
export async function sendRequest(context: EffectContext, { draft: id }: { draft: string }): Promise<SentRequest> {
  const { sql, chat, now } = context
  const draft = await lockRequest(context, id)
  if (!draft) return { kind: 'gone' }
  const { state, number, dueOn } = draft
  if (state !== 'draft' && number !== null && dueOn !== null) return { kind: 'sent', id, number, dueOn }
  const problem = await problemOf(context, draft)
  if (problem) return { kind: problem }
  const due = dueFrom(context, draft.kind, draft.subject)
  const [sent] = await sql<{ number: number }>(
    'request.send',
    `UPDATE request SET state = 'new', number = nextval('request_number'), due_on = $2::date, chat = $3, sent_at = $4, changed_at = $4
     WHERE id = $1::uuid RETURNING number`,
    [id, due, chat, now],
  )
  if (!sent) throw new Error('a draft that is held cannot be sent')
  await showRequest(sql, id, 'sent', undefined, now)
  return { kind: 'sent', id, number: sent.number, dueOn: due }
}

/** By which working day a request of a kind is to be answered that comes today. */
export const dueFrom = (
  { today, rules }: Pick<EffectContext, 'today' | 'rules'>,
  kind: RequestKind,
  subject: string | null,
): LocalDate => {
  const { days, calendar } = rules.requests
  return afterWorkingDays(today, answerDays(days, kind, subject ?? undefined), calendar)
}

async function problemOf(
  context: EffectContext,
  { id, kind, subject, details, accountId, isLinked, proof }: LockedRequest,
): Promise<'empty' | 'notLinked' | 'notProven' | undefined> {
  const isOfPapers = kind === 'papers' || kind === 'account'
  const hasWords = !isOfPapers && (Object.keys(details).length > 0 || (await hasSomething(context, id)))
  if (!hasWords && !(isOfPapers && (await hasFiles(context, id)))) return 'empty'
  const matter = kind === 'papers' ? matterOf(subject ?? undefined) : undefined
  if (accountId === null ? matter && needsAccount(matter) : !isLinked) return 'notLinked'
  return matter && needsCode(matter) && proof !== 'code' ? 'notProven' : undefined
}

async function hasFiles({ sql }: EffectContext, id: string): Promise<boolean> {
  const files = await sql(
    'request.someFile',
    `SELECT 1 FROM file WHERE request_id = $1::uuid AND state <> 'refused' LIMIT 1`,
    [id],
  )
  return files.length > 0
}

async function hasSomething({ sql }: EffectContext, id: string): Promise<boolean> {
  const lines = await sql('request.something', 'SELECT 1 FROM request_line WHERE request_id = $1::uuid LIMIT 1', [id])
  return lines.length > 0
}
