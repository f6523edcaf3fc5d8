import type { Rules } from '../domain/rules.ts'
import { type ChatId, messengerOf } from '../engine/event.ts'
import { text, type Words } from '../engine/text.ts'
import type { Sql } from '../infra/database.ts'
import { type DialogStep, type Subject, staffLanguage } from './records.ts'
import { alarmAt } from './transitions/nextAt.ts'
import { post, staleCard, topicOf } from './writing.ts'

export interface Opening {
  id: string
  residentId: string
  chat: ChatId
  subject: Subject
  /** One of the resident's own, else it is left out. */
  accountId?: number | undefined
  /** Nobody is there: it is for the next opening. */
  morning: boolean
  /** The dialog's last ones before it. */
  steps: readonly DialogStep[]
  /** It is taken at once by whoever opens it: nobody is called to it. */
  quiet?: true
  now: Date
}

/**
 * A resident asks for a consultant: his hand-off waits in the queue and is told of in his topic.
 * False when he has one under way already: another chat of his has been faster.
 */
export async function openHandOff(
  sql: Sql,
  { id, residentId, chat, subject, accountId, morning, steps, quiet, now }: Opening,
  { rules, words }: { rules: Rules; words: Words },
): Promise<boolean> {
  const topicId = await topicOf(sql, residentId, now)
  const [opened] = await sql<{ number: number }>(
    'handOff.open',
    `INSERT INTO hand_off (id, resident_id, topic_id, chat, subject, account_id, state, morning, asked_at, queued_at, resident_at, next_at, steps)
     SELECT $1::uuid, $2::uuid, $3::int, $4::text, $5,
            (SELECT l.account_id FROM link l WHERE l.resident_id = $2::uuid AND l.account_id = $6::int AND l.removed_at IS NULL),
            'waiting', $7::boolean, $8::timestamptz, $8::timestamptz, $8::timestamptz, $9::timestamptz,
            $10::jsonb
     ON CONFLICT (resident_id) WHERE state <> 'closed' DO NOTHING RETURNING number`,
    [
      ...[id, residentId, topicId, chat, subject, accountId ?? null, morning, now],
      ...[morning ? null : alarmAt(now, rules), JSON.stringify(steps)],
    ],
  )
  if (!opened) return false
  const messenger = messengerOf(chat)
  const about = {
    number: opened.number,
    subject: text(`consultant.subject.${subject}`),
    messenger: text(`desk.resident.from.${messenger}`),
  }
  const label = words.plain(staffLanguage, text('desk.handle.button.take'))
  await post(sql, topicId, { kind: 'reopen' }, now)
  await post(sql, topicId, { kind: 'title' }, now)
  if (!quiet)
    await post(
      sql,
      topicId,
      {
        kind: 'say',
        text: text(morning ? 'desk.resident.askedForMorning' : 'desk.resident.asked', about),
        buttons: [[{ label, token: `take:${id}` }]],
        unlessCard: true,
      },
      now,
    )
  await staleCard(sql, topicId, now)
  return true
}
