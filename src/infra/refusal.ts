import { AppError } from './errors.ts'

/**
 * A call that Telegram refuses as wrong, as it may be logged: what it `says` without the words and numbers it quotes, and only the names of what
 * was sent.
 */
export function refusalOf(
  facts: { method: string; code: number },
  description: string,
  payload: object,
): { kind: 'refused'; error: AppError; says: string } {
  const says = description
    .replace(/["'«].*["'»]/g, '…')
    .replace(/[^\x20-\x7e]+/g, '…')
    .replace(/\d+/g, '#')
  const shape = Object.keys(payload).join(',')
  return { kind: 'refused', error: new AppError('PLATFORM_REFUSED', { facts: { ...facts, says, shape } }), says }
}
