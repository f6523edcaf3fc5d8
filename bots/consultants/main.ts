import { TelegramError } from 'telegraf'
import type { Update } from 'telegraf/types'
import type { DeskChannel, StaffAnswer, StaffEvent } from '../../src/desk/channel.ts'
import { type Log, untilDone } from '../../src/infra/backOff.ts'
import { judge } from './answers.ts'
import { type Ask, botApi, type Connection } from './api.ts'
import { fetchFile } from './fetchFile.ts'
import { Gates } from './gates.ts'
import { albumPieces, forumLimits, toastLength } from './limits.ts'
import { edit, mark, pin, typing } from './messages.ts'
import { codeOf, isTokenRefused, poll, tokenRefused } from './poll.ts'
import { type Self, toStaffEvent } from './receive.ts'
import { render, shortened } from './render.ts'
import { send } from './send.ts'
import { changeTopic, linkTo, openTopic, renameTopic } from './topics.ts'

const firstContactMs = 5_000
const minuteMs = 60_000

/**
 * `commands` are offered in the forums, in the staff's language. `messagesPerMinute` bounds what is posted in one forum; `windowMs` is how
 * long that minute is. `refusedPauseMs` is how long to wait when the token is refused in mid-work; 60 s when not said.
 */
export interface ForumOptions extends Connection {
  log: Log
  clock: { now(): Date }
  forums: readonly string[]
  messagesPerMinute: number
  windowMs?: number
  commands: { command: string; description: string }[]
  refusedPauseMs?: number
}

/** Telegram's forum supergroups as the staff forum, by long polling. What happens in other chats is no event. */
export function staffForums(options: ForumOptions): DeskChannel {
  const { log, forums, messagesPerMinute, windowMs = minuteMs } = options
  const plain = botApi(options)
  const gates = new Gates(messagesPerMinute, windowMs)
  const ask = gates.before(plain)
  const self: Self = { botId: Number(options.token.split(':')[0]), forums }
  const pieces = Math.min(albumPieces, messagesPerMinute)
  let hasListened = false
  return {
    limits: forumLimits,
    linkTo,
    openTopic: (forum, title) => openTopic(ask, forum, title),
    renameTopic: (place, title) => renameTopic(ask, place, title),
    closeTopic: (place) => changeTopic(ask, place, 'closeForumTopic'),
    reopenTopic: (place) => changeTopic(ask, place, 'reopenForumTopic'),
    deleteTopic: (place) => changeTopic(ask, place, 'deleteForumTopic'),
    post: (place, message, open, progress = { done: 0, shown: async () => {} }) =>
      send(render(place, message), message.buttons.length === 0, progress, { ask, log, open, albumPieces: pieces }),
    edit: (place, message, now) => edit(ask, place, message, now, log),
    pin: (place, message) => pin(ask, place, message),
    mark: (place, message) => mark(ask, place, message, log),
    typing: (place) => typing(ask, place),
    fetchFile: (ref) => fetchFile(ask, options, ref),
    listen: async (onEvent) => {
      const stop = await listen(plain, options, self, onEvent, hasListened)
      hasListened = true
      gates.open()
      return () => {
        gates.close()
        return stop()
      }
    },
  }
}

async function listen(
  ask: Ask,
  options: ForumOptions,
  self: Self,
  onEvent: (event: StaffEvent) => Promise<StaffAnswer>,
  again: boolean,
): Promise<() => Promise<void>> {
  const { log, clock, refusedPauseMs = 60_000 } = options
  const stopping = new AbortController()
  const { signal } = stopping
  if (!again) await meet(ask, self, log)
  const introduced = introduce(ask, options, self, signal)
  const take = async (update: Update) => {
    const event = toStaffEvent(update, self, clock.now())
    const answer = event ? await onEvent(event) : {}
    if ('callback_query' in update) answerPress(ask, update.callback_query.id, answer, log)
    // Whoever lets us in anew has not seen the commands yet.
    if (event?.input.kind === 'rights' && event.input.may)
      setCommands(ask, options, event.place.forum, signal).catch(() => {})
  }
  const ended = poll({ ask, log, signal, take, refusedPauseMs })
  return () => {
    stopping.abort()
    return Promise.all([ended, introduced]).then(() => {})
  }
}

/** The first contact, so that a wrong token stops the start. A network that is slow or down does not keep us from listening. */
async function meet(ask: Ask, self: Self, log: Log): Promise<void> {
  try {
    self.username = (await ask('getMe', {}, AbortSignal.timeout(firstContactMs))).username
  } catch (error) {
    if (isTokenRefused(error)) throw tokenRefused(error)
    log.warn({ code: codeOf(error) }, 'Telegram does not answer the staff’s bot yet')
  }
}

/** Learns the name by which commands are meant for us and sets the commands, behind the work and until both are done. */
function introduce(ask: Ask, options: ForumOptions, self: Self, signal: AbortSignal): Promise<unknown> {
  const once = async () => {
    self.username ??= (await ask('getMe', {}, signal)).username
    for (const forum of options.forums) await setCommands(ask, options, forum, signal)
  }
  return untilDone(once, { signal, failed: () => {} })
}

async function setCommands(
  ask: Ask,
  { commands, log }: ForumOptions,
  forum: string,
  signal: AbortSignal,
): Promise<void> {
  const payload = { commands, scope: { type: 'chat' as const, chat_id: Number(forum) } }
  try {
    await ask('setMyCommands', payload, signal)
  } catch (error) {
    const verdict = judge(error, 'setMyCommands', payload)
    if (verdict.kind === 'failed' && verdict.error.retry !== 'never') throw error
    log.warn({ code: codeOf(error) }, 'the commands of the staff forum are not set')
  }
}

/** So that the button stops turning; nobody waits for it, and an answer that comes too late is no loss. */
function answerPress(ask: Ask, callback_query_id: string, { toast, alert }: StaffAnswer, log: Log): void {
  const words = toast === undefined ? {} : { text: shortened(toast, toastLength), ...(alert && { show_alert: true }) }
  ask('answerCallbackQuery', { callback_query_id, ...words }).catch((error: unknown) => {
    if (error instanceof TelegramError && /query is too old/.test(error.description)) return
    log.warn({ code: codeOf(error) }, 'a press of staff is not answered')
  })
}
