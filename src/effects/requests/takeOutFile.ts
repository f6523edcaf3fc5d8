import type { Sql } from '../../infra/database.ts'

/** Takes a file out of the lines of a request; a message of a draft of which nothing is left goes too. Answers whether it stood there. */
export async function takeOutFile(sql: Sql, { request, file }: { request: string; file: string }): Promise<boolean> {
  const lines = await sql<{ id: string; isEmpty: boolean }>(
    'request.takeOutFile',
    `UPDATE request_line l SET body = jsonb_set(l.body, '{files}',
       coalesce((SELECT jsonb_agg(f ORDER BY nth) FROM jsonb_array_elements(l.body -> 'files') WITH ORDINALITY AS e (f, nth)
                 WHERE f ->> 'id' <> $2::text), '[]'))
     FROM request r
     WHERE r.id = $1::uuid AND l.request_id = r.id AND l.body -> 'files' @> $3::jsonb
     RETURNING l.id::text, r.state = 'draft' AND l.body -> 'files' = '[]' AND l.body ->> 'text' = '' AS "isEmpty"`,
    [request, file, JSON.stringify([{ id: file }])],
  )
  const empty = lines.filter(({ isEmpty }) => isEmpty).map(({ id }) => id)
  if (empty.length > 0)
    await sql('request.takeOutLine', 'DELETE FROM request_line WHERE id = ANY ($1::bigint[])', [empty])
  return lines.length > 0
}
