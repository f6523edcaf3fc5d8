import { showRequest } from '../../desk/requests/showRequest.ts'
import { isOver } from '../../domain/requests/states.ts'
import type { EffectContext } from '../context.ts'
import { ratedAs, type SaidOfIt } from '../rateTalk.ts'
import { lockRequest } from './lockRequest.ts'

/** What a resident thinks of how his request was seen to: 1 to 5, then words; or that he would rather not say. `open`: it is not over. `gone`: no request of his. */
export async function rateRequest(
  context: EffectContext,
  { request: id, said }: { request: string; said: SaidOfIt },
): Promise<{ kind: 'rated' | 'open' | 'gone' }> {
  const { sql, now } = context
  const { rating, words } = ratedAs(said)
  const request = await lockRequest(context, id)
  if (!request || request.state === 'draft') return { kind: 'gone' }
  if (!isOver(request.state)) return { kind: 'open' }
  await sql(
    'request.rate',
    `UPDATE request SET rating = coalesce($2::int, rating), rating_words = coalesce($3, rating_words),
       rating_declined_at = CASE WHEN $4::boolean AND rating IS NULL THEN $5::timestamptz ELSE rating_declined_at END
     WHERE id = $1::uuid`,
    [id, rating, words, said === 'declined', now],
  )
  if (said !== 'declined') await showRequest(sql, id, 'rated', undefined, now)
  return { kind: 'rated' }
}
