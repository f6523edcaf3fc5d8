import type { Subject } from '../../domain/deskSubjects.ts'
import type { LocalDate } from '../../domain/localDate.ts'
import type { QuestionTopic } from '../../domain/requests/questionTopics.ts'
import { answerDays } from '../../domain/requests/requestRules.ts'
import { afterWorkingDays } from '../../domain/requests/workingDays.ts'
import type { Rules } from '../../domain/rules.ts'
import { type Words as Locales, text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { Consultant } from '../consultants.ts'
import type { Words } from '../records.ts'
import { residentLanguage } from '../residentLanguage.ts'
import { closeHandOff } from '../transitions/closeHandOff.ts'
import { type HandOff, lockHandOff } from '../transitions/handOff.ts'
import { mayAct } from '../transitions/mayAct.ts'
import { type Refusal, refused } from '../transitions/outcome.ts'
import { addRequestLine, tellOfLine } from './move.ts'
import { todayIn } from './naming.ts'
import { type DeskRequest, isOpenRequest, requestColumns } from './request.ts'
import { showRequest } from './showRequest.ts'

interface Asked {
  handOff: string
  by: Consultant
  now: Date
  rules: Rules
  words: Locales
  newId(): string
}

type Making = Pick<Asked, 'now' | 'rules' | 'newId'> & { by?: Consultant }

/** `silent`: the resident has said nothing in it. */
export type FromTalk = { kind: 'done'; number: number; dueOn: LocalDate } | Refusal | { kind: 'silent' }

/**
 * «В обращение»: what a resident has said in a talk becomes a request of whoever has it, and the talk ends; the resident is told the number and the day. A talk that came of a
 * request that is still open goes back into that one: what was asked for by it has been said.
 */
export async function requestFromTalk(sql: Sql, asked: Asked): Promise<FromTalk> {
  const { by, now, rules, words } = asked
  const handOff = await lockHandOff(sql, asked.handOff)
  if (!handOff || handOff.residentId === null) return refused('gone')
  const refusal = mayAct(handOff, by)
  if (refusal) return refusal
  const said = await saidIn(sql, handOff.id)
  const before = await openOf(sql, handOff.id)
  if (said.length === 0 && !before) return { kind: 'silent' }
  const request = before ?? (await madeOf(sql, handOff, asked))
  for (const line of said) await addSaid(sql, request, handOff, line, asked)
  if (before) await goesOn(sql, before, { hasAnswered: said.length > 0, by, now })
  const language = await residentLanguage(sql, handOff.chat)
  const values = { number: request.number, due: request.dueOn ?? todayIn(now, rules) }
  // A day that has passed is promised to nobody.
  const how = !before ? 'fromTalk' : values.due < todayIn(now, rules) ? 'goesOnLate' : 'goesOn'
  const told = words.plain(language, text(`desk.request.${how}`, values))
  const body = { text: told, files: [] }
  const line = await addRequestLine(sql, { request: request.id, author: 'desk', body, now })
  await closeHandOff(sql, { handOff: handOff.id, by: 'consultant', who: by, now })
  await showRequest(sql, request.id, before ? 'added' : 'sent', undefined, now)
  await tellOfLine(sql, request, line, now)
  return { kind: 'done', number: request.number, dueOn: values.due }
}

/** What the resident was waited for is there, when he has said something: the request is again whose it was, else of whoever talked with him. */
async function goesOn(
  sql: Sql,
  { id }: DeskRequest,
  { hasAnswered, by, now }: { hasAnswered: boolean; by: Consultant; now: Date },
): Promise<void> {
  await sql('staffRequest.goesOn', 'UPDATE request SET changed_at = $2 WHERE id = $1::uuid', [id, now])
  if (!hasAnswered) return
  await sql(
    'staffRequest.hasAnswered',
    `UPDATE request SET state = 'assigned', assigned_to = coalesce(assigned_to, $2) WHERE id = $1::uuid AND state = 'waiting'`,
    [id, by.id],
  )
}

interface Said {
  body: Words
  chat: string | null
  message: string | null
  at: Date
}

/** The resident's words in order, as he corrected them last. */
export const saidIn = (sql: Sql, handOff: string): Promise<Said[]> =>
  sql<Said>(
    'staffRequest.said',
    `SELECT l.body || coalesce((SELECT jsonb_build_object('text', e.body -> 'text') FROM desk_line e
              WHERE e.hand_off_id = l.hand_off_id AND e.body ->> 'edits' = l.id::text ORDER BY e.id DESC LIMIT 1), '{}') AS body,
            l.chat, l.message, l.at
     FROM desk_line l
     WHERE l.hand_off_id = $1::uuid AND l.author = 'resident' AND l.body ->> 'kind' = 'words' AND NOT l.body ? 'edits' ORDER BY l.id`,
    [handOff],
  )

async function openOf(sql: Sql, handOff: string): Promise<DeskRequest | undefined> {
  const [found] = await sql<DeskRequest>(
    'staffRequest.ofTalk',
    `SELECT ${requestColumns} FROM request r WHERE r.hand_off_id = $1::uuid AND ${isOpenRequest} ORDER BY r.number DESC LIMIT 1
     FOR NO KEY UPDATE`,
    [handOff],
  )
  return found
}

/** A request of a talk: of whoever has it, or, made by the resident himself, nobody's yet. */
export async function madeOf(sql: Sql, handOff: HandOff, { by, now, rules, newId }: Making): Promise<DeskRequest> {
  const subject = topics[handOff.subject]
  const { days, calendar } = rules.requests
  const due = afterWorkingDays(todayIn(now, rules), answerDays(days, 'question', subject), calendar)
  const own = by?.id ?? null
  const holder = handOff.takenBy === null || handOff.takenBy.startsWith('vk:') ? own : handOff.takenBy
  const [made] = await sql<DeskRequest>(
    'staffRequest.make',
    `INSERT INTO request AS r (id, number, kind, subject, state, resident_id, account_id, chat, assigned_to, hand_off_id, created_at, sent_at, changed_at, due_on)
     SELECT $1::uuid, nextval('request_number'), 'question', $2, $7::"RequestState", h.resident_id, h.account_id, h.chat, $3, h.id, $4::timestamptz, $4::timestamptz,
            $4::timestamptz, $5::date FROM hand_off h WHERE h.id = $6::uuid
     RETURNING ${requestColumns}`,
    [newId(), subject, holder, now, due, handOff.id, holder === null ? 'new' : 'assigned'],
  )
  if (!made) throw new Error('a request was not made of a talk')
  return made
}

/** His files are fetched from his messenger as those of a request are. */
export async function addSaid(
  sql: Sql,
  { id }: DeskRequest,
  { residentId, chat }: HandOff,
  said: Said,
  { newId, now }: Pick<Making, 'newId' | 'now'>,
): Promise<void> {
  const { body, message, at } = said
  const from = said.chat ?? chat
  const files = body.files.map(({ kind, name, ref, size }) => ({
    id: newId(),
    kind,
    name,
    ref,
    ...(size !== undefined && { size }),
  }))
  await sql(
    'staffRequest.wantFiles',
    `INSERT INTO file (id, state, kind, name, chat, ref, resident_id, created_at, request_id)
     SELECT f.id, 'wanted', f.kind, f.name, $2, f.ref, $3::uuid, $4, $5::uuid
     FROM jsonb_to_recordset($1::jsonb) AS f (id uuid, kind text, name text, ref text)`,
    [JSON.stringify(files), from, residentId, now, id],
  )
  const place = body.location && `https://yandex.ru/maps/?pt=${body.location.longitude},${body.location.latitude}&z=17`
  await sql(
    'staffRequest.addSaid',
    `INSERT INTO request_line (request_id, author, body, message, at) VALUES ($1::uuid, 'resident', $2::jsonb, $3, $4)`,
    [
      id,
      JSON.stringify({
        text: [body.text.text, place ?? ''].filter((part) => part !== '').join('\n'),
        files: files.map(({ ref: _, ...file }) => file),
      }),
      message === null ? null : `${from} ${message}`,
      at,
    ],
  )
}

const topics: Record<Subject, QuestionTopic> = {
  ...{ charges: 'charges', readings: 'readings', payment: 'payment', account: 'owner' },
  ...{ documents: 'documents', office: 'office', cabinet: 'cabinet', other: 'other' },
}
