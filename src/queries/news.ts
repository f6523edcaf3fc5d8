import type { NewsText } from '../domain/news/newsText.ts'
import type { NewsTopic } from '../domain/news/topics.ts'
import type { Sql } from '../infra/database.ts'

export interface NewsItem {
  topic: NewsTopic
  text: NewsText
}

export async function newsTopicsOf(sql: Sql, residentId: string): Promise<string[]> {
  const rows = await sql<{ topic: string }>(
    'queries.newsTopics',
    'SELECT topic FROM news_subscription WHERE resident_id = $1::uuid',
    [residentId],
  )
  return rows.map(({ topic }) => topic)
}

/** News that are being sent; nothing once they have been stopped. */
export async function newsItem(sql: Sql, id: string): Promise<NewsItem | undefined> {
  const [row] = await sql<{ body: NewsItem }>(
    'queries.newsItem',
    `SELECT body FROM wave WHERE id = $1 AND kind = 'news' AND state <> 'stopped'`,
    [id],
  )
  return row?.body
}
