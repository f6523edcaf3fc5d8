import type { NewsTopic } from '../domain/news/topics.ts'
import { type EffectContext, residentOf } from './context.ts'

/** Subscribes to news of a topic, or no longer. It is a wish of its own: the consent to personal data says nothing of it, and is not touched. */
export async function subscribeToNews(
  context: EffectContext,
  { topic, want }: { topic: NewsTopic; want: boolean },
): Promise<void> {
  const { sql, now } = context
  const residentId = residentOf(context)
  if (want)
    await sql(
      'news.subscribe',
      'INSERT INTO news_subscription (resident_id, topic, since) VALUES ($1::uuid, $2, $3) ON CONFLICT DO NOTHING',
      [residentId, topic, now],
    )
  else
    await sql('news.unsubscribe', 'DELETE FROM news_subscription WHERE resident_id = $1::uuid AND topic = $2', [
      residentId,
      topic,
    ])
}
