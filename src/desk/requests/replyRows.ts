import type { InboundFile } from '../../engine/event.ts'
import type { Sql } from '../../infra/database.ts'
import type { RequestWish } from '../records.ts'

export type ReplyState = 'pending' | 'asked' | 'sent' | 'stopped'

/** What a consultant has written in answer to a request, on its way to become a line of it. `files` are at the forum's messenger. */
export interface Reply {
  id: string
  request: string
  by: string
  state: ReplyState
  wants: Exclude<RequestWish, 'promise'> | null
  text: string
  files: InboundFile[]
  album: string | null
  message: string
  topicId: number | null
  at: Date
}

const columns = `p.id::text, p.request_id AS request, p.by, p.state::text, p.wants, p.text, p.files, p.album, p.message,
  r.topic_id AS "topicId", p.at`

export async function addReply(sql: Sql, reply: Omit<Reply, 'id' | 'topicId'>): Promise<string> {
  const { request, by, state, wants, text, files, album, message, at } = reply
  const [added] = await sql<{ id: string }>(
    'reply.add',
    `INSERT INTO request_reply (request_id, by, state, wants, text, files, album, message, at)
     VALUES ($1::uuid, $2, $3::"RequestReplyState", $4, $5, $6::jsonb, $7, $8, $9) RETURNING id::text`,
    [request, by, state, wants, text, JSON.stringify(files), album, message, at],
  )
  if (!added) throw new Error('a reply was not kept')
  return added.id
}

/** Held until the transaction ends; its request is locked before it, always. */
export async function lockReply(sql: Sql, id: string): Promise<Reply | undefined> {
  const [found] = await sql<Reply>(
    'reply.lock',
    `SELECT ${columns} FROM request_reply p JOIN request r ON r.id = p.request_id WHERE p.id = $1::bigint FOR NO KEY UPDATE OF p`,
    [id],
  )
  return found
}

/** Whose request a reply is for. */
export async function requestOfReply(sql: Sql, id: string): Promise<string | undefined> {
  const [found] = await sql<{ request: string }>(
    'reply.request',
    'SELECT request_id AS request FROM request_reply WHERE id = $1::bigint',
    [id],
  )
  return found?.request
}

/** A piece of an album joins those that came before it, unless they have been sent or stopped; answers what became of these. */
export async function joinAlbum(
  sql: Sql,
  {
    topicId,
    by,
    album,
    text,
    files,
    now,
  }: { topicId: number; by: string; album: string; text: string; files: InboundFile[]; now: Date },
): Promise<{ request: string; state: ReplyState } | undefined> {
  const [joined] = await sql<{ request: string; state: ReplyState }>(
    'reply.join',
    `UPDATE request_reply p SET
       files = CASE WHEN p.state IN ('pending', 'asked') THEN p.files || $4::jsonb ELSE p.files END,
       text = CASE WHEN p.state IN ('pending', 'asked') THEN concat_ws(E'\\n', nullif(p.text, ''), nullif($5::text, '')) ELSE p.text END,
       at = $6
     FROM request r WHERE r.id = p.request_id AND r.topic_id = $1 AND p.by = $2 AND p.album = $3
     RETURNING p.request_id AS request, p.state::text`,
    [topicId, by, album, JSON.stringify(files), text, now],
  )
  return joined
}

export async function settleReply(sql: Sql, id: string, state: ReplyState, wants?: Reply['wants']): Promise<void> {
  await sql(
    'reply.settle',
    `UPDATE request_reply SET state = $2::"RequestReplyState", wants = coalesce($3, wants) WHERE id = $1::bigint`,
    [id, state, wants ?? null],
  )
}

/** Those on their way, the oldest first; of an album the last piece of which is older than that. */
export const pendingReplies = (sql: Sql, restedBefore: Date): Promise<Reply[]> =>
  sql<Reply>(
    'reply.pending',
    `SELECT ${columns} FROM request_reply p JOIN request r ON r.id = p.request_id
     WHERE p.state = 'pending' AND (p.album IS NULL OR p.at <= $1) ORDER BY p.id LIMIT 100`,
    [restedBefore],
  )
