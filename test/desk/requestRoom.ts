import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { ForumSender } from '../../src/desk/forum/sender.ts'
import { deskHandler } from '../../src/desk/handle.ts'
import { membersOf } from '../../src/desk/members.ts'
import type { RequestMoved } from '../../src/desk/records.ts'
import { RequestReplies } from '../../src/desk/requests/replies.ts'
import { shownRequest } from '../../src/desk/requests/shown.ts'
import { showRequest } from '../../src/desk/requests/showRequest.ts'
import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import type { RequestWords } from '../../src/domain/requests/lines.ts'
import type { Rules } from '../../src/domain/rules.ts'
import { newState } from '../../src/engine/state.ts'
import { openFileStore } from '../../src/files/store.ts'
import { readConfig } from '../../src/infra/config.ts'
import { inTransaction, type Sql, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { hoursReader } from '../../src/queries/workingHours.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { FakeForum } from '../support/fakeForum.ts'
import type { FakeMessage } from '../support/fakeRoom.ts'
import type { FakeStaff } from '../support/fakeStaff.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'

const { rules } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey })
const words = openWords(rules.timeZone)

export interface Asker {
  resident: string
  chat: string
  account: number
}

export interface Asked {
  id: string
  number: number
  who: Asker
}

interface Asking {
  who?: Asker
  kind?: string
  subject?: string | null
  said?: RequestWords[]
  dueOn?: string
  account?: boolean
}

/** A forum in memory with all of the desk at work in it, over a database of its own, in which residents have asked for things. */
export class RequestRoom {
  readonly clock: TestClock = testClock(noon)
  policy: ChannelPolicy = 'full'
  private fresh: FreshDatabase | undefined
  private present: { forum: FakeForum; sender: ForumSender; replies: RequestReplies; stop(): Promise<void> } | undefined
  private next = 1

  constructor() {
    beforeAll(async () => {
      this.fresh = await freshDatabase({ poolSize: 8 })
    })
    afterAll(() => this.fresh?.drop())
    beforeEach(async () => {
      this.clock.set(noon)
      this.policy = 'full'
      await this.sql(
        'clear',
        'TRUNCATE desk_topic, desk_post, hand_off, request, consultant, card_view, timer, file, seen CASCADE',
        [],
      )
      this.present = await this.open()
    })
    afterEach(async () => {
      await this.present?.stop()
    })
  }

  get sql(): Sql {
    return sqlOn(this.database)
  }

  get database() {
    if (!this.fresh) throw new Error('not open yet')
    return this.fresh.database
  }

  get forum(): FakeForum {
    if (!this.present) throw new Error('not open yet')
    return this.present.forum
  }

  private get rules(): Rules {
    return { ...rules, desk: { ...rules.desk, policy: this.policy } }
  }

  private async open() {
    const { database, sql, clock } = this
    const room = this
    const forum = new FakeForum({ clock })
    const log = openLogger({ level: 'silent' })
    const files = openFileStore(database)
    const changed = () => {
      sender.changed()
      replies.changed()
    }
    const sender = new ForumSender({
      ...{ sql, channel: forum, clock, words, log, forums: forum.forums },
      faces: {
        title: async (topicId) => `Topic ${topicId}`,
        card: async () => ({ text: { text: 'Card', spans: [] }, buttons: [] }),
      },
      residentsFile: () => Promise.reject(new Error('requests have files of ours')),
      storedFile: async (id) => ({ bytes: (await files.open(id, 'telegram')).bytes }),
      request: (id, now) => shownRequest(sql, id, now, { words, rules: room.rules }),
      members: (ids) => membersOf(sql, ids),
      letIn: () => {},
    })
    const replies = new RequestReplies({
      ...{ database, channel: forum, clock, log, changed },
      keepFile: (file) => files.add({ ...file, now: clock.now() }),
    })
    const handle = deskHandler({
      ...{ database, clock, words, changed },
      get rules() {
        return room.rules
      },
      hours: hoursReader(sql, rules),
      linkTo: forum.linkTo,
      log: { info() {}, warn() {} },
      rights: () => {},
    })
    const stop = await forum.listen(handle)
    return {
      ...{ forum, sender, replies },
      stop: async () => {
        await stop()
        await replies.end()
        await sender.end()
      },
    }
  }

