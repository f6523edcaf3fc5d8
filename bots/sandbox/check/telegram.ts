import { telegramSpec } from './specs.ts'
import { telegramLimits } from './telegramLimits.ts'
import { checkFields } from './telegramTypes.ts'
import type { Violation } from './violation.ts'

/** A part of a multipart form that carries bytes. */
export interface UploadedPart {
  name: string
  bytes: Uint8Array
}

/**
 * Answers every way in which a call breaks the Bot API: unknown method or parameter, a missing or mistyped one (nested objects
 * too), a bound, and the numeric limits that the published specification leaves to its prose.
 * `files` are the uploaded parts by their form field.
 */
export function checkTelegramCall(
  method: string,
  params: Record<string, unknown>,
  files: ReadonlyMap<string, UploadedPart> = new Map(),
): Violation[] {
  const spec = telegramSpec.methods[method]
  if (!spec) {
    return [{ rule: 'unknown method', path: method, says: 'no such method', refusal: { code: 404, text: 'Not Found' } }]
  }
  const found = checkFields(spec.fields, params, '', new Set(files.keys()))
  // A limit is only looked at when the shapes are sound.
  return found.some((violation) => violation.refusal) ? found : [...found, ...telegramLimits(method, params, files)]
}
