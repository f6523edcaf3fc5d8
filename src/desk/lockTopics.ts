import type { Sql } from '../infra/database.ts'

/**
 * Holds the topics of residents until the transaction ends: before anything that stands in them (hand-offs, requests), always, so that nobody waits for
 * each other. Answers their ids.
 */
export async function lockTopics(sql: Sql, residents: readonly string[]): Promise<number[]> {
  const rows = await sql<{ id: number }>(
    'topic.lock',
    'SELECT id FROM desk_topic WHERE resident_id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [residents],
  )
  return rows.map(({ id }) => id)
}
