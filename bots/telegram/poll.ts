import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { backOffMs, waited } from '../../src/infra/backOff.ts'
import { AppError } from '../../src/infra/errors.ts'
import { codeOf } from './answers.ts'
import { type Taker, Taking } from './taking.ts'

const pollSeconds = 25
const otherPollerMs = 5_000
const lastWordMs = 2_000

const allowed_updates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

export interface Poll extends Taker {
  api: Api
  refusedPauseMs?: number
}

/**
 * Asks Telegram for updates until the signal comes. An update is confirmed by a later question, hence only after it and all before it have been
 * taken. Two pollers of one token (409), every fault of the network and a token that is refused are waited out.
 */
export async function poll(options: Poll): Promise<void> {
  const { api, signal } = options
  const taking = new Taking(options)
  for (let failures = 0; !signal.aborted; ) {
    const updates = await asked(api, taking.offset, signal).catch((error: unknown) => error)
    if (signal.aborted) break
    if (!Array.isArray(updates)) {
      await pauseAfter(updates, ++failures, options)
      continue
    }
    failures = 0
    if (updates.length > 0) await taking.take(updates)
  }
  await taking.ended()
  if (taking.offset !== undefined) await confirm(api, taking.offset)
}

const asked = (api: Api, offset: number | undefined, signal: AbortSignal): Promise<Update[]> =>
  api.raw.getUpdates(
    { ...(offset !== undefined && { offset }), limit: 100, timeout: pollSeconds, allowed_updates },
    asGrammys(signal),
  )

/** What was taken need not come again after a restart. Of no consequence when it fails: the engine knows what it has seen. */
async function confirm(api: Api, offset: number): Promise<void> {
  const signal = asGrammys(AbortSignal.timeout(lastWordMs))
  await api.raw.getUpdates({ offset, limit: 1, timeout: 0, allowed_updates }, signal).catch(() => {})
}

async function pauseAfter(error: unknown, failures: number, options: Poll): Promise<void> {
  const { api, log, signal, refusedPauseMs = 60_000 } = options
  if (isTokenRefused(error)) {
    const { facts, message } = tokenRefused(error)
    log.error({ ...facts, waitMs: refusedPauseMs }, message)
    return void (await waited(refusedPauseMs, signal))
  }
  if (error instanceof GrammyError && error.error_code === 409) {
    log.warn({ waitMs: otherPollerMs }, 'somebody else listens with the same Telegram token')
    // A webhook left behind by another way of running: its undelivered updates stay.
    const unhooked = /webhook/.test(error.description) && (await deletedWebhook(api))
    if (!unhooked) await waited(otherPollerMs, signal)
    return
  }
  const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined
  const waitMs = retryAfter === undefined ? backOffMs(failures) : retryAfter * 1000
  log.warn({ waitMs, code: codeOf(error) }, 'Telegram does not tell what is new')
  await waited(waitMs, signal)
}

const deletedWebhook = (api: Api): Promise<boolean> =>
  api.raw.deleteWebhook({}).then(
    () => true,
    () => false,
  )

export const isTokenRefused = (error: unknown): error is GrammyError =>
  error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)

export const tokenRefused = ({ error_code: code }: GrammyError): AppError =>
  new AppError('CONFIG', {
    message: 'TELEGRAM_TOKEN is refused by Telegram: take the one BotFather gave',
    facts: { code },
  })

/** grammY types its signals after the abort-controller package; Node's own are the same to it at run time. */
export const asGrammys = (signal: AbortSignal) => signal as Parameters<Api['raw']['getUpdates']>[1]
