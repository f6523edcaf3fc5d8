import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { settlePosts } from '../../src/desk/forum/rows.ts'
import { Forwarder } from '../../src/desk/forward.ts'
import { post } from '../../src/desk/writing.ts'
import type { EffectContext } from '../../src/effects/context.ts'
import { type Heard, hearDesk } from '../../src/effects/hearDesk.ts'
import type { Event } from '../../src/engine/event.ts'
import type { Sql } from '../../src/infra/database.ts'
import { AppError } from '../../src/infra/errors.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { type Person, Room } from './room.ts'

const room = new Room()
const log = openLogger({ level: 'silent' })
/** What conversations have taken, in order; files by their ids, as often as they were kept; why a file cannot be had; what was asked of the database. */
const heard: Heard[] = []
const kept: string[] = []
const lost = new Map<string, AppError>()
let asked: string[] = []
let revision = 10
let forwarder: Forwarder
let one: Person

beforeEach(async () => {
  heard.length = 0
  kept.length = 0
  lost.clear()
  one = await room.holder('Анна')
  await room.staff.sql('clear', `UPDATE desk_line SET state = 'shown' WHERE state = 'pending'`, [])
  forwarder = forwarding()
})
afterEach(() => forwarder.end())

function forwarding(more: { handle?: () => Promise<void> } = {}): Forwarder {
  const sql: Sql = (name, ...rest) => {
    asked.push(name)
    return room.staff.sql(name, ...rest)
  }
  return new Forwarder({
    ...{ sql, clock: room.clock, log, changed: () => {} },
    channel: {
      fetchFile: async (ref) => {
        const failure = lost.get(ref)
        if (failure) throw failure
        return new Uint8Array([1])
      },
    },
    keepFile: async ({ id }) => void kept.push(id),
    handle: hear,
    ...more,
  })
}

/** A conversation that hears, and waits for its messenger. */
async function hear([event]: Event[]): Promise<void> {
  const { input, chat } = event ?? {}
  if (input?.kind !== 'due' || input.what.kind !== 'summons') throw new Error('no summons')
  const { line } = input.what.about
  const here = { chat, revision: ++revision, resident: room.he.residentId } as EffectContext
  await room.staff.inOne(async (sql) => {
    const came = await hearDesk({ ...here, sql }, { line })
    if (came.kind === 'words') heard.push(came)
    await sql(
      'outbox',
      `INSERT INTO outbox (chat, revision, ordinal, body, state, created_at) VALUES ($1, $2, 0, '{}', 'pending', $3)`,
      [room.he.chat, revision, room.clock.now()],
    )
  })
}

/** What became of what it was told last. */
const delivered = (state: 'sent' | 'dropped', failure?: string) =>
  room.staff.sql('delivered', 'UPDATE outbox SET state = $2::"OutboxState", failure = $3 WHERE revision = $1', [
    ...[revision, state, failure ?? null],
  ])

const said = () => heard.flatMap((one) => (one.kind === 'words' ? [one.shown] : []))
const allTold = () =>
  vi.waitFor(
    async () => {
      forwarder.changed()
      expect((await room.toHim()).filter(({ state }) => state === 'pending')).toEqual([])
    },
    { timeout: 30_000, interval: 20 },
  )

const sends = (nth: number, { album = 'a', caption = '' } = {}) =>
  one.does({
    ...{ kind: 'files', files: [{ kind: 'photo', ref: `f${nth}`, name: `${nth}.jpg` }], album, message: `m${nth}` },
    ...(caption !== '' && { caption: { text: caption, spans: [] } }),
  })

describe('an album', () => {
  test('is told as one, its words above, each piece known by a message of its own', async () => {
    await sends(1, { caption: 'Три снимка' })
    await sends(2)
    forwarder.changed()
    await sends(3)
    await one.says('И слова')
    await allTold()
    expect(said().map(({ text, files }) => [text.text, files.map(({ name }) => name)])).toEqual([
      ['Три снимка', ['1.jpg', '2.jpg', '3.jpg']],
      ['И слова', []],
    ])
    const parts = await room.staff.sql(
      'parts',
      `SELECT staff_message AS message, part FROM desk_line WHERE hand_off_id = $1 AND author = 'consultant' ORDER BY id`,
      [room.he.id],
    )
    expect(parts.slice(0, 3)).toEqual([1, 2, 3].map((part) => ({ message: `m${part}`, part })))
  })

  test('of which the last piece comes after a restart is two messages, and nothing is lost', async () => {
    await sends(1)
    await sends(2)
    await allTold()
    await forwarder.end()
    await sends(3)
    forwarder = forwarding()
    await allTold()
    expect(said().map(({ files }) => files.map(({ name }) => name))).toEqual([['1.jpg', '2.jpg'], ['3.jpg']])
  })

  test('of twelve is two of ten at most, and two albums are two', async () => {
    for (let nth = 1; nth <= 12; nth++) await sends(nth)
    await sends(13, { album: 'b' })
    await allTold()
    expect(said().map(({ files }) => files.length)).toEqual([10, 2, 1])
  })

  test('goes without the piece that cannot be had, which is marked', async () => {
    lost.set('f1', new AppError('FILE_TOO_LARGE'))
    for (const nth of [1, 2, 3]) await sends(nth)
    await allTold()
    expect(said().map(({ files }) => files.map(({ name }) => name))).toEqual([['2.jpg', '3.jpg']])
    const marks = (await room.posts()).filter(({ kind }) => kind === 'mark')
    expect(marks).toMatchObject([{ message: 'm1', why: { key: 'desk.forum.notReached.tooLarge' } }])
  })

  test('that the messenger does not show is marked once', async () => {
    for (const nth of [1, 2]) await sends(nth)
    await allTold()
    await delivered('dropped', 'CHAT_BLOCKED')
    await marked(['m1'])
  })
})

