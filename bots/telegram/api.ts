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
    const { statusCode, body } = await http.dispatcher.request({
      origin,
      path: pathname + method,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: signal ?? null,
    })
    return JSON.parse(answerOf(await body.text(), statusCode))
  }
}

/** A gateway in front of the Bot API answers its faults in HTML: then the status is all there is to know. */
function answerOf(body: string, status: number): string {
  if (body.startsWith('{')) return body
  const error_code = status >= 400 ? status : 502
  return JSON.stringify({ ok: false, error_code, description: 'the answer is not JSON' })
}

const carriesFile = (payload: object): boolean => Object.values(payload).some((value) => value instanceof InputFile)
