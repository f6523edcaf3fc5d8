import { createHash } from 'node:crypto'
import { nextMomentWithin } from '../domain/hours.ts'
import { localDateOf } from '../domain/localDate.ts'
import type { Rules } from '../domain/rules.ts'
import { backOffMs, waited } from '../infra/backOff.ts'
import { isConflict, isDatabaseDown, sqlOn } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import type { Logger } from '../infra/logger.ts'
import { point } from '../infra/points.ts'
import { inGroups } from '../infra/together.ts'
import type { Queries } from '../queries/registry.ts'
import { advance } from './advance.ts'
import { answered } from './answered.ts'
import { type ChatId, type Event, movesNothing } from './event.ts'
import { InOrder } from './inOrder.ts'
import type { Outbox } from './outbox.ts'
import type { Outgoing } from './outgoing.ts'
import { sanitized } from './sanitize.ts'
import { generationIn, newState, readState } from './state.ts'
import {
  chatsDeferred,
  defer,
  deferredOf,
  type Loaded,
  load,
  type Save,
  type Saved,
  Stale,
  save,
  undefer,
} from './store.ts'
import { text, type Words } from './text.ts'
import { type Advanced, type Dialogs, generationOf, type Moved, type NoticeHeard, type Turn } from './turn.ts'
import { Apart, committerOfEffects, type EffectDeps, type WithEffect } from './withEffects.ts'

export interface EngineDeps extends EffectDeps {
  log: Logger
  rules: Rules
  words: Words
  dialogs: Dialogs
  outbox: Outbox
  /** One turn's reads, on the pool, grouped with those of all turns under way. */
  queries(): Queries
  /** Told that a committed turn may have left something for later, a timer or a file to fetch, and when it is due. */
  onLater(due: Date): void
}

export interface Engine {
  /**
   * Takes events; answers when all of them are committed. Safe to call again with the same events.
   * Fails with `DATABASE_DOWN` when PostgreSQL does not answer: nothing that failed has happened, hand them over again.
   */
  handle(events: Event[]): Promise<void>
  /** Takes up events that wait for this release. */
  takeDeferred(): Promise<void>
  /** Answers when no turn is under way. */
  idle(): Promise<void>
}

const never = new AbortController().signal