test('files are kept once, whenever the process is killed', async () => {
  await forwarder.end()
  const killed = forwarding({ handle: () => Promise.reject(new Error('killed')) })
  const { sql } = room.staff
  await sends(1)
  await vi.waitFor(() => {
    killed.changed()
    expect(kept).toHaveLength(1)
  })
  await killed.end()
  // It was kept, but had not been noted yet.
  await sql('unnoted', `UPDATE desk_line SET body = body - 'stored' || $1::jsonb WHERE state = 'pending'`, [
    JSON.stringify({ files: [{ kind: 'photo', ref: 'f1', name: '1.jpg' }] }),
  ])
  forwarder = forwarding()
  await allTold()
  expect(said()).toMatchObject([{ files: [{ id: kept[0] }] }])
  expect(new Set(kept).size).toBe(1)
})

describe('what a consultant replies to', () => {
  const residents = async (message: string) => {
    const [line] = await room.staff.sql<{ id: string }>(
      'asked',
      `INSERT INTO desk_line (hand_off_id, author, state, chat, message, body, at)
       VALUES ($1, 'resident', 'kept', $2, $3, '{"kind":"words","text":{"text":"?","spans":[]},"files":[]}', $4) RETURNING id::text`,
      [room.he.id, room.he.chat, message, room.clock.now()],
    )
    await post(room.staff.sql, room.he.topicId, { kind: 'line' }, room.clock.now(), line?.id)
    const [added] = await room.staff.sql<{ id: string }>('post', 'SELECT max(id)::text AS id FROM desk_post', [])
    return added?.id ?? ''
  }
  const notes = (id: string, ...messages: string[]) =>
    settlePosts(room.staff.sql, [{ id, message: messages[0] }], { state: 'sent', messages }, room.clock.now())
  const looked = async (times: number) => {
    asked = []
    await vi.waitFor(() => {
      forwarder.changed()
      expect(asked.filter((name) => name === 'deskRows.pendingLines').length).toBeGreaterThanOrEqual(times)
    })
  }

  test('is known although its message is noted a moment later', async () => {
    const id = await residents('r1')
    await one.says('Да', { repliesTo: '777' })
    await looked(3)
    expect(said()).toEqual([])
    await notes(id, '777')
    await allTold()
    expect(said()).toMatchObject([{ repliesTo: 'r1' }])
  })

  test('is waited for no longer than a moment', async () => {
    await residents('r2')
    await one.says('Да', { repliesTo: '778' })
    await looked(3)
    expect(said()).toEqual([])
    room.clock.set(new Date(room.clock.now().getTime() + 4_000).toISOString())
    await allTold()
    expect(said()[0]).not.toHaveProperty('repliesTo')
  })

  test('may be any of the messages that his became', async () => {
    await notes(await residents('r3'), '801', '802', '803')
    await one.says('Да', { repliesTo: '803' })
    await allTold()
    expect(said()).toMatchObject([{ repliesTo: 'r3' }])
  })

  test('may be a piece of an album of the consultants’ own, whose message is looked up when it is shown', async () => {
    for (const nth of [1, 2]) await sends(nth)
    await allTold()
    const album = revision
    await one.says('Вот это', { repliesTo: 'm2' })
    await allTold()
    expect(said().at(-1)).toMatchObject({ answers: { revision: album, part: 2 } })
  })
})

describe('an edit', () => {
  const edits = (message: string, text: string) => one.does({ kind: 'edited', text: { text, spans: [] }, message })

  test('corrects what was said; words under a picture are said again below it', async () => {
    const message = await one.says('Тиры')
    await sends(1, { caption: 'Снимк' })
    await allTold()
    const [words, picture] = [revision - 1, revision]
    await edits(message, 'Тарифы')
    await edits('m1', 'Снимок')
    await allTold()
    expect(said().slice(2)).toEqual([
      { text: { text: 'Тарифы', spans: [] }, files: [], corrects: words },
      { text: { text: 'Снимок', spans: [] }, files: [], answers: { revision: picture, part: 1 } },
    ])
  })

  test('that could not be delivered is marked at the message that was edited', async () => {
    const message = await one.says('Тиры')
    await allTold()
    await delivered('sent')
    await edits(message, 'Тарифы')
    await allTold()
    await delivered('dropped', 'CHAT_BLOCKED')
    await marked([message])
  })
})

async function marked(messages: string[]): Promise<void> {
  await vi.waitFor(async () => {
    forwarder.changed()
    const marks = (await room.posts()).filter(({ kind }) => kind === 'mark')
    expect(marks).toMatchObject(messages.map((message) => ({ message, why: { key: 'desk.forum.notReached.blocked' } })))
  })
}
