import { showRequest } from '../../desk/requests/showRequest.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { RequestWords } from '../../domain/requests/lines.ts'
import type { RequestKind } from '../../domain/requests/states.ts'
import type { Json } from '../../engine/dialog.ts'
import type { EffectContext } from '../context.ts'
import { dueFrom } from './sendRequest.ts'
import { addLine } from './written.ts'

type Makes = Pick<EffectContext, 'sql' | 'chat' | 'now' | 'today' | 'rules' | 'clock'>

/** A request that is whole at once, without a draft: to be answered in this chat. */
export async function makeRequest(
  context: Makes,
  asked: {
    residentId: string
    accountId: number
    kind: RequestKind
    subject: string
    details: { [name: string]: Json }
    words: RequestWords
  },
): Promise<{ id: string; number: number; dueOn: LocalDate }> {
  const { sql, chat, now, clock } = context
  const { residentId, accountId, kind, subject, details, words } = asked
  const dueOn = dueFrom(context, kind, subject)
  const [made] = await sql<{ id: string; number: number }>(
    'request.make',
    `INSERT INTO request (id, number, kind, subject, state, resident_id, account_id, chat, details, created_at, sent_at, changed_at, due_on)
     VALUES ($1, nextval('request_number'), $2, $3, 'new', $4, $5, $6, $7::jsonb, $8, $8, $8, $9::date) RETURNING id, number`,
    [clock.id(), kind, subject, residentId, accountId, chat, JSON.stringify(details), now, dueOn],
  )
  if (!made) throw new Error('a request was not made')
  await addLine(context, { request: made.id, words })
  await showRequest(sql, made.id, 'sent', undefined, now)
  return { ...made, dueOn }
}
