import { TelegramError } from 'telegraf'
import type { Opts, Update } from 'telegraf/types'
import { backOffMs, type Log, untilDone, waited } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import { networkCode } from '../../src/infra/http.ts'
import type { Ask } from './api.ts'

const pollSeconds = 25
const otherPollerMs = 5_000
const lastWordMs = 2_000

const allowed_updates: NonNullable<Opts<'getUpdates'>['allowed_updates']> = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'chat_member',
]

export interface Poll {
  ask: Ask
  log: Log
  signal: AbortSignal
  /** Takes one update; until it has answered without an error the same one is handed over again. */
  take(update: Update): Promise<void>
  /** How long to wait when the token is refused in mid-work. */
  refusedPauseMs: number
}

/**
 * Asks Telegram for updates until the signal comes, and has them taken one by one. One is confirmed by the next question after it was
 * taken, so nothing is lost by a fall. Two pollers of one token (409), every fault of the network and a token that is refused are waited out.
 */
export async function poll(options: Poll): Promise<void> {
  const { ask, signal } = options
  let offset: number | undefined
  for (let failures = 0; !signal.aborted; ) {
    const updates = await asked(ask, offset, signal).catch((error: unknown) => error)
    if (signal.aborted) break
    if (!Array.isArray(updates)) {
      await pauseAfter(updates, ++failures, options)
      continue
    }
    failures = 0
    for (const update of updates) {
      if (!(await taken(update, options))) break
      // An update that Telegram tells a second time may stand last: the confirmation never goes back.
      offset = Math.max(offset ?? 0, update.update_id + 1)
    }
  }
  if (offset !== undefined) await confirm(ask, offset)
}

const asked = (ask: Ask, offset: number | undefined, signal: AbortSignal): Promise<Update[]> =>
  ask(
    'getUpdates',
    { ...(offset !== undefined && { offset }), limit: 100, timeout: pollSeconds, allowed_updates },
    signal,
  )

async function taken(update: Update, { signal, take, log }: Poll): Promise<boolean> {
  if (signal.aborted) return false
  const failed = (error: unknown, waitMs: number) =>
    log.error({ waitMs, code: codeOf(error) }, 'an update of the staff forum was not taken and is handed over again')
  return (await untilDone(() => take(update), { signal, failed })) !== undefined
}

/** What was taken need not come again after a restart. Of no consequence when it fails: the desk knows what it has seen. */
async function confirm(ask: Ask, offset: number): Promise<void> {
  const last = { offset, limit: 1, timeout: 0, allowed_updates }
  await ask('getUpdates', last, AbortSignal.timeout(lastWordMs)).catch(() => {})
}

async function pauseAfter(error: unknown, failures: number, { ask, log, signal, refusedPauseMs }: Poll): Promise<void> {
  if (isTokenRefused(error)) {
    const { facts, message } = tokenRefused(error)
    log.error({ ...facts, waitMs: refusedPauseMs }, message)
    return void (await waited(refusedPauseMs, signal))
  }
  const answer = error instanceof TelegramError ? error : undefined
  if (answer?.code === 409) {
    log.warn({ waitMs: otherPollerMs }, 'somebody else listens with the same token of the staff’s bot')
    // A webhook left behind by another way of running: its undelivered updates stay.
    const unhooked = /webhook/.test(answer.description) && (await deletedWebhook(ask))
    if (!unhooked) await waited(otherPollerMs, signal)
    return
  }
  const retryAfter = answer?.parameters?.retry_after
  const waitMs = retryAfter === undefined ? backOffMs(failures) : retryAfter * 1000
  log.warn({ waitMs, code: codeOf(error) }, 'Telegram does not tell what is new in the staff forum')
  await waited(waitMs, signal)
}

const deletedWebhook = (ask: Ask): Promise<boolean> =>
  ask('deleteWebhook', {}).then(
    () => true,
    () => false,
  )

export const isTokenRefused = (error: unknown): error is TelegramError =>
  error instanceof TelegramError && (error.code === 401 || error.code === 404)

export const tokenRefused = ({ code }: TelegramError): AppError =>
  new AppError('CONFIG', {
    message: 'CONSULTANTS_TOKEN is refused by Telegram: take the one BotFather gave',
    facts: { code },
  })

/** Never the error itself: its message may hold what somebody wrote, its address holds the token. */
export function codeOf(error: unknown): string | number {
  if (error instanceof TelegramError) return error.code ?? 'unknown'
  return error instanceof AppError ? error.code : networkCode(error)
}
