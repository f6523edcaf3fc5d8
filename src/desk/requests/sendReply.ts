import type { RequestFile } from '../../domain/requests/lines.ts'
import { type Text, text } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { consultantBy } from '../consultants.ts'
import { post } from '../writing.ts'
import { addRequestLine, moveRequest } from './move.ts'
import { refusalText } from './refusal.ts'
import { lockReply, type Reply, requestOfReply, settleReply } from './replyRows.ts'
import { lockRequest } from './request.ts'
import { showRequest } from './showRequest.ts'

export interface Sending {
  id: string
  /** Its files, fetched and kept. */
  stored: RequestFile[]
  /** Why a file cannot be sent: then nothing is. */
  failure?: Text
  now: Date
}

/**
 * Sends what a consultant has written in answer to a request, once: judged again, for somebody may have been faster. All of it goes, or nothing: an answer
 * without its file is none. He is told which, under his words; that it reached the resident nowhere is told by the move.
 */
export async function sendReply(sql: Sql, { id, stored, failure, now }: Sending): Promise<void> {
  const request = await requestOfReply(sql, id)
  // The request before its reply, always.
  const before = request === undefined ? undefined : await lockRequest(sql, request)
  const reply = await lockReply(sql, id)
  if (!before || reply?.state !== 'pending' || reply.wants === null) return
  const { wants, text: said, by } = reply
  // A further piece of its album has come meanwhile.
  if (!failure && stored.length !== reply.files.length) return
  if (before.residentId === null) return settleReply(sql, id, 'stopped')
  if (failure) return stopped(sql, reply, failure, now)
  const who = await consultantBy(sql, by)
  if (!who) return stopped(sql, reply, text('desk.request.reply.noConsultant'), now)
  const words = { text: said, files: stored }
  const moved = await moveRequest(sql, {
    request: before.id,
    by: who,
    to: wants,
    words,
    staffMessage: reply.message,
    now,
  })
  if (moved.kind === 'refused') return stopped(sql, reply, await refusalText(sql, moved.refusal), now)
  await settleReply(sql, id, 'sent')
  if (!moved.isReached) return
  const sent = text(`desk.request.sent.${wants}`, { number: before.number })
  const files = text('desk.request.reply.withFiles', { count: stored.length })
  await say(sql, reply, stored.length > 0 ? text('common.lines', { lines: [sent, files] }) : sent, now)
}

async function stopped(sql: Sql, reply: Reply, why: Text, now: Date): Promise<void> {
  await keepAsNote(sql, reply, now)
  await say(sql, reply, text('desk.request.reply.stopped', { why }), now)
}

/** Nothing of a reply goes to the resident; what was written stays for staff. */
export async function keepAsNote(sql: Sql, reply: Reply, now: Date): Promise<void> {
  await settleReply(sql, reply.id, 'stopped')
  const said = [reply.text, ...reply.files.map(({ name }) => name)].filter((part) => part !== '').join('\n')
  await addRequestLine(sql, {
    ...{ request: reply.request, author: 'note', by: reply.by, staffMessage: reply.message, now },
    body: { text: said, files: [] },
  })
  await showRequest(sql, reply.request, 'changed', undefined, now)
}

async function say(sql: Sql, { topicId, message, request }: Reply, said: Text, now: Date): Promise<void> {
  if (topicId === null) return
  await post(sql, topicId, { kind: 'say', text: said, repliesTo: message, about: { request } }, now)
}
