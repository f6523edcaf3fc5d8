import type { ChatId, GeoPoint, InboundFile } from '../engine/event.ts'
import type { Sql } from '../infra/database.ts'
import { addLine, post } from './writing.ts'

/**
 * One message of a resident to consultants. `message` is its id in his chat, `repliesTo` that of the message it answers; pieces of an `album`
 * come one by one. `edits`: it is the message of that id said anew.
 */
export interface Sent {
  message?: string | undefined
  text?: string | undefined
  files?: InboundFile[] | undefined
  location?: GeoPoint | undefined
  repliesTo?: string | undefined
  album?: string | undefined
  edits?: true | undefined
}

/**
 * Keeps what a resident has said and has it shown in his topic. `unknown`: an edit of what was never said to consultants. `more`: a further
 * piece of an album.
 */
export async function keepSent(
  sql: Sql,
  handOff: { id: string; topicId: number },
  chat: ChatId,
  sent: Sent,
  now: Date,
): Promise<'kept' | 'more' | 'unknown'> {
  const edited = sent.edits && (await ownLine(sql, handOff.id, chat, sent.message))
  if (sent.edits && edited === undefined) return 'unknown'
  const isMore = sent.album !== undefined && (await hasAlbum(sql, handOff.id, sent.album))
  const line = await addLine(
    sql,
    {
      handOffId: handOff.id,
      author: 'resident',
      body: {
        kind: 'words',
        text: { text: sent.text ?? '', spans: [] },
        files: sent.files ?? [],
        ...(sent.location && { location: sent.location }),
        ...(sent.album !== undefined && { album: sent.album }),
        ...(sent.repliesTo !== undefined && { repliesTo: sent.repliesTo }),
        ...(edited !== undefined && { edits: edited }),
      },
      chat,
      message: sent.message,
    },
    now,
  )
  await post(sql, handOff.topicId, { kind: 'line' }, now, line)
  return isMore ? 'more' : 'kept'
}

/** What the resident said first in the message that he has changed. */
async function ownLine(sql: Sql, handOffId: string, chat: ChatId, message: string | undefined) {
  const [line] = await sql<{ id: string }>(
    'line.own',
    `SELECT id::text FROM desk_line WHERE hand_off_id = $1::uuid AND author = 'resident' AND chat = $2 AND message = $3 ORDER BY id LIMIT 1`,
    [handOffId, chat, message ?? null],
  )
  return line?.id
}

async function hasAlbum(sql: Sql, handOffId: string, album: string): Promise<boolean> {
  const found = await sql(
    'line.album',
    `SELECT 1 FROM desk_line WHERE hand_off_id = $1::uuid AND author = 'resident' AND body ->> 'album' = $2 LIMIT 1`,
    [handOffId, album],
  )
  return found.length > 0
}
