import { type RequestKind, requestKinds } from '../../domain/requests/states.ts'
import { type EffectContext, residentOf } from '../context.ts'

/** Throws away what a resident has prepared of a kind, with its files. Without a draft there is nothing to do. */
export const dropDraft = (context: EffectContext, { of }: { of: RequestKind }): Promise<void> => drop(context, [of])

/** All that he has prepared. */
export const dropDrafts = (context: EffectContext): Promise<void> => drop(context, requestKinds)

async function drop(context: EffectContext, kinds: readonly RequestKind[]): Promise<void> {
  await context.sql(
    'request.drop',
    `DELETE FROM request WHERE resident_id = $1::uuid AND kind = ANY ($2) AND state = 'draft'`,
    [residentOf(context), kinds],
  )
}
