import type { LocalDate } from '../../domain/localDate.ts'
import { messengerOf } from '../../engine/event.ts'
import { type Text, text, type Words } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { staffLanguage } from '../records.ts'
import { dueText, isText, nameText } from './naming.ts'
import { type DeskRequest, isOpenRequest, requestColumns } from './request.ts'

export type HeldRequest = DeskRequest & { holder: string | null }

/** What is open of a topic's requests, the most urgent first. */
export const openInTopic = (sql: Sql, topicId: number): Promise<HeldRequest[]> =>
  sql<HeldRequest>(
    'staffRequest.inTopic',
    `SELECT ${requestColumns}, c.name AS holder FROM request r LEFT JOIN consultant c ON c.id = r.assigned_to
     WHERE r.topic_id = $1 AND ${isOpenRequest} ORDER BY r.due_on, r.number`,
    [topicId],
  )

/** «№ 1042 · Начисления · ответить до 12 декабря · Ирина». */
export function requestLineText(request: HeldRequest, today: LocalDate): Text {
  const { state, holder, assignedTo } = request
  return text(state === 'waiting' ? 'desk.request.lineOfWaiting' : 'desk.request.lineOf', {
    title: nameText(request),
    due: dueText(request, today) ?? isText(state),
    who: assignedTo === null ? text('desk.request.nobody') : (holder ?? text('desk.card.taker.unknown')),
  })
}

/** What a topic is called in which nobody talks: whose turn it is with the most urgent request, else (`evenOver`) what became of the last one. */
export async function requestTitle(
  sql: Sql,
  topicId: number,
  words: Words,
  evenOver: boolean,
): Promise<string | undefined> {
  const [urgent] = await openInTopic(sql, topicId)
  const request = urgent ?? (evenOver ? await lastInTopic(sql, topicId) : undefined)
  if (!request) return undefined
  const { chat, state, holder } = request
  const who = state === 'assigned' && holder !== null ? text('common.words', { words: holder }) : isText(state)
  const title = words.plain(
    staffLanguage,
    text('desk.request.title', {
      who,
      title: nameText(request),
      messenger: text(`desk.card.messenger.${messengerOf(chat)}`),
    }),
  )
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
}

/** Telegram takes no longer ones. */
const longestTitle = 128

async function lastInTopic(sql: Sql, topicId: number): Promise<HeldRequest | undefined> {
  const [last] = await sql<HeldRequest>(
    'staffRequest.lastInTopic',
    `SELECT ${requestColumns}, NULL AS holder FROM request r
     WHERE r.topic_id = $1 AND r.state <> 'draft' ORDER BY r.changed_at DESC, r.number DESC LIMIT 1`,
    [topicId],
  )
  return last
}