  /** With an account that he has proved by its code. */
  async asker(language: 'ru' | 'en' = 'ru'): Promise<Asker> {
    const [resident, now, nth] = [this.clock.id(), this.clock.now(), this.next++]
    const chat = `telegram:${nth}`
    await this.sql('resident', 'INSERT INTO resident (id, created_at) VALUES ($1, $2)', [resident, now])
    await this.sql(
      'consent',
      `INSERT INTO consent (id, resident_id, version, text_hash, messenger, given_at) VALUES ($1, $2, 3, '', 'telegram', $3)`,
      [this.clock.id(), resident, now],
    )
    await this.sql(
      'chat',
      `INSERT INTO conversation (chat, revision, state, resident_id, updated_at) VALUES ($1, 1, $2, $3, $4)
       ON CONFLICT (chat) DO UPDATE SET resident_id = excluded.resident_id, state = excluded.state`,
      [chat, JSON.stringify({ ...newState(), language }), resident, now],
    )
    const [account] = await this.sql<{ id: number }>(
      'account',
      `INSERT INTO account (number, open, payer_name, street_type, street, house, flat, street_key, house_key, korpus_key, flat_key, room_key, imported_from)
       VALUES ($1, true, 'Иванов Пётр Ильич', 'улица', 'Мира', '1', '45', 'мира', '1', '', '45', '', '20261101_001') RETURNING id`,
      [String(1_000_004_000 + nth)],
    )
    await this.sql(
      'link',
      `INSERT INTO link (id, resident_id, account_id, proof, chat, linked_at) VALUES ($1, $2, $3, 'code', $4, $5)`,
      [this.clock.id(), resident, account?.id, chat, now],
    )
    return { resident, chat, account: account?.id ?? 0 }
  }

  /** As one was sent, and shown to staff. */
  async asked({
    who,
    kind = 'question',
    subject = 'charges',
    said,
    dueOn = '2026-11-24',
    account = true,
  }: Asking = {}): Promise<Asked> {
    const he = who ?? (await this.asker())
    const [id, now] = [this.clock.id(), this.clock.now()]
    const [row] = await this.sql<{ number: number }>(
      'request',
      `INSERT INTO request (id, number, kind, subject, state, resident_id, account_id, chat, created_at, sent_at, changed_at, due_on)
       VALUES ($1, nextval('request_number'), $2, $3, 'new', $4, $5, $6, $7, $7, $7, $8) RETURNING number`,
      [id, kind, subject, he.resident, account ? he.account : null, he.chat, now, dueOn],
    )
    for (const one of said ?? [{ text: 'За что перерасчёт?', files: [] }]) await this.line(id, one)
    await this.moved(id, 'sent')
    return { id, number: row?.number ?? 0, who: he }
  }

  async line(request: string, body: RequestWords): Promise<string> {
    const [line] = await this.sql<{ id: string }>(
      'line',
      `INSERT INTO request_line (request_id, author, body, at) VALUES ($1, 'resident', $2, $3) RETURNING id::text`,
      [request, JSON.stringify(body), this.clock.now()],
    )
    return line?.id ?? ''
  }

  /** What a resident has done with it, as effects have it shown. */
  async moved(request: string, what: RequestMoved, line?: string): Promise<void> {
    await inTransaction(this.database, (sql) => showRequest(sql, request, what, line, this.clock.now()))
    await this.idle()
  }

  /** A file of ours; one that is wanted is not here yet. */
  async file(name: string, state: 'stored' | 'wanted' = 'stored') {
    const id = this.clock.id()
    const [kind, at] = [name.endsWith('.jpg') ? ('photo' as const) : ('document' as const), this.clock.now()]
    await this.sql(
      'file',
      `INSERT INTO file (id, state, kind, name, created_at) VALUES ($1, $2::"FileState", $3, $4, $5)`,
      [...[id, state, kind, name, at]],
    )
    await this.sql('chunk', 'INSERT INTO file_chunk (file_id, ordinal, content) VALUES ($1, 0, $2)', [
      id,
      Buffer.from(name),
    ])
    return { id, kind, name }
  }

