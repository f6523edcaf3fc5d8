import { type RequestKind, requestKinds } from '../../domain/requests/states.ts'
import { type EffectContext, residentOf } from '../context.ts'

/** Throws away what a resident has prepared of a kind, with its files. Without a draft there is nothing to do. */
export const dropDraft = (context: EffectContext, { of }: { of: RequestKind }): Promise<void> => drop(context, [of])

/** All that he has prepared. */
export const dropDrafts = (context: EffectContext): Promise<void> => drop(context, requestKinds)

async function drop(context: EffectContext, kinds: readonly RequestKind[]): Promise<void> {
  await context.sql(
    'request.drop',
    `WITH draft AS (
       SELECT id FROM request WHERE resident_id = $1::uuid AND kind = ANY ($2) AND state = 'draft' FOR UPDATE
     ), files AS (
       DELETE FROM file WHERE resident_id = $1::uuid AND id IN (
         SELECT (f ->> 'id')::uuid FROM draft JOIN request_line l ON l.request_id = draft.id, jsonb_array_elements(l.body -> 'files') f)
     )
     DELETE FROM request WHERE id IN (SELECT id FROM draft)`,
    [residentOf(context), kinds],
  )
}
