import { APIError } from 'vk-io'
import { AppError } from '../../src/infra/errors.ts'
import { networkCode } from '../../src/infra/http.ts'

/** An error that VK reports inside the answer for one of `peer_ids`, where vk-io does not see it. */
export class PeerError extends Error {
  readonly code: number

  constructor(code: number, description = '') {
    super(description)
    this.code = code
  }
}

/**
 * What an error of a call means: `uneditable` (send it anew), `refused` (our bug) or `failed` (told to the engine as it is).
 * No error keeps vk-io's: those carry the parameters, and so texts and names.
 */
export type Verdict = { kind: 'uneditable' } | { kind: 'refused' | 'failed'; error: AppError; code: number | string }

/** Codes of VK API 5.199 (errors.json). */
const blocked = [18, 900, 901, 902, 917, 922, 927, 932, 935, 936, 945, 946, 1012]
const slower = new Map([
  [6, 1_000],
  [9, 60_000],
  [14, 60_000],
  [29, 60_000],
  [940, 10_000],
])
const down = [1, 10, 36, 43]
const tokenRefused = [5, 27, 1117]
const uneditable = [909, 920]
const downMs = 2_000
const tokenRefusedMs = 60_000

/** The code of an error, ours, VK's or the network's: all of it that may be logged. */
export function codeOf(error: unknown): string | number {
  if (error instanceof AppError) return error.code
  return error instanceof APIError || error instanceof PeerError ? Number(error.code) : networkCode(error)
}

export const isTokenRefused = (error: unknown): boolean =>
  error instanceof APIError && tokenRefused.includes(Number(error.code))

export function judge(error: unknown, method: string, params: object): Verdict {
  if (error instanceof AppError) return { kind: 'failed', error, code: error.code }
  if (!(error instanceof APIError || error instanceof PeerError)) {
    return failed('PLATFORM_DOWN', downMs, { method, code: networkCode(error) })
  }
  const code = Number(error.code)
  const facts = { method, code }
  const pauseMs = slower.get(code)
  if (pauseMs !== undefined) return failed('RATE_LIMITED', pauseMs, facts)
  if (down.includes(code)) return failed('PLATFORM_DOWN', downMs, facts)
  if (tokenRefused.includes(code)) return failed('PLATFORM_DOWN', tokenRefusedMs, facts)
  if (blocked.includes(code)) return failed('CHAT_BLOCKED', 'never', facts)
  if (uneditable.includes(code)) return { kind: 'uneditable' }
  const shape = Object.keys(params).join(',')
  return { kind: 'refused', error: new AppError('PLATFORM_REFUSED', { facts: { ...facts, shape } }), code }
}

function failed(
  code: 'PLATFORM_DOWN' | 'RATE_LIMITED' | 'CHAT_BLOCKED',
  retry: number | 'never',
  facts: { method: string; code: number | string },
): Verdict {
  return { kind: 'failed', error: new AppError(code, { retry, facts }), code: facts.code }
}