export function createEngine(deps: EngineDeps): Engine {
  const { database, outbox, clock, log } = deps
  const poolSql = sqlOn(database)
  const loaded = inGroups((wanted: readonly { event: string; chat: ChatId }[]) => load(poolSql, wanted))
  const saved = inGroups(async (turns: readonly Save[]): Promise<(Saved | Stale)[]> => {
    const done = new Map((await save(poolSql, turns, clock.now())).map((one) => [one.chat, one]))
    return turns.map(({ chat }) => done.get(chat) ?? new Stale())
  })
  const committedEffects = committerOfEffects(deps)
  const inOrder = new InOrder()

  async function take(event: Event): Promise<void> {
    let apart = false
    for (let tries = 1; ; tries++) {
      try {
        return await turn(event, apart)
      } catch (error) {
        apart ||= error instanceof Apart
        if (error instanceof Stale || error instanceof Apart) continue
        if (isConflict(error)) {
          await waited(backOffMs(tries) / 10, never)
          continue
        }
        if (isDatabaseDown(error)) throw new AppError('DATABASE_DOWN', { retry: 1000, cause: error })
        throw error
      }
    }
  }

  async function turn(event: Event, apart: boolean): Promise<void> {
    const present = await loaded({ event: event.id, chat: event.chat })
    if (!present.deferred) return void (await attempt(event, present, apart))
    const waiting = await deferredOf(poolSql, event.chat)
    const inTurn = waiting.some(({ id }) => id === event.id) ? waiting : [...waiting, event]
    for (const next of inTurn) {
      if (!(await attempt(next, await loaded({ event: next.id, chat: next.chat }), apart))) return defer(poolSql, event)
    }
  }

  /** One turn. False when it belongs to a newer release. */
  async function attempt(event: Event, loaded: Loaded, apart: boolean): Promise<boolean> {
    if (loaded.seen) {
      if (loaded.deferred) await undefer(poolSql, event.id)
      return true
    }
    const from = turnFrom(event, loaded)
    try {
      const came = await cameOf(from, loaded)
      point('turn.advanced')
      if (came.kind === 'newer') await defer(poolSql, event)
      else if (came.kind === 'effect') await withEffect(from, came, loaded, apart)
      else await commit(saveOf(from, came, loaded))
      return came.kind !== 'newer'
    } catch (error) {
      if (error instanceof Stale || error instanceof Apart || isConflict(error) || isDatabaseDown(error)) throw error
      log.error({ err: error, event: hashed(event.id), input: event.input.kind }, 'a turn failed')
      await commit(saveOf(from, await afterFailure(from), loaded))
      return true
    }
  }

  function cameOf(from: Turn, { blocked, state }: Loaded): Promise<Advanced> | Advanced {
    if (from.trouble && generationIn(state) > generationOf(deps.dialogs)) return { kind: 'newer' }
    const { input } = from.event
    // Whether a person's words reach a resident who has stopped us is for the platform to say.
    const isVain = blocked && input.kind === 'due' && input.what.kind !== 'summons'
    return isVain ? nothingShown(from) : advance(from)
  }

  async function commit(turned: Save): Promise<void> {
    committed(await saved(turned), turned)
  }

  async function withEffect(from: Turn, came: WithEffect['came'], loaded: Loaded, apart: boolean): Promise<void> {
    const done = await committedEffects({ from, came, saveOf: (next) => saveOf(from, next, loaded) }, apart)
    committed(done.saved, done.turned, done.hasLater)
  }

  function committed(saved: Saved, turned: Save, hasLater = false): void {
    point('turn.committed')
    outbox.accept(saved, turned)
    if (hasLater) deps.onLater(clock.now())
    else if (turned.reminder) deps.onLater(turned.reminder.due)
  }

  function turnFrom(event: Event, loaded: Loaded): Turn {
    const now = clock.now()
    const state = loaded.revision === 0 ? newState(event.chatFacts?.language) : readState(loaded.state)
    return {
      event,
      state: state ?? newState(event.chatFacts?.language),
      trouble: state ? undefined : 'errors.lostPlace',
      revision: loaded.revision + 1,
      now,
      today: localDateOf(now, deps.rules.timeZone),
      rules: deps.rules,
      words: deps.words,
      dialogs: deps.dialogs,
      resident: loaded.resident,
      queries: deps.queries(),
    }
  }

  /** Nothing of the failed turn was saved: says so at the menu, or, when even that fails, in one line. */
  async function afterFailure(from: Turn): Promise<Moved> {
    const language = from.state.language
    try {
      const came = await advance({ ...from, trouble: 'errors.failed' })
      if (came.kind === 'moved') return came
    } catch (error) {
      if (isDatabaseDown(error)) throw error
    }
    const said = deps.words.rich(language, text('errors.failed'))
    const outgoing: Outgoing[] = [{ kind: 'show', text: said, buttons: [], files: [] }]
    return { ...nothingShown(from), state: newState(language), outgoing }
  }

  function saveOf({ event, revision, now, state: before }: Turn, moved: Moved, loaded: Loaded): Save {
    const { outgoing, reminder } = moved
    const { input } = event
    const { state, notices } = answered({ input, before, after: moved.state, now }, noticesOf(event, moved))
    const due = reminder && new Date(now.getTime() + reminder.afterMinutes * 60_000)
    return {
      event: event.id,
      chat: event.chat,
      revision,
      state,
      outgoing: isMailing(event) ? outgoing.map(asMailing) : outgoing,
      blocked: event.input.kind === 'blocked' || (loaded.blocked && event.input.kind === 'due'),
      deferred: loaded.deferred,
      timer: event.input.kind === 'due' ? event.input.timer : undefined,
      notices,
      reminder: due && {
        due: nextMomentWithin(due, deps.rules.mailingHours, deps.rules.timeZone),
        stamp: reminder.stamp,
      },
    }
  }

  return {
    async handle(events) {
      const chats = new Map<ChatId, Event[]>()
      const turns = events.filter((event) => !movesNothing(event)).map(sanitized)
      for (const event of turns) chats.set(event.chat, [...(chats.get(event.chat) ?? []), event])
      const taken = [...chats].map(([chat, own]) =>
        inOrder.run(chat, async () => {
          for (const event of own) await take(event)
        }),
      )
      const failed = (await Promise.allSettled(taken)).find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
    },
    async takeDeferred() {
      for (const chat of await chatsDeferred(poolSql)) await this.handle(await deferredOf(poolSql, chat))
    },
    idle: () => inOrder.idle(),
  }
}

/** What a turn has not heard of its own notice is told in another chat. */
function noticesOf(event: Event, { notices = [] }: Moved): readonly NoticeHeard[] {
  const own = noticeIn(event)
  const isHeard = own === undefined || notices.some(({ id }) => id === own)
  return isHeard ? notices : [...notices, { id: own, state: 'planned' }]
}

const isMailing = ({ input }: Event): boolean =>
  input.kind === 'due' && input.what.kind === 'news' && input.what.mailing === true

const asMailing = (one: Outgoing): Outgoing => (one.kind === 'show' ? { ...one, mailing: true } : one)

const noticeIn = ({ input }: Event): string | undefined =>
  input.kind === 'due' && input.what.kind === 'news' ? input.what.notice : undefined

const nothingShown = ({ state }: Turn): Moved => ({ kind: 'moved', state, outgoing: [], reminder: undefined })

/** VK's events are named after the person: a log line tells them apart without naming anybody. */
const hashed = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 12)
