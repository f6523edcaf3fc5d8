import { type EffectContext, residentOf } from '../context.ts'
import { takeOutFile } from './takeOutFile.ts'

/** Takes a file out of the draft it stands in: the resident does not want it there. `gone`: it stands in no draft of his. */
export async function forgetDraftFile(
  context: EffectContext,
  { file }: { file: string },
): Promise<{ kind: 'forgotten' | 'gone' }> {
  const { sql } = context
  const [draft] = await sql<{ id: string }>(
    'request.draftOfFile',
    `SELECT r.id FROM request r JOIN file f ON f.request_id = r.id
     WHERE f.id = $2::uuid AND r.resident_id = $1::uuid AND r.state = 'draft' FOR NO KEY UPDATE OF r`,
    [residentOf(context), file],
  )
  if (!draft || !(await takeOutFile(sql, { request: draft.id, file }))) return { kind: 'gone' }
  await sql('request.forgetBytes', 'DELETE FROM file WHERE id = $1::uuid', [file])
  return { kind: 'forgotten' }
}
