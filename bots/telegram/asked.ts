import type { Message } from 'grammy/types'
import { AppError } from '../../src/infra/errors.ts'
import { judge } from './answers.ts'

/** What one call came to: the message that shows it now, a new id of its file; with a message and a failure it lacks its file. */
export interface Shown {
  message?: string
  ref?: string
  failure?: AppError
}

export type Refused = { refusal: AppError; says: string }

/** One call that sends something: what Telegram answers, failed as the engine is to hear it, or refused (then the caller degrades it). */
export async function asked<Answer>(
  method: string,
  payload: object,
  call: () => Promise<Answer>,
): Promise<{ answer: Answer } | { failure: AppError } | Refused> {
  try {
    return { answer: await call() }
  } catch (error) {
    const verdict = judge(error, method, payload)
    if (verdict.kind === 'failed') return { failure: verdict.error }
    if (verdict.kind === 'refused') return { refusal: verdict.error, says: verdict.says }
    return { refusal: new AppError('PLATFORM_REFUSED', { facts: { method, says: verdict.kind } }), says: '' }
  }
}

/** The same for a call that sends one message. */
export async function sending(method: string, payload: object, call: () => Promise<Message>): Promise<Shown | Refused> {
  const came = await asked(method, payload, call)
  return 'answer' in came ? shownBy(came.answer) : came
}

export function shownBy(message: Message): Shown {
  const ref = refOf(message)
  return { message: String(message.message_id), ...(ref !== undefined && { ref }) }
}

/** Telegram files some documents under another kind (a GIF becomes an animation). */
function refOf({ photo, document, animation, video, audio, voice }: Message): string | undefined {
  const largest = photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]
  return (largest ?? animation ?? document ?? video ?? audio ?? voice)?.file_id
}
