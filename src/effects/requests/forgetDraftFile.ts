import { type EffectContext, residentOf } from '../context.ts'

/**
 * Takes a file out of the draft it stands in: the resident does not want it there, or it could not be fetched. A message of which nothing is left
 * goes too. `gone`: it stands in no draft of his.
 */
export async function forgetDraftFile(
  context: EffectContext,
  { file }: { file: string },
): Promise<{ kind: 'forgotten' | 'gone' }> {
  const { sql } = context
  const residentId = residentOf(context)
  const forgotten = await sql<{ id: string; empty: boolean }>(
    'request.forgetFile',
    `UPDATE request_line l SET body = jsonb_set(l.body, '{files}',
       coalesce((SELECT jsonb_agg(f ORDER BY nth) FROM jsonb_array_elements(l.body -> 'files') WITH ORDINALITY AS e (f, nth)
                 WHERE f ->> 'id' <> $2::text), '[]'))
     FROM request r
     WHERE r.id = l.request_id AND r.resident_id = $1::uuid AND r.state = 'draft' AND l.body -> 'files' @> $3::jsonb
     RETURNING l.id::text, l.body -> 'files' = '[]' AND l.body ->> 'text' = '' AS empty`,
    [residentId, file, JSON.stringify([{ id: file }])],
  )
  const empty = forgotten.filter((line) => line.empty).map(({ id }) => id)
  await sql('request.forgetEmpty', 'DELETE FROM request_line WHERE id = ANY ($1::bigint[])', [empty])
  if (forgotten.length === 0) return { kind: 'gone' }
  await sql('request.forgetBytes', `DELETE FROM file WHERE id = $1::uuid AND resident_id = $2::uuid`, [
    file,
    residentId,
  ])
  return { kind: 'forgotten' }
}
