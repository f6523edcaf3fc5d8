import type { Rules } from '../../domain/rules.ts'
import type { Words } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { type RequestFacts, requestFacts } from './facts.ts'
import { type RequestMessage, requestMessage } from './message.ts'

/** A file of a request's lines: what became of it. `refused` ones are not shown, `wanted` ones are not here yet. */
export type FileState = 'wanted' | 'stored' | 'refused'

/** A request as its topic shows it at this moment. */
export interface ShownRequest {
  facts: RequestFacts
  message: RequestMessage
  fileStates: ReadonlyMap<string, FileState>
}

export async function shownRequest(
  sql: Sql,
  id: string,
  now: Date,
  by: { words: Words; rules: Rules },
): Promise<ShownRequest | undefined> {
  const facts = await requestFacts(sql, id)
  if (!facts) return undefined
  const files = await sql<{ id: string; state: FileState }>(
    'staffRequest.files',
    'SELECT id::text, state::text FROM file WHERE id = ANY ($1::uuid[])',
    [facts.lines.flatMap((line) => line.files.map((file) => file.id))],
  )
  return {
    facts,
    message: requestMessage(facts, now, by),
    fileStates: new Map(files.map((file) => [file.id, file.state])),
  }
}

/** The message shows the request up to a line from now on. */
export async function noteShownRequest(sql: Sql, id: string, message: string, line: string | undefined): Promise<void> {
  await sql(
    'staffRequest.shown',
    'UPDATE request SET staff_message = $2, shown_line = $3::bigint WHERE id = $1::uuid',
    [id, message, line ?? null],
  )
}

/** The files of these lines stand in the forum. */
export async function noteShownFiles(sql: Sql, lines: readonly string[], message: string): Promise<void> {
  await sql(
    'staffRequest.filesShown',
    `UPDATE request_line SET staff_message = $2 WHERE id = ANY ($1::bigint[]) AND author = 'resident'`,
    [lines, message],
  )
}
