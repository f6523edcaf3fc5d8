import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Channel, Delivered } from '../../src/engine/channel.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { Outbox } from '../../src/engine/outbox.ts'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import { Settling } from '../../src/engine/settling.ts'
import { newState } from '../../src/engine/state.ts'
import { save } from '../../src/engine/store.ts'
import { openFileStore } from '../../src/files/store.ts'
import { systemClock as clock } from '../../src/infra/clock.ts'
import { type Sql, sqlOn } from '../../src/infra/database.ts'
import { AppError } from '../../src/infra/errors.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'

const log = openLogger({ level: 'silent' })
let fresh: FreshDatabase
let sql: Sql
beforeAll(async () => {
  fresh = await freshDatabase()
  sql = sqlOn(fresh.database)
})
afterAll(() => fresh.drop())

/** An outbox that sends by a platform which answers like this. */
function outboxOver(answer: (shown: Outgoing) => Promise<Delivered>): Outbox {
  const channel = { name: 'telegram', deliver: (_, shown) => answer(shown) } as Partial<Channel> as Channel
  const files = {
    ...openFileStore(fresh.database),
    ready: async (outgoing: Outgoing) => ({ outgoing, drawn: new Map() }),
  }
  const outbox = new Outbox({ sql, channels: new Map([['telegram', channel]]), clock, log, files })
  outbox.begin('telegram')
  return outbox
}

const words = (text: string) => ({ kind: 'show' as const, text: { text, spans: [] }, buttons: [], files: [] })

/** A turn that shows these words, committed. */
const committed = (chat: ChatId, ...shown: string[]) => committedAs(chat, 1, ...shown.map(words))

async function committedAs(chat: ChatId, revision: number, ...outgoing: Outgoing[]) {
  const turn = { event: `e:${chat}:${revision}`, chat, revision, state: newState(), outgoing, blocked: false }
  const [saved] = await save(sql, [{ ...turn, deferred: false }], clock.now())
  if (!saved) throw new Error('a saved turn')
  return [saved, { ...turn, deferred: false }] as const
}

const rowsOf = async (chat: ChatId) =>
  (await fresh.database.pool.query('SELECT state, messages FROM outbox WHERE chat = $1 ORDER BY ordinal', [chat])).rows

const done = (message: string): Delivered => ({ messages: [message], fileRefs: [] })

test('what was deleted while it waited for the platform is neither sent nor brought back', async () => {
  const chat = 'telegram:1'
  let sends = 0
  const outbox = outboxOver(async () => {
    sends += 1
    await fresh.database.pool.query(`UPDATE outbox SET body = NULL, state = 'dropped' WHERE chat = $1`, [chat])
    return { messages: [], fileRefs: [], failure: new AppError('PLATFORM_DOWN', { retry: 1 }) }
  })
  outbox.accept(...(await committed(chat, 'first', 'second')))
  await outbox.idle()
  expect(sends).toBe(1)
  expect((await rowsOf(chat)).map(({ state }) => state)).toEqual(['dropped', 'dropped'])
})

test('an ending sender sends what is at hand and leaves to the next what has to wait', async () => {
  const [calm, waiting] = ['telegram:2', 'telegram:3'] as const
  const said: string[] = []
  let begun = () => {}
  const underWay = new Promise<void>((resolve) => {
    begun = resolve
  })
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const outbox = outboxOver(async (shown) => {
    const text = shown.kind === 'show' ? shown.text.text : ''
    said.push(text)
    if (text === 'stuck')
      return { messages: [], fileRefs: [], failure: new AppError('RATE_LIMITED', { retry: 60_000 }) }
    if (text === 'first') {
      begun()
      await answered
    }
    return done(text)
  })
  outbox.accept(...(await committed(waiting, 'stuck')))
  outbox.accept(...(await committed(calm, 'first', 'second')))
  await underWay
  const ended = outbox.end('telegram')
  answer()
  await ended
  expect(said.toSorted()).toEqual(['first', 'second', 'stuck'])
  expect(await rowsOf(calm)).toMatchObject([{ state: 'sent', messages: ['first'] }, { state: 'sent' }])
  expect(await rowsOf(waiting)).toEqual([{ state: 'pending', messages: [] }])
  outbox.accept(...(await committed('telegram:4', 'late')))
  await outbox.idle()
  expect(await rowsOf('telegram:4')).toEqual([{ state: 'pending', messages: [] }])
})

