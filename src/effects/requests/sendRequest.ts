import { showRequest } from '../../desk/requests/showRequest.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import { answerDays } from '../../domain/requests/requestRules.ts'
import type { RequestKind } from '../../domain/requests/states.ts'
import { afterWorkingDays } from '../../domain/requests/workingDays.ts'
import type { EffectContext } from '../context.ts'
import { lockRequest } from './lockRequest.ts'

/**
 * `sent`, also when it was before: under this number, to be answered by that working day. `empty`: there is nothing in it. `notLinked`: its account
 * is not the resident's any more, or closed. `gone`: there is no such draft of his.
 */
export type SentRequest =
  | { kind: 'sent'; id: string; number: number; dueOn: LocalDate }
  | { kind: 'empty' | 'notLinked' | 'gone' }

/** Hands what a resident has prepared to staff. A second time it answers the same. */
export async function sendRequest(context: EffectContext, { draft: id }: { draft: string }): Promise<SentRequest> {
  const { sql, chat, now } = context
  const draft = await lockRequest(context, id)
  if (!draft) return { kind: 'gone' }
  const { state, number, dueOn } = draft
  if (state !== 'draft' && number !== null && dueOn !== null) return { kind: 'sent', id, number, dueOn }
  if (!(await hasSomething(context, id)) && Object.keys(draft.details).length === 0) return { kind: 'empty' }
  if (draft.accountId !== null && !draft.isLinked) return { kind: 'notLinked' }
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
export const dueFrom = ({ today, rules }: EffectContext, kind: RequestKind, subject: string | null): LocalDate => {
  const { days, calendar } = rules.requests
  return afterWorkingDays(today, answerDays(days, kind, subject ?? undefined), calendar)
}

async function hasSomething({ sql }: EffectContext, id: string): Promise<boolean> {
  const lines = await sql('request.something', 'SELECT 1 FROM request_line WHERE request_id = $1::uuid LIMIT 1', [id])
  return lines.length > 0
}
