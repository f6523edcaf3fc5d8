import type { DeskWord, Words } from '../../src/desk/records.ts'
import { closeHandOff } from '../../src/desk/transitions/closeHandOff.ts'
import { type HandOff, handOffColumns } from '../../src/desk/transitions/handOff.ts'
import { hold } from '../../src/desk/transitions/hold.ts'
import { lead } from '../../src/desk/transitions/lead.ts'
import type { Outcome } from '../../src/desk/transitions/outcome.ts'
import { putBack } from '../../src/desk/transitions/putBack.ts'
import { consultantSpoke } from '../../src/desk/transitions/spoke.ts'
import { take } from '../../src/desk/transitions/take.ts'
import { addLine } from '../../src/desk/writing.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { readConfig } from '../../src/infra/config.ts'
import { inTransaction, type Sql } from '../../src/infra/database.ts'
import type { Town } from '../support/town.ts'
import type { Talk } from './talk.ts'

/** A centre with a staff forum, in which nobody is but `Olga`, who is played. */
export const withDesk = {
  CONSULTANTS_TOKEN: `1:${'x'.repeat(30)}`,
  CONSULTANTS_CHAT_ID: '-1001234567890',
  ROLES: 'telegram,vk,worker',
}

const { rules } = readConfig({})
const olga = { id: '700', name: 'Ольга Петрова', role: 'consultant' as const, mostChats: null, onShift: null }

type Who = Pick<Talk, 'chat'>

/** An act of the desk that a resident sees the outcome of. */
export const seen = (act: () => Promise<unknown>) => async (): Promise<void> => {
  await act()
}

/** What a consultant does with the hand-off of whoever talks; each act answers when his chat has been told all of it. */
export class Olga {
  constructor(private readonly town: Pick<Town, 'product' | 'fresh' | 'clock'>) {}

  async comesToWork(): Promise<void> {
    await this.town.fresh.database.pool.query(
      `INSERT INTO consultant (id, name, role, most_chats, shift_since, added_at) VALUES ($1, $2, 'consultant', 100, $3, $3)
       ON CONFLICT (id) DO UPDATE SET shift_since = excluded.shift_since`,
      [olga.id, olga.name, this.town.clock.now()],
    )
  }

  take(talk: Who) {
    return this.does(talk, (sql, handOff, now) => take(sql, { handOff, by: olga, now, rules }))
  }

  /** Taken, and his chat has not heard of it yet. */
  async takesUnheard(talk: Who): Promise<void> {
    const { fresh, clock } = this.town
    const { id: handOff } = await handOffOf(this.town, talk)
    await inTransaction(fresh.database, (sql) => take(sql, { handOff, by: olga, now: clock.now(), rules }))
  }

  close(talk: Who) {
    return this.does(talk, (sql, handOff, now) => closeHandOff(sql, { handOff, by: 'consultant', who: olga, now }))
  }

  closes(talk: Who, by: 'silence' | 'clock') {
    return this.does(talk, (sql, handOff, now) => closeHandOff(sql, { handOff, by, now }))
  }

  putBack(talk: Who) {
    return this.does(talk, (sql, handOff, now) => putBack(sql, { handOff, why: 'asked', by: olga, now, rules }))
  }

  hold(talk: Who, until: Date) {
    return this.does(talk, (sql, handOff, now) => hold(sql, { handOff, by: olga, until, now }))
  }

  lead(talk: Who, dialog: string) {
    return this.does(talk, (sql, handOff, now) => lead(sql, { handOff, by: olga, dialog, title: dialog, now, rules }))
  }

  /** Answers the line's id. */
  say(talk: Who, text: string, more: Partial<Words> & { answers?: string } = {}): Promise<string> {
    const { answers, ...words } = more
    return this.does(talk, async (sql, handOff, now) => {
      await consultantSpoke(sql, { handOff: { id: handOff }, now, rules })
      const repliesTo = answers && (await inTopic(sql, answers))
      const body: Words = {
        kind: 'words',
        text: { text, spans: [] },
        files: [],
        ...(repliesTo && { repliesTo }),
        ...words,
      }
      return addLine(sql, { handOffId: handOff, author: 'consultant', by: olga.id, body }, now)
    })
  }