test('what revises a screen is shown in place of its last message, and anew where that was never shown', async () => {
  const chat = 'telegram:8'
  const delivered: Outgoing[] = []
  let refuses = false
  const outbox = outboxOver(async (shown) => {
    delivered.push(shown)
    if (refuses) return { messages: [], fileRefs: [], failure: new AppError('PLATFORM_REFUSED') }
    return { messages: [`${delivered.length}a`, `${delivered.length}b`], fileRefs: [] }
  })
  outbox.accept(...(await committedAs(chat, 1, words('first'), words('besides'))))
  // The row that is revised waits itself when the other is committed.
  outbox.accept(...(await committedAs(chat, 2, { ...words('second'), revises: 1 })))
  await outbox.idle()
  refuses = true
  outbox.accept(...(await committedAs(chat, 3, words('refused'))))
  await outbox.idle()
  refuses = false
  for (const [revision, revises] of [
    [4, 3],
    [5, 99],
  ] as const)
    outbox.accept(...(await committedAs(chat, revision, { ...words('anew'), revises })))
  await outbox.idle()
  expect(delivered).toEqual([
    words('first'),
    words('besides'),
    { ...words('second'), replaces: '1b' },
    words('refused'),
    words('anew'),
    words('anew'),
  ])
})

test('what corrects or answers words of a person goes to their own message, whatever was shown with them, when that is known', async () => {
  const chat = 'telegram:9'
  const delivered: Outgoing[] = []
  const outbox = outboxOver(async (shown) => {
    delivered.push(shown)
    const count = shown.kind === 'show' && shown.text.text === 'album' ? 3 : 1
    return { messages: Array.from({ length: count }, (_, nth) => `${delivered.length}.${nth + 1}`), fileRefs: [] }
  })
  outbox.accept(...(await committedAs(chat, 1, words('screen'), words('said'))))
  outbox.accept(...(await committedAs(chat, 2, words('album'))))
  // None of these is delivered yet when the others are committed.
  const more: Partial<Outgoing & { kind: 'show' }>[] = [
    { corrects: 1 },
    { corrects: 2 },
    { corrects: 99 },
    { answers: { revision: 1, part: 1 } },
    { answers: { revision: 2, part: 3 } },
    { answers: { revision: 2, part: 4 } },
    { answers: { revision: 99, part: 1 } },
  ]
  for (const [nth, one] of more.entries())
    outbox.accept(...(await committedAs(chat, 3 + nth, { ...words('then'), ...one })))
  await outbox.idle()
  expect(delivered.slice(3).map((one) => (one.kind === 'show' ? [one.replaces, one.repliesTo] : []))).toEqual([
    ['2.1', undefined],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, '2.1'],
    [undefined, '3.3'],
    [undefined, '3.3'],
    [undefined, undefined],
  ])
})

test('a delivery that cannot be noted keeps no other from it', async () => {
  const chats = ['telegram:5', 'telegram:6', 'telegram:7'] as const
  for (const chat of chats) await committed(chat, 'hello')
  const failing: Sql = async (name, statement, values) => {
    if (String(values[0]).includes('telegram:6')) throw new Error('a fault of ours')
    return sql(name, statement, values)
  }
  const settling = new Settling({ sql: failing, clock, log })
  const notes = chats.map((chat) => settling.note({ chat, revision: 1, ordinal: 0, state: 'sent', messages: ['1'] }))
  const [first, second, third] = await Promise.allSettled(notes)
  expect([first, third]).toMatchObject([{ value: true }, { value: true }])
  expect(second).toMatchObject({ status: 'rejected' })
  expect((await rowsOf('telegram:7'))[0]).toEqual({ state: 'sent', messages: ['1'] })
})

test.each([
  { what: 'a mailing', more: { mailing: true }, minutes: 61, became: { state: 'dropped', failure: 'LATE' } },
  { what: 'a mailing', more: { mailing: true }, minutes: 59, became: { state: 'sent', failure: null } },
  { what: 'an answer', more: {}, minutes: 61, became: { state: 'sent', failure: null } },
] as const)('$what that a process before us left untried for $minutes minutes is $became.state', async (row) => {
  const [chat, text] = ['telegram:20', `${row.what}, ${row.minutes}`] as const
  const said: string[] = []
  const outbox = outboxOver(async (shown) => {
    said.push(shown.kind === 'show' ? shown.text.text : '')
    return done('1')
  })
  const { pool } = fresh.database
  await pool.query('DELETE FROM outbox')
  await pool.query('DELETE FROM conversation')
  await committedAs(chat, 1, { ...words(text), ...row.more })
  await pool.query(`UPDATE outbox SET created_at = created_at - $1 * interval '1 minute'`, [row.minutes])
  await outbox.sweep()
  await outbox.idle()
  expect(said).toEqual(row.became.state === 'sent' ? [text] : [])
  expect((await pool.query('SELECT state, failure FROM outbox')).rows).toEqual([row.became])
})
