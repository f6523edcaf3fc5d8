import type { EffectCall, RunEffect } from '../effects/registry.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction, isDatabaseDown, type Sql } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import { inGroups } from '../infra/together.ts'
import type { Queries } from '../queries/registry.ts'
import { load, type Save, type Saved, Stale, save } from './store.ts'
import type { Advanced, Moved, Turn } from './turn.ts'

export interface EffectDeps {
  database: Database
  clock: Clock
  /** One turn's reads, bound to a transaction. */
  queriesIn(sql: Sql): Queries
  runEffect: RunEffect
  /** Whether an effect may share a transaction with those of other turns. */
  mayShare(call: EffectCall): boolean
}

/** A turn that has come to an effect. */
export interface WithEffect {
  from: Turn
  came: Extract<Advanced, { kind: 'effect' }>
  saveOf(moved: Moved): Save
}

export interface Done {
  saved: Saved
  turned: Save
  /** The effects may have left something for later. */
  hasLater: boolean
}

/** In a shared transaction nobody waits longer for another's lock: those he would hold up are done without him. */
const sharedLockMs = 50

/** Something went wrong in a shared transaction: nothing was saved, each of its turns is computed again for one of its own. */
export class Apart extends Error {}

/**
 * Commits turns with effects: each effect, what comes next and the guarded save are one transaction, or nothing. Those that may share
 * one do so with all that come at the same time, unless they are to be `apart`.
 */
export function committerOfEffects({ database, clock, queriesIn, runEffect, mayShare }: EffectDeps) {
  async function commit(turns: readonly WithEffect[]): Promise<Done[]> {
    const isShared = turns.length > 1
    return inTransaction(
      database,
      async (sql) => {
        const turned = await Promise.all(turns.map((turn) => moved(sql, turn, isShared)))
        const saved = await save(
          sql,
          turned.map(({ turned }) => turned),
          clock.now(),
        )
        point('turn.saved')
        return turned.map((one) => {
          const own = saved.find(({ chat }) => chat === one.turned.chat)
          if (!own) throw new Stale()
          return { ...one, saved: own }
        })
      },
      isShared ? sharedLockMs : undefined,
    )
  }

  async function moved(sql: Sql, { from, came, saveOf }: WithEffect, isShared: boolean): Promise<Omit<Done, 'saved'>> {
    const { event, revision, now, today } = from
    const turn = { chat: event.chat, revision, now, today }
    let { resident } = from
    let hasLater = false
    let next: Advanced = came
    while (next.kind === 'effect') {
      if (isShared && !mayShare(next.call)) throw new Error('what comes next wants a transaction of its own')
      const done = await runEffect(next.call, { ...turn, sql, resident: resident?.id })
      hasLater ||= done.hasLater
      point('turn.effect')
      if (done.factsChanged) resident = (await load(sql, [{ event: event.id, chat: event.chat }]))[0]?.resident
      next = await next.resume(done.outcome, { resident, queries: queriesIn(sql) })
    }
    if (next.kind === 'newer') throw new Error('an effect cannot lead to a newer place')
    return { turned: saveOf(next), hasLater }
  }

  const shared = inGroups(async (turns: readonly WithEffect[]): Promise<(Done | Apart)[]> => {
    try {
      return await commit(turns)
    } catch (error) {
      if (turns.length === 1 || isDatabaseDown(error)) throw error
      return turns.map(() => new Apart())
    }
  })
  return async (turn: WithEffect, apart: boolean): Promise<Done> => {
    if (!apart && mayShare(turn.came.call)) return shared(turn)
    const [done] = await commit([turn])
    if (!done) throw new Error('a turn is committed or fails')
    return done
  }
}
