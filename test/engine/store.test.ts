import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChatId } from '../../src/engine/event.ts'
import { load } from '../../src/engine/store.ts'
import { type Database, openDatabase, sqlOn } from '../../src/infra/database.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

let fresh: FreshDatabase
let database: Database
beforeAll(async () => {
  fresh = await freshDatabase({ of: 'empty' })
  database = await openDatabase({ url: fresh.url, poolSize: 1, byKeys: true })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

test('a load that was planned over empty tables reads no more of them when they have grown', async () => {
  const { pool } = database
  const wanted = Array.from({ length: 30 }, (_, n) => ({ event: `event ${n}`, chat: `vk:${n}` as ChatId }))
  await pool.query('ANALYZE')
  await load(sqlOn(database), wanted)
  await pool.query(`INSERT INTO seen SELECT 'event ' || n, now() FROM generate_series(1, 3000) n`)
  await pool.query(
    `INSERT INTO conversation (chat, revision, state, updated_at) SELECT 'vk:' || n, 1, '{}', now() FROM generate_series(1, 3000) n`,
  )
  const before = await entriesRead()
  const loaded = await load(sqlOn(database), wanted)
  expect(loaded.filter(({ seen, revision }) => seen && revision === 1)).toHaveLength(29)
  expect((await entriesRead()) - before).toBeLessThan(100)
})

/** Of the indexes by which a load finds an event and its chat. */
async function entriesRead(): Promise<number> {
  await database.pool.query('SELECT pg_stat_force_next_flush()')
  const { rows } = await database.pool.query(
    `SELECT sum(idx_tup_read)::int AS read FROM pg_stat_user_indexes WHERE indexrelname IN ('seen_pkey', 'conversation_pkey')`,
  )
  return rows[0].read
}
