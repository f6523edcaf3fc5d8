import { dialogs as ours } from '../../src/dialogs/index.ts'
import type { Rules } from '../../src/domain/rules.ts'
import { effectRunner, mayShare, type RunEffect } from '../../src/effects/registry.ts'
import type { ChatId, Event, Input } from '../../src/engine/event.ts'
import { createEngine, type Engine } from '../../src/engine/handle.ts'
import { Outbox } from '../../src/engine/outbox.ts'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import { newState } from '../../src/engine/state.ts'
import type { Dialogs } from '../../src/engine/turn.ts'
import { openFileStore } from '../../src/files/store.ts'
import { type Clock, systemClock } from '../../src/infra/clock.ts'
import { readConfig } from '../../src/infra/config.ts'
import { type Database, sqlOn } from '../../src/infra/database.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { createQueries, type Queries } from '../../src/queries/registry.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { noon } from '../support/town.ts'
import type { Flat } from './ground.ts'

/** The engine without messengers: events are handed to it, and what it would show is read from the outbox. */
export interface BareEngine {
  engine: Engine
  /** The next event of a chat. */
  event(chat: ChatId, input: Input): Event
  /** A press of the button with this label on the latest screen that was to be shown. */
  press(chat: ChatId, label: string): Promise<Event>
  close(): Promise<void>
}

/** `around` may come before, between or after what an effect or a read does. */
export interface Around {
  effects?(run: RunEffect): RunEffect
  queries?(queries: Queries): Queries
}

const config = readConfig({})
const words = openWords(config.rules.timeZone)
const atNoon = testClock(noon)
let events = 0

/** As many as wanted may work on one database. */
export function bareEngine(
  database: Database,
  {
    dialogs = ours,
    around = {},
    clock = atNoon,
    rules = config.rules,
  }: { dialogs?: Dialogs; around?: Around; clock?: Clock; rules?: Rules } = {},
): BareEngine {
  const log = openLogger({ level: 'silent' })
  const sql = sqlOn(database)
  // Nothing is sent from here.
  const files = { ...openFileStore(database), ready: async (outgoing: Outgoing) => ({ outgoing, drawn: new Map() }) }
  const outbox = new Outbox({ sql, channels: new Map(), clock, log, files })
  const { linkLimits: limits } = config
  const run = effectRunner({ clock, rules, words, limits, hashKey, log })
  const queries = createQueries(sql)
  const engine = createEngine({
    ...{ database, clock, log, rules, words, dialogs, outbox },
    queries: () => around.queries?.(queries) ?? queries,
    queriesIn: (sql) => createQueries(sql),
    runEffect: around.effects?.(run) ?? run,
    mayShare,
    onLater: () => {},
  })
  const event = (chat: ChatId, input: Input): Event => ({ id: `test:${++events}`, chat, at: clock.now(), input })
  return {
    engine,
    event,
    async press(chat, label) {
      const buttons = (await shown(database, chat)).at(-1)?.buttons.flat() ?? []
      const button = buttons.find((one) => one.label === label)
      if (!button) throw new Error(`no button «${label}»; there are: ${buttons.map((one) => one.label).join(' · ')}`)
      return event(chat, { kind: 'choice', token: button.token, message: '1' })
    },
    async close() {
      await engine.idle()
    },
  }
}

/** What was to be shown in a chat, the oldest first. */
export async function shown({ pool }: Database, chat: ChatId): Promise<(Outgoing & { kind: 'show' })[]> {
  const { rows } = await pool.query<{ body: Outgoing }>(
    'SELECT body FROM outbox WHERE chat = $1 ORDER BY revision, ordinal',
    [chat],
  )
  return rows.flatMap(({ body }) => (body.kind === 'show' ? [body] : []))
}

/** A resident who has consented, with linked flats, at the menu of a chat never shown anything. */
export async function settleIn(
  { prisma }: Database,
  chat: ChatId,
  flats: Pick<Flat, 'accountId'>[],
  state: unknown = newState(),
): Promise<void> {
  const now = atNoon.now()
  const residentId = systemClock.id()
  await prisma.resident.create({
    data: {
      id: residentId,
      createdAt: now,
      consents: { create: { id: systemClock.id(), version: 1, textHash: '', messenger: 'telegram', givenAt: now } },
      links: {
        create: flats.map(({ accountId }) => ({
          id: systemClock.id(),
          accountId,
          proof: 'address',
          chat,
          linkedAt: now,
        })),
      },
    },
  })
  await prisma.conversation.create({
    data: { chat, revision: 1, state: JSON.parse(JSON.stringify(state)), residentId, updatedAt: now },
  })
}
