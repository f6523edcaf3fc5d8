import { createHmac } from 'node:crypto'
import { foldedCode, plainlyCode } from '../domain/activationCode.ts'
import type { Event } from '../engine/event.ts'

/** What is kept of an activation code and compared when a resident types one: HMAC-SHA256 in hexadecimal over the folded code. */
export function activationCodeHash(code: string, hashKey: string): string {
  return createHmac('sha256', hashKey).update(foldedCode(code)).digest('hex')
}

/**
 * The event without the activation code that a deep link brings (`?start=CODE`, `?ref=CODE`): its hash stands there instead, as
 * `code:<hash>`, before anything of the event is kept. `known` payloads, which open a dialog, stay as they are.
 */
export function withoutCode(event: Event, hashKey: string, known: (payload: string) => boolean): Event {
  const { input } = event
  if (input.kind !== 'start' || input.payload === undefined || known(input.payload)) return event
  const code = /^\d{8,18}$/.test(input.payload) ? input.payload : plainlyCode(input.payload)
  // Anything else comes from an old advertisement or a prank: the chat is opened as without it.
  const payload = code === undefined ? {} : { payload: `code:${activationCodeHash(code, hashKey)}` }
  return { ...event, input: { kind: 'start', ...payload } }
}
