import { Api, InputFile, type Transformer } from 'grammy'
import type { Http } from '../../src/infra/http.ts'

export interface Connection {
  token: string
  apiRoot: string
  http: Http
}

const callTimeoutMs = 15_000
const uploadTimeoutSeconds = 120

/**
 * grammY's API over undici: a JSON call costs a third of the CPU of grammY's own client. Calls that carry a file stay on
 * grammY's path. A long poll may last as long as it asked for, any other call 15 s.
 */
export function telegramApi({ token, apiRoot, http }: Connection): Api {
  const root = apiRoot.replace(/\/+$/, '')
  const api = new Api(token, {
    apiRoot: root,
    timeoutSeconds: uploadTimeoutSeconds,
    baseFetchConfig: { agent: http.agentFor(root), compress: true },
  })
  api.config.use(overUndici(http, `${root}/bot${token}/`))
  return api
}

function overUndici(http: Http, base: string): Transformer {
  const { origin, pathname } = new URL(base)
  return async (prev, method, payload, signal) => {
    if (carriesFile(payload)) return prev(method, payload, signal)
    const timeoutMs = callTimeoutMs + ('timeout' in payload ? Number(payload.timeout) * 1000 : 0)
    const { body } = await http.dispatcher.request({
      origin,
      path: pathname + method,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: signal ?? null,
    })
    return answerOf(await body.text())
  }
}

/**
 * What a gateway in front of the Bot API says is not the Bot API's word, whatever its status: a 404 in HTML is a fault on the
 * way there and is tried again, while Telegram's own 404 means a refused token.
 */
function answerOf(body: string) {
  try {
    const answer = JSON.parse(body)
    if (typeof answer?.ok === 'boolean') return answer
  } catch {}
  return { ok: false, error_code: 502, description: 'the answer is not the Bot API’s' }
}

/** By itself, or in a piece of an album. */
const carriesFile = (payload: object): boolean =>
  Object.values(payload).some((value) =>
    Array.isArray(value) ? value.some((piece) => piece?.media instanceof InputFile) : value instanceof InputFile,
  )
