import { type NotTaken, withinLimits } from '../../domain/requests/fileLimits.ts'
import type { RequestFile, RequestWords } from '../../domain/requests/lines.ts'
import type { ChatId, InboundFile } from '../../engine/event.ts'
import type { EffectContext } from '../context.ts'
import { wantFiles } from '../wantFiles.ts'

/**
 * One message of a resident for a request. `message`: its id in his chat; pieces of an `album` come one by one; `edits`: the message said
 * anew. `paper`: what its files are. */
export interface Written {
  message?: string | undefined
  text?: string | undefined
  files?: InboundFile[] | undefined
  album?: string | undefined
  edits?: true | undefined
  paper?: string | undefined
}

export interface LeftFile {
  name: string
  why: NotTaken
}

/** How a message is known among the lines of a request, which may be written from several chats. */
export const messageIn = (chat: ChatId, message: string | undefined): string | null =>
  message === undefined ? null : `${chat} ${message}`

/** The words of a message and its files, as far as the request takes them beside those it has; `undefined` when nothing of it is left. */
export async function takeWritten(
  context: EffectContext,
  request: string,
  { text = '', files = [], album, paper }: Written,
  had: readonly RequestFile[],
): Promise<{ words: RequestWords | undefined; left: LeftFile[] }> {
  const { taken, left } = withinLimits(had, files, context.rules.requests.files)
  const ids = taken.length > 0 ? await wantFiles(context, taken, request) : []
  const kept = taken.map(({ kind, name, size }, nth): RequestFile => {
    const id = ids[nth]
    if (id === undefined) throw new Error('a file that is wanted has an id')
    return { id, kind, name: name.slice(0, 200), ...(size !== undefined && { size }), ...(paper && { paper }) }
  })
  const said = text.trim().slice(0, longestText)
  const isNothing = said === '' && kept.length === 0
  return {
    words: isNothing ? undefined : { text: said, files: kept, ...(album !== undefined && { album }) },
    left: left.map(({ file, why }) => ({ name: file.name.slice(0, 200), why })),
  }
}

/** As long as a message of Telegram's can be. */
const longestText = 4096

/** A line of the resident's. Answers its id. */
export async function addLine(
  { sql, chat, now }: Pick<EffectContext, 'sql' | 'chat' | 'now'>,
  line: { request: string; words: RequestWords; state?: string | undefined; message?: string | undefined },
): Promise<string> {
  const [added] = await sql<{ id: string }>(
    'request.addLine',
    `INSERT INTO request_line (request_id, author, state, body, message, at)
     VALUES ($1, 'resident', $2::"RequestState", $3::jsonb, $4, $5) RETURNING id::text`,
    [line.request, line.state ?? null, JSON.stringify(line.words), messageIn(chat, line.message), now],
  )
  if (!added) throw new Error('a line of a request was not kept')
  return added.id
}

/** The files of a request's lines, in order; those a consultant has sent are not the resident's. */
export async function filesOf({ sql }: EffectContext, request: string): Promise<RequestFile[]> {
  const rows = await sql<{ files: RequestFile[] }>(
    'request.files',
    `SELECT body -> 'files' AS files FROM request_line WHERE request_id = $1::uuid AND author = 'resident' ORDER BY id`,
    [request],
  )
  return rows.flatMap(({ files }) => files)
}
