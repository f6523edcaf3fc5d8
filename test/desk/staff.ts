import { randomUUID } from 'node:crypto'
import type { HandOff } from '../../src/desk/transitions/handOff.ts'
import { handOffColumns } from '../../src/desk/transitions/handOff.ts'
import { topicOf } from '../../src/desk/writing.ts'
import { newState } from '../../src/engine/state.ts'
import { type Database, inTransaction, type Sql, sqlOn } from '../../src/infra/database.ts'
import type { TestClock } from '../support/clock.ts'

export const forum = '-1001'

/** People and hand-offs in a database, written as others write them. */
export interface Staff {
  sql: Sql
  inOne: <Result>(work: (sql: Sql) => Promise<Result>) => Promise<Result>
  consultant(
    id: string,
    more?: { role?: string; mostChats?: number; onShift?: boolean; name?: string },
  ): Promise<string>
  /** A resident who waits, with a topic of his own: `thread` is its id in the forum. */
  waiting(): Promise<Waiting>
  handOff(id: string): Promise<HandOff>
  /** Lines of a hand-off in order: who, in which state, what. */
  lines(
    id: string,
  ): Promise<{ author: string; by: string | null; state: string; body: { kind: string; [more: string]: unknown } }[]>
  posts(topicId: number): Promise<{ kind: string; [more: string]: unknown }[]>
  takes(id: string): Promise<{ by: string; ended: string | null }[]>
}

export interface Waiting {
  id: string
  residentId: string
  chat: string
  topicId: number
  thread: string
}

let threads = 100

export function staffOf(database: Database, clock: TestClock): Staff {
  const sql = sqlOn(database)
  return {
    sql,
    inOne: (work) => inTransaction(database, work),
    async consultant(id, { role = 'consultant', mostChats, onShift = true, name = `К ${id}` } = {}) {
      await sql(
        'consultant',
        `INSERT INTO consultant (id, name, role, most_chats, shift_since, added_at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, name, role, mostChats ?? null, onShift ? clock.now() : null, clock.now()],
      )
      return id
    },
    async waiting() {
      const [residentId, id, chat, now] = [randomUUID(), randomUUID(), `telegram:${randomUUID()}`, clock.now()]
      const thread = String(threads++)
      await sql('resident', 'INSERT INTO resident (id, created_at) VALUES ($1, $2)', [residentId, now])
      await sql(
        'chat',
        'INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)',
        [chat, JSON.stringify(newState()), residentId, now],
      )
      const topicId = await topicOf(sql, residentId, now)
      await sql('topic', 'UPDATE desk_topic SET forum = $2, thread = $3 WHERE id = $1', [topicId, forum, thread])
      await sql(
        'handOff',
        `INSERT INTO hand_off (id, resident_id, topic_id, chat, subject, state, asked_at, queued_at, resident_at)
         VALUES ($1, $2, $3, $4, 'charges', 'waiting', $5, $5, $5)`,
        [id, residentId, topicId, chat, now],
      )
      return { id, residentId, chat, topicId, thread }
    },
    async handOff(id) {
      const [found] = await sql<HandOff>('one', `SELECT ${handOffColumns} FROM hand_off h WHERE id = $1`, [id])
      if (!found) throw new Error('no such hand-off')
      return found
    },
    lines: (id) =>
      sql('lines', 'SELECT author, by, state, body FROM desk_line WHERE hand_off_id = $1 ORDER BY desk_line.id', [id]),
    posts: async (topicId) => {
      const rows = await sql<{ body: { kind: string } }>(
        'posts',
        'SELECT body FROM desk_post WHERE topic_id = $1 ORDER BY id',
        [topicId],
      )
      return rows.map(({ body }) => body)
    },
    takes: (id) =>
      sql('takes', 'SELECT by, ended FROM hand_off_take WHERE hand_off_id = $1 ORDER BY hand_off_take.id', [id]),
  }
}
