import { calledName } from '../domain/firstName.ts'
import { asTold, type KeptLine, type Talk, type TalkLine } from '../domain/talk.ts'
import type { Sql } from '../infra/database.ts'
import { reachedHim } from '../queries/talk.ts'
import type { LineBody } from './records.ts'

/** A talk up to a line, as the resident was told it; nothing when it is gone. */
export async function talkOf(sql: Sql, handOff: string, upTo: string): Promise<Talk | undefined> {
  const [head] = await sql<{ number: number; askedAt: Date }>(
    'talk.head',
    'SELECT number, asked_at AS "askedAt" FROM hand_off WHERE id = $1::uuid',
    [handOff],
  )
  const rows = await sql<Row>(
    'talk.lines',
    `SELECT l.id::text AS key, l.author, c.name, l.body, l.at, l.answers::text
     FROM desk_line l LEFT JOIN consultant c ON c.id = l.by
     WHERE l.hand_off_id = $1::uuid AND l.id <= $2::bigint AND ${reachedHim} ORDER BY l.id`,
    [handOff, upTo],
  )
  const lines = asTold(rows.flatMap(keptLine))
  return head && lines.length > 0 ? { number: head.number, askedAt: head.askedAt.toISOString(), lines } : undefined
}

interface Row {
  key: string
  author: 'resident' | 'consultant' | 'desk'
  name: string | null
  body: LineBody
  at: Date
  answers: string | null
}

function keptLine(row: Row): KeptLine[] {
  const { key, body, answers } = row
  const line = lineOf(row)
  if (!line) return []
  const edits = body.kind === 'words' ? body.edits : undefined
  return [{ key, line, ...(edits !== undefined && { edits }), ...(answers !== null && { answers }) }]
}

function lineOf({ author, name, body, at: instant }: Row): TalkLine | undefined {
  const at = instant.toISOString()
  if (body.kind !== 'words') {
    // Where he stands in the queue is told over and over, and the end of the talk in each of his chats.
    if (body.kind === 'place' || 'elsewhere' in body) return undefined
    return { at, who: 'desk', what: body.kind, ...('name' in body && { name: calledName(body.name) }) }
  }
  const files = [...body.files, ...(body.stored ?? [])].map((file) => ({ kind: file.kind, name: file.name }))
  return {
    ...{ at, who: author === 'resident' ? 'resident' : 'consultant', words: body.text.text, files },
    ...(name !== null && author === 'consultant' && { name: calledName(name) }),
    ...(body.location && { location: body.location }),
  }
}
