import { TelegramError } from 'telegraf'
import { AppError } from '../../src/infra/errors.ts'
import { networkCode } from '../../src/infra/http.ts'
import { refusalOf } from '../../src/infra/refusal.ts'

/**
 * What an error of a call means: `unchanged` (it is so already: success), `failed` (told to the desk as it is) or `refused` (any other 4xx,
 * `says` in Telegram's words). No error keeps Telegraf's: that carries texts and addresses with tokens.
 */
export type Verdict = { kind: 'unchanged' } | { kind: 'failed'; error: AppError } | Refused

export interface Refused {
  kind: 'refused'
  error: AppError
  says: string
}

const downMs = 2_000
const tokenRefusedMs = 60_000

export function judge(error: unknown, method: string, payload: object): Verdict {
  if (error instanceof AppError) return { kind: 'failed', error }
  const answer = error instanceof TelegramError ? error.response : undefined
  // What a gateway on the way says is not the Bot API's word.
  if (typeof answer?.error_code !== 'number')
    return failed('PLATFORM_DOWN', downMs, { method, code: networkCode(error) })
  const { error_code: code, description = '', parameters } = answer
  const facts = { method, code }
  if (code === 429) return failed('RATE_LIMITED', (parameters?.retry_after ?? 1) * 1000, facts)
  if (code >= 500) return failed('PLATFORM_DOWN', downMs, facts)
  if (code === 401 || code === 404) return failed('PLATFORM_DOWN', tokenRefusedMs, facts)
  if (/not modified|TOPIC_NOT_MODIFIED/i.test(description)) return { kind: 'unchanged' }
  if (/TOPIC_CLOSED/i.test(description)) return failed('TOPIC_CLOSED', 'never', facts)
  if (topicIsGone.test(description)) return failed('TOPIC_GONE', 'never', facts)
  if (messageIsGone.test(description)) return failed('MESSAGE_GONE', 'never', facts)
  if (code === 403 || mayNot.test(description)) return failed('NO_RIGHTS', 'never', facts)
  return refusalOf(facts, description, payload)
}

const topicIsGone = /message thread not found|TOPIC_ID_INVALID|TOPIC_DELETED/i

const messageIsGone = /message to (edit|pin|react) not found|message can't be edited|message_id_invalid/i

const mayNot =
  /not enough rights|have no rights|administrator rights|chat not found|kicked|not a member|not a forum|upgraded to a supergroup|CHAT_ADMIN_REQUIRED|CHAT_WRITE_FORBIDDEN|RIGHT_FORBIDDEN|CHANNEL_FORUM_MISSING/i

function failed(code: AppError['code'], retry: number | 'never', facts: AppError['facts']): Verdict {
  return { kind: 'failed', error: new AppError(code, { retry, facts }) }
}

/** What Telegram answers, or nothing when it is so already; else fails as the desk is to hear it. */
export async function settled<Answer>(
  method: string,
  payload: object,
  call: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await call()
  } catch (error) {
    const verdict = judge(error, method, payload)
    if (verdict.kind === 'unchanged') return undefined
    throw verdict.error
  }
}
