import { noteRating } from '../desk/residentNotes.ts'
import { type EffectContext, residentOf } from './context.ts'

/** What a resident thinks of a talk that is over: 1 to 5, then words; or that he would rather not say. `gone`: it is under way again, or not his. */
export async function rateTalk(
  context: EffectContext,
  { handOff, said }: { handOff: string; said: SaidOfIt },
): Promise<{ kind: 'rated' | 'gone' }> {
  const { sql, now } = context
  const { rating, words } = ratedAs(said)
  const [rated] = await sql<{ topic: number }>(
    'desk.rate',
    `UPDATE hand_off SET rating = coalesce($3::int, rating), rating_words = coalesce($4, rating_words),
       rating_declined_at = CASE WHEN $5::boolean AND rating IS NULL THEN $6::timestamptz ELSE rating_declined_at END
     WHERE id = $1::uuid AND resident_id = $2::uuid AND state = 'closed' RETURNING topic_id AS topic`,
    [handOff, residentOf(context), rating, words, said === 'declined', now],
  )
  if (!rated) return { kind: 'gone' }
  if (said !== 'declined') await noteRating(sql, rated.topic, said, now)
  return { kind: 'rated' }
}

export type SaidOfIt = { rating: number } | { words: string } | 'declined'

/** What of it was said this time. */
export const ratedAs = (said: SaidOfIt): { rating: number | null; words: string | null } => ({
  rating: said !== 'declined' && 'rating' in said ? said.rating : null,
  words: said !== 'declined' && 'words' in said ? said.words : null,
})
