import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { StaffAnswer, StaffEvent, StaffInput } from '../../src/desk/channel.ts'
import { deskHandler } from '../../src/desk/handle.ts'
import type { InboundFile } from '../../src/engine/event.ts'
import type { Text } from '../../src/engine/text.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { hoursReader } from '../../src/queries/workingHours.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { noon } from '../support/town.ts'
import { forum, type Staff, staffOf, type Waiting } from './staff.ts'

const { rules } = readConfig({ DATABASE_URL: 'postgres://x', HASH_KEY: hashKey })
const words = openWords(rules.timeZone)

export const photo: InboundFile = { kind: 'photo', ref: 'f1', name: 'p.jpg' }

/** Somebody in the forum: what he does is in the topic of the room's resident unless another `thread` is named; `null` is the general topic. */
export interface Person {
  id: string
  name: string
  does(input: StaffInput, more?: { thread?: string | null; event?: string }): Promise<StaffAnswer>
  /** Answers the message's id. */
  says(said: string, more?: { thread?: string | null; repliesTo?: string }): Promise<string>
  presses(token: string): Promise<StaffAnswer>
}

export interface SaidPost {
  kind: string
  text?: Text
  buttons?: { label: string; token: string }[][]
  repliesTo?: string
  mentions?: string[]
}

type Said = SaidPost & { key: string; whole: string; links: string[] }
type Line = Awaited<ReturnType<Staff['lines']>>[number]

/** A staff forum in a database of its own, with a resident who waits, anew for each test; nobody else is on shift then. */
export class Room {
  readonly clock: TestClock = testClock(noon)
  readonly rights: { forum: string; may: boolean }[] = []
  changes = 0
  private next = 900
  private fresh: FreshDatabase | undefined
  private present: { staff: Staff; he: Waiting } | undefined
  private handle: (event: StaffEvent) => Promise<StaffAnswer> = async () => ({})

  constructor() {
    beforeAll(async () => {
      this.fresh = await freshDatabase()
      const { database } = this.fresh
      const staff = staffOf(database, this.clock)
      this.present = { staff, he: await staff.waiting() }
      this.handle = deskHandler({
        ...{ database, clock: this.clock, rules, words },
        hours: hoursReader(staff.sql, rules),
        linkTo: ({ forum: of, thread }, message) => `https://forum.example/${of}/${thread}/${message ?? ''}`,
        log: { info() {}, warn() {} },
        changed: () => {
          this.changes += 1
        },
        rights: (of, may) => this.rights.push({ forum: of, may }),
      })
    })
    afterAll(() => this.fresh?.drop())
    beforeEach(async () => {
      this.clock.set(noon)
      await this.staff.sql('clear.shift', 'UPDATE consultant SET shift_since = NULL', [])
      await this.staff.sql('clear.queue', `UPDATE hand_off SET state = 'closed', closed_at = $1`, [this.clock.now()])
      await this.another()
    })
  }

  get staff(): Staff {
    return this.here().staff
  }

  get he(): Waiting {
    return this.here().he
  }

  /** Another resident waits, who is the room's now. */
  async another(): Promise<Waiting> {
    const he = await this.staff.waiting()
    this.present = { staff: this.staff, he }
    return he
  }

  person(id: string, name: string, isAnonymous?: true): Person {
    const does: Person['does'] = (input, { thread = this.he.thread, event = `desk:${this.next++}` } = {}) =>
      this.handle({
        id: event,
        at: this.clock.now(),
        place: { forum, ...(thread !== null && { thread }) },
        by: { id, name, ...(isAnonymous && { isAnonymous }) },
        input,
      })
    return {
      ...{ id, name, does },
      says: async (said, { repliesTo, ...more } = {}) => {
        const message = String(this.next++)
        const replying = repliesTo === undefined ? {} : { repliesTo }
        await does({ kind: 'text', text: { text: said, spans: [] }, message, ...replying }, more)
        return message
      },
      presses: (token) => does({ kind: 'press', token, message: '1' }),
    }
  }

  async consultant(name: string, more: Parameters<Staff['consultant']>[1] = {}): Promise<Person> {
    return this.person(await this.staff.consultant(String(this.next++), { name, ...more }), name)
  }

  supervisor(): Promise<Person> {
    return this.consultant('Главная', { role: 'supervisor' })
  }

  /** A consultant who has taken the room's resident. */
  async holder(name: string, more: Parameters<Staff['consultant']>[1] = {}): Promise<Person> {
    const one = await this.consultant(name, more)
    expect(await one.presses(`take:${this.he.id}`)).not.toHaveProperty('alert')
    return one
  }

  handOff() {
    return this.staff.handOff(this.he.id)
  }

  async posts(): Promise<SaidPost[]> {
    return (await this.staff.posts(this.he.topicId)) as unknown as SaidPost[]
  }

  /** The last thing the desk has said in the topic. */
  async lastSaid(): Promise<Said> {
    return inWords((await this.posts()).findLast(({ kind }) => kind === 'say'))
  }

  async lastInGeneral(): Promise<Said> {
    const [row] = await this.staff.sql<{ body: SaidPost }>(
      'general',
      'SELECT body FROM desk_post WHERE forum = $1 ORDER BY id DESC LIMIT 1',
      [forum],
    )
    return inWords(row?.body)
  }

  async allPosts(): Promise<number> {
    return (await this.staff.sql('posts.all', 'SELECT 1 FROM desk_post', [])).length
  }

  toHim(): Promise<Line[]> {
    return this.linesOf('consultant')
  }

  notes(): Promise<Line[]> {
    return this.linesOf('note')
  }

  private async linesOf(author: string): Promise<Line[]> {
    return (await this.staff.lines(this.he.id)).filter((line) => line.author === author)
  }

  private here() {
    if (!this.present) throw new Error('not open yet')
    return this.present
  }
}

export const russian = (key: string): string => words.plain('ru', { key })

function inWords(post: SaidPost | undefined): Said {
  if (!post?.text) throw new Error('nothing was said')
  const { text: whole, spans } = words.rich('ru', post.text)
  const links = spans.flatMap((span) => (span.style === 'link' ? [span.url] : []))
  return { ...post, key: post.text.key, whole, links }
}

export { forum }
