import { randomUUID } from 'node:crypto'
import { sqlOn } from '../../src/infra/database.ts'
import { addNotice } from '../../src/notices/addNotice.ts'
import type { Town } from '../support/town.ts'
import { nextTurn, type Talk } from './talk.ts'

interface OrderRow {
  id: string
  number: number
  state: string
  subject: string
  details: object
  resident_id: string
}

/** What the person who talks has ordered of staff, the latest first. */
export async function ordersOf({ fresh }: Town, { chat }: Talk): Promise<OrderRow[]> {
  const { rows } = await fresh.database.pool.query<OrderRow>(
    `SELECT r.id, r.number, r.state, r.subject, r.details, r.resident_id FROM request r JOIN conversation c USING (resident_id)
     WHERE c.chat = $1 AND r.kind = 'order' ORDER BY r.number DESC`,
    [chat],
  )
  return rows
}

/** Staff brings an order somewhere, with words and files of this content. Answers when its resident has been told. */
export async function staffMoves(
  { fresh, clock, product }: Town,
  talk: Talk,
  state: string,
  { words = '', files = [] }: { words?: string; files?: readonly { name: string; content: string }[] } = {},
): Promise<void> {
  const { pool } = fresh.database
  const [order] = await ordersOf({ fresh } as Town, talk)
  if (!order) throw new Error('nothing was ordered')
  const kept = files.map((file) => ({ ...file, id: randomUUID() }))
  for (const { id, name, content } of kept) {
    const bytes = Buffer.from(content)
    await pool.query(
      `INSERT INTO file (id, state, kind, name, bytes, created_at) VALUES ($1, 'stored', 'document', $2, $3, $4)`,
      [id, name, bytes.length, clock.now()],
    )
    await pool.query('INSERT INTO file_chunk (file_id, ordinal, content) VALUES ($1, 0, $2)', [id, bytes])
  }
  const body = { text: words, files: kept.map(({ id, name }) => ({ id, name, kind: 'document' })) }
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO request_line (request_id, author, state, body, at) VALUES ($1, 'consultant', $2, $3, $4) RETURNING id::text`,
    [order.id, state, JSON.stringify(body), clock.now()],
  )
  await pool.query('UPDATE request SET state = $2::"RequestState", changed_at = $3 WHERE id = $1', [
    order.id,
    state,
    clock.now(),
  ])
  const line = rows[0]?.id ?? ''
  const told = nextTurn()
  await addNotice(sqlOn(fresh.database), {
    ...{ id: `request:${line}`, residentId: order.resident_id, chat: talk.chat },
    ...{ dialog: 'orders', about: line, dueAt: clock.now() },
  })
  await told
  await product.outbox.idle()
}
