import { GrammyError } from 'grammy'
import { AppError } from '../../src/infra/errors.ts'
import { networkCode } from '../../src/infra/http.ts'
import { refusalOf } from '../../src/infra/refusal.ts'

/**
 * What an error of a call means: `unchanged` (the message already looks so: success), `uneditable` (send it anew), `refused`
 * (any other 4xx) or `failed` (told to the engine as it is). No error keeps grammY's: those carry texts and addresses with tokens.
 */
export type Verdict =
  | { kind: 'unchanged' }
  | { kind: 'uneditable' }
  | { kind: 'refused' | 'failed'; error: AppError; says: string }

const downMs = 2_000
const tokenRefusedMs = 60_000

export function judge(error: unknown, method: string, payload: object): Verdict {
  if (error instanceof AppError) return { kind: 'failed', error, says: '' }
  if (!(error instanceof GrammyError)) return failed('PLATFORM_DOWN', downMs, { method, code: networkCode(error) })
  const { error_code: code, description, parameters } = error
  const facts = { method, code }
  if (code === 429) return failed('RATE_LIMITED', (parameters.retry_after ?? 1) * 1000, facts)
  if (code >= 500) return failed('PLATFORM_DOWN', downMs, facts)
  if (code === 401 || code === 404) return failed('PLATFORM_DOWN', tokenRefusedMs, facts)
  if (code === 403 || unreachable.test(description)) return failed('CHAT_BLOCKED', 'never', facts)
  if (/message is not modified/i.test(description)) return { kind: 'unchanged' }
  if (uneditable.test(description)) return { kind: 'uneditable' }
  return refusalOf(facts, description, payload)
}

/** Never the error itself: its message may hold what the resident wrote, its address holds the token. */
export function codeOf(error: unknown): string | number {
  if (error instanceof GrammyError) return error.error_code
  return error instanceof AppError ? error.code : networkCode(error)
}

const unreachable =
  /chat not found|user is deactivated|peer_id_invalid|not enough rights to send|upgraded to a supergroup|chat_write_forbidden/i

const uneditable =
  /message to edit not found|message can't be edited|there is no (text|caption) in the message|message_id_invalid/i

function failed(
  code: 'PLATFORM_DOWN' | 'RATE_LIMITED' | 'CHAT_BLOCKED',
  retry: number | 'never',
  facts: AppError['facts'],
): Verdict {
  return { kind: 'failed', error: new AppError(code, { retry, facts }), says: '' }
}
