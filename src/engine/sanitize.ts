import type { Event } from './event.ts'

/** No answer is longer; what follows is cut before anybody reads it. */
const longestText = 10_000

/**
 * An event as PostgreSQL can keep it: without NUL characters and lone halves of surrogate pairs, and no longer than any answer.
 * Everything else a person may type is left as it is.
 */
export const sanitized = (event: Event): Event => ({ ...event, input: clean(event.input) as Event['input'] })

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, longestText).replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
}