  tell(talk: Who, word: DeskWord): Promise<string> {
    return this.does(talk, (sql, handOffId, now) => addLine(sql, { handOffId, author: 'desk', body: word }, now))
  }

  /** Hands over what is pending, in order, as the forwarder does. */
  async forward(): Promise<void> {
    const { product, fresh, clock } = this.town
    const { rows } = await fresh.database.pool.query<{ id: string; chat: ChatId }>(
      `SELECT l.id::text, coalesce(l.chat, h.chat) AS chat FROM desk_line l JOIN hand_off h ON h.id = l.hand_off_id
       WHERE l.state = 'pending' ORDER BY l.id`,
    )
    for (const { id: line, chat } of rows) {
      const what = { kind: 'summons', dialog: 'consultant', about: { line } } as const
      const input = { kind: 'due', timer: `desk:${line}`, what } as const
      await product.engine.handle([{ id: `desk:${line}`, chat, at: clock.now(), input }])
    }
    await product.outbox.idle()
  }

  private async does<Done extends string | Outcome>(
    talk: Who,
    act: (sql: Sql, handOff: string, now: Date) => Promise<Done>,
  ): Promise<Done> {
    const { fresh, clock } = this.town
    const { id } = await handOffOf(this.town, talk)
    const done = await inTransaction(fresh.database, (sql) => act(sql, id, clock.now()))
    if (typeof done !== 'string' && done.kind === 'refused') throw new Error(`the desk refuses: ${done.why}`)
    await this.forward()
    return done
  }
}

/** As if a line stood in the topic; answers its message there. */
async function inTopic(sql: Sql, line: string): Promise<string> {
  const message = `staff ${line}`
  await sql('staffMessage', 'UPDATE desk_line SET staff_message = $2 WHERE id = $1::bigint', [line, message])
  return message
}

type Kept = HandOff & {
  patient: boolean
  accountId: number | null
  rating: number | null
  ratingWords: string | null
  closedBy: string | null
  steps: { dialog: string; at: string; did: string }[]
}

/** The latest hand-off of whoever talks. */
export async function handOffOf({ fresh }: Pick<Town, 'fresh'>, { chat }: Who): Promise<Kept> {
  const { rows } = await fresh.database.pool.query<Kept>(
    `SELECT ${handOffColumns}, h.patient, h.account_id AS "accountId", h.rating, h.rating_words AS "ratingWords",
            h.closed_by AS "closedBy", h.steps
     FROM hand_off h JOIN conversation c ON c.resident_id = h.resident_id WHERE c.chat = $1 ORDER BY h.number DESC LIMIT 1`,
    [chat],
  )
  const [handOff] = rows
  if (!handOff) throw new Error('no hand-off')
  return handOff
}

export interface KeptLine {
  id: string
  author: string
  state: string
  body: { kind: string } & Partial<Omit<Words, 'kind'>>
  message: string | null
  answers: string | null
}

/** All that was said in it, in order. */
export async function linesOf(town: Town, talk: Talk): Promise<KeptLine[]> {
  const { id } = await handOffOf(town, talk)
  const { rows } = await town.fresh.database.pool.query<KeptLine>(
    'SELECT id::text, author, state, body, message, answers::text FROM desk_line WHERE hand_off_id = $1 ORDER BY id',
    [id],
  )
  return rows
}

/** The resident's own words among them. */
export const wordsOf = async (town: Town, talk: Talk): Promise<string[]> =>
  (await linesOf(town, talk)).flatMap(({ author, body }) => (author === 'resident' ? [body.text?.text ?? ''] : []))

/** What is posted in his topic, by kind, with the words' keys. */
export async function postsOf(town: Town, talk: Talk): Promise<string[]> {
  const { topicId } = await handOffOf(town, talk)
  const { rows } = await town.fresh.database.pool.query<{ body: { kind: string; text?: { key: string } } }>(
    'SELECT body FROM desk_post WHERE topic_id = $1 ORDER BY id',
    [topicId],
  )
  return rows.map(({ body }) => (body.text ? `${body.kind} ${body.text.key}` : body.kind))
}