  async consultant(name: string, role = 'consultant'): Promise<FakeStaff> {
    const id = String(9000 + this.next++)
    await this.sql(
      'consultant',
      'INSERT INTO consultant (id, name, role, shift_since, added_at) VALUES ($1, $2, $3, $4, $4)',
      [id, name, role, this.clock.now()],
    )
    return this.forum.staff(id, name)
  }

  /** All that was done has been taken, and shown. */
  async idle(): Promise<void> {
    this.present?.sender.changed()
    this.present?.replies.changed()
    await vi.waitUntil(
      async () => {
        await this.forum.idle()
        const rows = await this.sql(
          'idle',
          `SELECT 1 FROM desk_post WHERE state = 'pending' UNION ALL SELECT 1 FROM request_reply WHERE state = 'pending'`,
          [],
        )
        return rows.length === 0
      },
      { timeout: 30_000, interval: 20 },
    )
  }

  async thread({ who }: Asked): Promise<string> {
    const [topic] = await this.sql<{ thread: string }>(
      'thread',
      'SELECT thread FROM desk_topic WHERE resident_id = $1',
      [who.resident],
    )
    return topic?.thread ?? ''
  }

  /** What stands in the topic, the card left out. */
  async messages(asked: Asked): Promise<FakeMessage[]> {
    const thread = await this.thread(asked)
    return (this.forum.topics().find((topic) => topic.thread === thread)?.messages ?? []).filter(
      ({ text }) => text !== 'Card',
    )
  }

  async texts(asked: Asked): Promise<string[]> {
    return (await this.messages(asked)).map(({ text }) => text.replaceAll('\u00a0', ' '))
  }

  /** The message that shows the request now. */
  async message({ id, ...asked }: Asked): Promise<FakeMessage & { labels: string[] }> {
    const [row] = await this.sql<{ message: string }>(
      'shown',
      'SELECT staff_message AS message FROM request WHERE id = $1',
      [id],
    )
    const found = (await this.messages({ id, ...asked })).find((one) => one.id === row?.message)
    if (!found) throw new Error('it is not shown')
    return {
      ...found,
      text: found.text.replaceAll('\u00a0', ' '),
      labels: found.buttons.flat().map(({ label }) => label),
    }
  }

  async press(by: FakeStaff, asked: Asked, label: string): Promise<void> {
    by.press(label, { thread: await this.thread(asked) })
    await this.idle()
  }

  /** A reply to the message that shows the request, or to another one. Answers its own id. */
  async replies(by: FakeStaff, asked: Asked, said: string, to?: string): Promise<string> {
    const repliesTo = to ?? (await this.message(asked)).id
    const id = by.say(said, { thread: await this.thread(asked), repliesTo })
    await this.idle()
    return id
  }

  /** The last message whose words are so. */
  async found(asked: Asked, wish: RegExp): Promise<FakeMessage> {
    const found = (await this.messages(asked)).findLast(({ text }) => wish.test(text.replaceAll('\u00a0', ' ')))
    if (!found) throw new Error(`nothing says ${wish}`)
    return found
  }

  async state({ id }: Asked) {
    const [row] = await this.sql<{ state: string; assignedTo: string | null; promisedAt: Date | null }>(
      'state',
      'SELECT state::text, assigned_to AS "assignedTo", promised_at AS "promisedAt" FROM request WHERE id = $1',
      [id],
    )
    return row
  }

  /** What was said of it by others than the resident. */
  async lines({ id }: Asked) {
    return this.sql<{ author: string; state: string | null; body: RequestWords }>(
      'lines',
      `SELECT author, state::text, body FROM request_line WHERE request_id = $1 AND author <> 'resident' ORDER BY id`,
      [id],
    )
  }

  /** The notices for the resident: by which dialog each is told. */
  async notices({ who }: Asked): Promise<string[]> {
    const rows = await this.sql<{ dialog: string }>(
      'notices',
      `SELECT dialog FROM notice WHERE resident_id = $1 AND id LIKE 'request:%' ORDER BY due_at, id`,
      [who.resident],
    )
    return rows.map(({ dialog }) => dialog)
  }
}
