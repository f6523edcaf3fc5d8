import { z } from 'zod'
import { backOffMs, type Log, untilDone, waited } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import type { Http } from '../../src/infra/http.ts'
import { codeOf, isTokenRefused, judge } from './answers.ts'
import type { VkApi } from './api.ts'

const pollSeconds = 25
const marginMs = 5 * 60_000
const savedAtLeastEveryMs = 30_000
/** The engine remembers for a week what it has seen; what is read back must lie well within. */
const longestGapMs = 3 * 24 * 3600_000

/** Where we stand in VK's history, and when that was last saved. */
interface Position {
  ts: string
  at: Date
}

export interface Cursor {
  load(): Promise<string | undefined>
  save(value: string): Promise<void>
}

export interface Poll {
  api: VkApi
  http: Http
  groupId: number
  log: Log
  clock: { now(): Date }
  cursor: Cursor
  /** Asked for before: without a saved place, listening begins where this was given out. */
  server?: Server
  signal: AbortSignal
  /** Takes a batch of raw updates, and answers whether any was for us; until it has answered without an error the same batch is handed over again. */
  take(updates: unknown[]): Promise<boolean>
  /** Takes what was written since a moment, read back from the conversations. */
  takeMissed(since: Date): Promise<void>
  refusedPauseMs?: number
}

/**
 * Asks Bots Long Poll for updates until the signal comes. `ts` is saved only after its batch was taken, and is gone on from at
 * the next start. `failed` 2 (key ran out) asks for a new key and keeps `ts`; 1 and 3 (history lost) take the new `ts` first and
 * then read back what was missed, so that nothing falls between. Faults of the network and a refused token are waited out.
 */
export async function poll(options: Poll): Promise<void> {
  const { signal, clock, log, refusedPauseMs = 60_000 } = options
  const loaded = await patiently(options, 'where we stopped is not known yet', async () =>
    readPosition(await options.cursor.load(), clock.now()),
  )
  let position = loaded?.result
  let { server } = options
  for (let failures = 0; !signal.aborted; ) {
    try {
      server ??= await longPollServer(options.api, options.groupId)
      position ??= await moved(options, server.ts)
      const answer = await ask(options.http, server, position.ts, signal)
      if ('updates' in answer) {
        position = await taken(options, position, answer)
      } else if (answer.failed === 2) {
        server = undefined
      } else {
        if (answer.failed !== 1) server = await longPollServer(options.api, options.groupId)
        position = await caughtUp(options, position, answer.failed === 1 && answer.ts ? answer.ts : server.ts)
      }
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      const isRefused = error instanceof AppError && error.code === 'CONFIG'
      const waitMs = isRefused ? refusedPauseMs : backOffMs(++failures)
      if (isRefused) log.error({ ...error.facts, waitMs }, error.message)
      else log.warn({ waitMs, code: codeOf(error) }, 'VK does not tell what is new')
      server = undefined
      await waited(waitMs, signal)
    }
  }
}

export interface Server {
  server: string
  key: string
  ts: string
}

const text = z.union([z.string(), z.number()]).transform(String)
const serverAnswer = z.object({ server: z.string(), key: z.string(), ts: text })

/** VK refuses a token by 5 or 27, a community that is not the token's by 15 or 100. */
export async function longPollServer(api: VkApi, group_id: number): Promise<Server> {
  const method = 'groups.getLongPollServer'
  try {
    return serverAnswer.parse(await api.call(method, { group_id }))
  } catch (error) {
    if (!isTokenRefused(error) && judge(error, method, {}).kind !== 'refused') throw error
    const facts = { code: codeOf(error) }
    throw new AppError('CONFIG', { message: 'VK_TOKEN or VK_GROUP_ID is refused by VK', facts })
  }
}

const batch = z.object({ ts: text, updates: z.array(z.unknown()) })
const pollAnswer = z.union([batch, z.object({ failed: z.number(), ts: text.optional() })])
type PollAnswer = z.infer<typeof pollAnswer>

async function ask(http: Http, { server, key }: Server, ts: string, signal: AbortSignal): Promise<PollAnswer> {
  const { origin, pathname } = new URL(server)
  const query = new URLSearchParams({ act: 'a_check', key, ts, wait: String(pollSeconds) })
  const timeoutMs = (pollSeconds + 15) * 1000
  const { body } = await http.dispatcher.request({
    origin,
    path: `${pathname}?${query}`,
    method: 'GET',
    signal,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  return pollAnswer.parse(JSON.parse(await body.text()))
}

/**
 * A batch handed over, and its `ts` saved: either both, or all of it again. Where all of it was our own words, which come back by the hundred while we
 * mail, it is enough to save it now and then.
 */
async function taken(options: Poll, position: Position, { ts, updates }: z.infer<typeof batch>) {
  if (updates.length === 0 && ts === position.ts) return position
  const done = await patiently(options, 'updates were not taken and are handed over again', async () => {
    const isForUs = updates.length > 0 && (await options.take(updates))
    const isDue = options.clock.now().getTime() - position.at.getTime() > savedAtLeastEveryMs
    return isForUs || isDue ? moved(options, ts) : { ...position, ts }
  })
  return done?.result ?? position
}

async function caughtUp(options: Poll, position: Position, newTs: string): Promise<Position> {
  const earliest = options.clock.now().getTime() - longestGapMs
  const since = new Date(Math.max(position.at.getTime() - marginMs, earliest))
  const done = await patiently(options, 'what was missed is not read back yet', async () => {
    await options.takeMissed(since)
    return moved(options, newTs)
  })
  return done?.result ?? position
}

async function moved({ cursor, clock }: Poll, ts: string): Promise<Position> {
  const at = clock.now()
  await cursor.save(JSON.stringify({ ts, at }))
  return { ts, at }
}

function readPosition(saved: string | undefined, now: Date): Position | undefined {
  if (saved === undefined) return undefined
  const { ts, at } = z.object({ ts: z.string(), at: z.coerce.date().default(now) }).parse(JSON.parse(saved))
  return { ts, at }
}

const patiently = <T>({ signal, log }: Poll, message: string, work: () => Promise<T>) =>
  untilDone(work, { signal, failed: (error, waitMs) => log.error({ waitMs, code: codeOf(error) }, message) })
