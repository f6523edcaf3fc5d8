import type { Channel, StopListening } from '../../src/engine/channel.ts'
import type { Event } from '../../src/engine/event.ts'
import { isMailing } from '../../src/engine/outgoing.ts'
import { type Log, untilDone, waited } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import { codeOf, judge } from './answers.ts'
import { type Connection, type VkApi, vkApis } from './api.ts'
import { fetchFile } from './fetchFile.ts'
import { vkLimits } from './limits.ts'
import { readMissed } from './missed.ts'
import { type Cursor, longPollServer, poll, type Server } from './poll.ts'
import { type Self, toEvent } from './receive.ts'
import { render } from './render.ts'
import { send } from './send.ts'
import { type VkUpdate, vkUpdate } from './updates.ts'

const firstContactMs = 5_000

/**
 * `cursor` keeps our place in VK's history over restarts. `startWords` are what an old client types for «Начать», in lower case.
 * `refusedPauseMs` is how long to wait when the token is refused in mid-work; 60 s when not said.
 */
export interface VkOptions extends Connection {
  log: Log
  clock: { now(): Date }
  cursor: Cursor
  startWords: readonly string[]
  refusedPauseMs?: number
}

/**
 * A VK community as a channel, by Bots Long Poll. The first `listen` fails with `CONFIG` when the token or the community is
 * refused; a network that is down, and a token that is refused after it was good, are waited for.
 */
export function vkChannel(options: VkOptions): Channel {
  const { answers: api, mailings } = vkApis(options)
  let hasListened = false
  return {
    name: 'vk',
    limits: vkLimits,
    deliver: (chat, outgoing, delivery) =>
      send(isMailing(outgoing) ? mailings : api, render(chat, outgoing), delivery, options),
    fetchFile: (ref) => fetchFile(api, options, ref),
    listen: async (onEvents) => {
      const stop = await listen(api, options, onEvents, hasListened)
      hasListened = true
      return stop
    },
  }
}

type OnEvents = (events: Event[]) => Promise<void>

async function listen(api: VkApi, options: VkOptions, onEvents: OnEvents, again: boolean): Promise<StopListening> {
  const { log, groupId, startWords, clock } = options
  const stopping = new AbortController()
  const isOn = switchOn(api, options)
  const server = again ? undefined : await firstServer(api, options, isOn)
  // Behind the work, if the network was in the way.
  isOn.catch(() => untilDone(() => switchOn(api, options), { signal: stopping.signal, failed: () => {} }))
  const self: Self = { groupId, startWords }
  const answered = new Set<string>()
  const hand = async (events: Event[]) => {
    if (events.length > 0) await onEvents(events)
  }
  const ended = poll({
    ...options,
    ...(server && { server }),
    api,
    signal: stopping.signal,
    take: async (raw) => {
      const updates = raw.flatMap((update) => understood(update, log))
      answerPresses(api, updates, answered, log)
      const events = updates.flatMap((update) => toEvent(update, self, clock.now()) ?? [])
      await hand(events)
      answered.clear()
      return events.length > 0
    },
    takeMissed: async (since) => hand(await readMissed(api, self, since, log)),
  })
  return () => {
    stopping.abort()
    return ended
  }
}

/**
 * The first contact, so that a wrong setting stops the start: where to listen, as soon as that is known. A network that is slow
 * or down does not keep us from listening.
 */
async function firstServer(api: VkApi, { groupId, log }: VkOptions, isOn: Promise<void>): Promise<Server | undefined> {
  const enough = new AbortController()
  const late = waited(firstContactMs, enough.signal).then((isLate) => {
    if (isLate) log.warn({ waitMs: firstContactMs }, 'VK does not answer yet')
    return undefined
  })
  const contact = isOn.catch(() => {}).then(() => longPollServer(api, groupId))
  try {
    return await Promise.race([contact, late])
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONFIG') throw error
    log.warn({ code: codeOf(error) }, 'VK does not answer yet')
    return undefined
  } finally {
    enough.abort()
  }
}

/**
 * Only the kinds of events that are switched on in the community arrive. The community's other switches stay as they are.
 * Fails when it is worth another try.
 */
async function switchOn(api: VkApi, { groupId, log }: VkOptions): Promise<void> {
  const kinds = Object.fromEntries(kindsWeRead.map((kind) => [kind, 1]))
  const params = { group_id: groupId, enabled: 1, api_version: '5.199', ...kinds }
  const method = 'groups.setLongPollSettings'
  try {
    await api.call(method, params)
  } catch (error) {
    if (judge(error, method, params).kind === 'failed') throw error
    log.warn({ code: codeOf(error) }, "the community's events are not switched on by us: check them in its settings")
  }
}

const kindsWeRead: readonly string[] = vkUpdate.options.map((option) => option.shape.type.value)

/** VK tells of every message of ours as well; they are many, and known before they are read. */
function isOwnMessage(update: unknown): boolean {
  if (typeof update !== 'object' || update === null || !('type' in update) || !('object' in update)) return false
  const { type, object } = update
  return type === 'message_reply' && typeof object === 'object' && object !== null && !('admin_author_id' in object)
}

/** Kinds that are not ours are passed over; one of ours that looks unlike VK's documents is told, without what it says. */
function understood(update: unknown, log: Log): VkUpdate[] {
  if (isOwnMessage(update)) return []
  const read = vkUpdate.safeParse(update)
  if (read.success) return [read.data]
  const type = typeof update === 'object' && update !== null && 'type' in update ? String(update.type) : 'none'
  if (kindsWeRead.includes(type)) {
    log.error(
      { type, at: read.error.issues.map((issue) => issue.path.join('.')).join(', ') },
      'an update is not understood',
    )
  }
  return []
}

/** At once and once, so that the button stops turning; nobody waits for it, and an answer that comes too late is no loss. */
function answerPresses(api: VkApi, updates: VkUpdate[], answered: Set<string>, log: Log): void {
  for (const update of updates) {
    if (update.type !== 'message_event' || answered.has(update.object.event_id)) continue
    const { event_id, user_id, peer_id } = update.object
    answered.add(event_id)
    api.call('messages.sendMessageEventAnswer', { event_id, user_id, peer_id }).catch((error: unknown) => {
      log.info({ code: codeOf(error) }, 'a press is not answered')
    })
  }
}
