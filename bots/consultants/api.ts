import { Telegram } from 'telegraf'
import type { Telegram as Methods, Opts } from 'telegraf/types'
import type { Http } from '../../src/infra/http.ts'

export interface Connection {
  token: string
  apiRoot: string
  http: Http
}

/** One call of the Bot API; fails with Telegraf's `TelegramError`, or with whatever went wrong on the wire. */
export type Ask = <Method extends keyof Methods>(
  method: Method,
  payload: Opts<Method>,
  signal?: AbortSignal,
) => Promise<ReturnType<Methods[Method]>>

const callTimeoutMs = 15_000
const uploadTimeoutMs = 120_000

/**
 * Telegraf's client over the product's own connections (keep-alive, proxy). Telegraf gives up after 500 s: a long poll may last as long as
 * it asked for, a call with a file 120 s, any other 15 s. A plain `http:` root goes over Node's global agent, which keeps alive, too.
 */
export function botApi({ token, apiRoot, http }: Connection): Ask {
  const root = `${apiRoot.replace(/\/+$/, '')}/`
  const telegram = new Telegram(token, { apiRoot: root, agent: http.agentFor(root), webhookReply: false })
  return (method, payload, signal) => {
    const isUpload = carriesFile(payload)
    const polledMs = 'timeout' in payload ? Number(payload.timeout) * 1000 : 0
    const expiry = AbortSignal.timeout(isUpload ? uploadTimeoutMs : callTimeoutMs + polledMs)
    return telegram.callApi(method, isUpload ? asForm(payload) : payload, {
      signal: asTelegrafs(signal ? AbortSignal.any([signal, expiry]) : expiry),
    })
  }
}

function carriesFile(payload: object): boolean {
  return Object.values(payload).some((value) =>
    Array.isArray(value) ? value.some((piece) => isFile(piece?.media)) : isFile(value),
  )
}

const isFile = (value: unknown): boolean => typeof value === 'object' && value !== null && 'source' in value

/** Telegraf leaves `reply_parameters` out of forms: it takes any object that it does not know for a file. */
function asForm<Payload extends object>(payload: Payload): Payload {
  const reply = 'reply_parameters' in payload && payload.reply_parameters
  return reply ? { ...payload, reply_parameters: JSON.stringify(reply) } : payload
}

/** Telegraf types its signals after the abort-controller package; Node's own are the same to it at run time. */
const asTelegrafs = (signal: AbortSignal) =>
  signal as NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>
