import { noteRating } from '../desk/residentNotes.ts'
import { type EffectContext, residentOf } from './context.ts'

/** What a resident thinks of a talk that is over: 1 to 5, then words. `gone`: it is under way again, or not his. */
export async function rateTalk(
  context: EffectContext,
  { handOff, said }: { handOff: string; said: { rating: number } | { words: string } },
): Promise<{ kind: 'rated' | 'gone' }> {
  const { sql, now } = context
  const [rated] = await sql<{ topic: number }>(
    'desk.rate',
    `UPDATE hand_off SET rating = coalesce($3::int, rating), rating_words = coalesce($4, rating_words)
     WHERE id = $1::uuid AND resident_id = $2::uuid AND state = 'closed' RETURNING topic_id AS topic`,
    [handOff, residentOf(context), 'rating' in said ? said.rating : null, 'words' in said ? said.words : null],
  )
  if (!rated) return { kind: 'gone' }
  await noteRating(sql, rated.topic, said, now)
  return { kind: 'rated' }
}
