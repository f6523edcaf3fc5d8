import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Language } from '../../src/domain/language.ts'
import type { Channel, StopListening } from '../../src/engine/channel.ts'
import type { Event } from '../../src/engine/event.ts'
import { isMailing } from '../../src/engine/outgoing.ts'
import { type Log, untilDone } from '../../src/infra/backOff.ts'
import { codeOf, judge } from './answers.ts'
import { type Connection, telegramApi } from './api.ts'
import { fetchFile } from './fetchFile.ts'
import { telegramLimits } from './limits.ts'
import { asGrammys, isTokenRefused, poll, tokenRefused } from './poll.ts'
import { Gate } from './rate.ts'
import { type Self, toEvent } from './receive.ts'
import { render } from './render.ts'
import { send } from './send.ts'

const firstContactMs = 5_000

/**
 * `menuCommands` are set for private chats; those in Russian are also what people of other languages see.
 * `messagesPerSecond` bounds what is sent and edited in all chats together.
 * `refusedPauseMs` is how long to wait when the token is refused in mid-work; 60 s when not said.
 */
export interface TelegramOptions extends Connection {
  log: Log
  clock: { now(): Date }
  menuCommands: { language: Language; command: string; description: string }[]
  messagesPerSecond: number
  refusedPauseMs?: number
}

/**
 * Telegram as a channel, by long polling. The first `listen` fails with `CONFIG` when the token is refused; a network that is
 * down, and a token that is refused after it was good, are waited for.
 */
export function telegramChannel(options: TelegramOptions): Channel {
  const api = telegramApi(options)
  const gate = new Gate(options.messagesPerSecond)
  api.config.use(gate.transformer)
  const mailingApi = telegramApi(options)
  mailingApi.config.use(gate.mailingTransformer)
  const self: Self = { botId: Number(options.token.split(':')[0]) }
  let hasListened = false
  return {
    name: 'telegram',
    limits: telegramLimits,
    deliver: (chat, outgoing, delivery) =>
      send(isMailing(outgoing) ? mailingApi : api, render(chat, outgoing), delivery, options.log),
    fetchFile: (ref) => fetchFile(api, options, ref),
    listen: async (onEvents) => {
      const stop = await listen(api, options, self, onEvents, hasListened)
      hasListened = true
      gate.open()
      return () => {
        gate.close()
        return stop()
      }
    },
  }
}

async function listen(
  api: Api,
  options: TelegramOptions,
  self: Self,
  onEvents: (events: Event[]) => Promise<void>,
  again: boolean,
): Promise<StopListening> {
  const { log, clock, refusedPauseMs } = options
  const stopping = new AbortController()
  if (!again) await meet(api, self, log)
  const introduced = introduce(api, options, self, stopping.signal)
  const answered = new WeakSet<Update>()
  const take = async (updates: Update[]) => {
    answerPresses(api, updates, answered, log)
    const events = updates.flatMap((update) => toEvent(update, self, clock.now()) ?? [])
    if (events.length > 0) await onEvents(events)
  }
  const ended = poll({
    api,
    log,
    signal: stopping.signal,
    take,
    ...(refusedPauseMs !== undefined && { refusedPauseMs }),
  })
  return () => {
    stopping.abort()
    return Promise.all([ended, introduced]).then(() => {})
  }
}

/** The first contact, so that a wrong token stops the start. A network that is slow or down does not keep us from listening. */
async function meet(api: Api, self: Self, log: Log): Promise<void> {
  try {
    self.username = (await api.raw.getMe(asGrammys(AbortSignal.timeout(firstContactMs)))).username
  } catch (error) {
    if (isTokenRefused(error)) throw tokenRefused(error)
    log.warn({ code: codeOf(error) }, 'Telegram does not answer yet')
  }
}

/**
 * Learns the name by which groups call us and sets the commands, behind the work and until both are done. Before that only
 * commands and replies are taken as meant for us in a group.
 */
function introduce(api: Api, options: TelegramOptions, self: Self, signal: AbortSignal): Promise<unknown> {
  const once = async () => {
    self.username ??= (await api.raw.getMe(asGrammys(signal))).username
    await setCommands(api, options, signal)
  }
  return untilDone(once, { signal, failed: () => {} })
}

async function setCommands(api: Api, { menuCommands, log }: TelegramOptions, signal: AbortSignal): Promise<void> {
  for (const language of new Set(menuCommands.map((command) => command.language))) {
    const commands = menuCommands
      .filter((command) => command.language === language)
      .map(({ command, description }) => ({ command, description }))
    const code = language === 'ru' ? {} : { language_code: language }
    const payload = { commands, scope: { type: 'all_private_chats' as const }, ...code }
    try {
      await api.raw.setMyCommands(payload, asGrammys(signal))
    } catch (error) {
      if (judge(error, 'setMyCommands', payload).kind === 'failed') throw error
      log.warn({ language, code: codeOf(error) }, 'the commands are not set')
    }
  }
}

/** At once and once, so that the button stops turning; nobody waits for it, and an answer that comes too late is no loss. */
function answerPresses(api: Api, updates: Update[], answered: WeakSet<Update>, log: Log): void {
  for (const update of updates) {
    if (!update.callback_query || answered.has(update)) continue
    answered.add(update)
    api.raw.answerCallbackQuery({ callback_query_id: update.callback_query.id }).catch((error: unknown) => {
      if (error instanceof GrammyError && /query is too old/.test(error.description)) return
      log.warn({ code: codeOf(error) }, 'a press is not answered')
    })
  }
}
