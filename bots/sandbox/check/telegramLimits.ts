import type { UploadedPart } from './telegram.ts'
import { telegramKeyboard } from './telegramKeyboard.ts'
import type { Violation } from './violation.ts'

const MAX_TEXT = 4096
const MAX_CAPTION = 1024
const MAX_PHOTO_BYTES = 10 * 1024 * 1024
const MAX_FILE_BYTES = 50 * 1024 * 1024

/** The limits that stand in the documentation's prose or are known from the server's own sources, with the server's answers. */
export function telegramLimits(
  method: string,
  params: Record<string, unknown>,
  files: ReadonlyMap<string, UploadedPart>,
): Violation[] {
  return [
    ...text(method, params),
    ...caption(params.caption, params.caption_entities, 'caption'),
    ...media(params.media),
    ...telegramKeyboard(params),
    ...commands(params.commands),
    ...uploads(method, files),
    ...formatting(params),
  ]
}

function text(method: string, params: Record<string, unknown>): Violation[] {
  if (typeof params.text !== 'string' || method === 'answerCallbackQuery') return []
  const value = params.text
  if (value === '') return [over('text', 'empty', 'message text is empty')]
  if (value.trim() === '') return [over('text', 'only white space', 'text must be non-empty')]
  if (Buffer.byteLength(value) > 32768) return [over('text', 'over 32768 bytes', 'Text is too long')]
  if (value.length > MAX_TEXT)
    return [over('text', `${value.length} UTF-16 units, at most ${MAX_TEXT}`, 'message is too long')]
  return entities(value, params.entities, 'entities')
}

function caption(value: unknown, spans: unknown, path: string): Violation[] {
  if (typeof value !== 'string') return []
  if (value.length > MAX_CAPTION) {
    return [over(path, `${value.length} UTF-16 units, at most ${MAX_CAPTION}`, 'message caption is too long')]
  }
  return entities(value, spans, `${path}_entities`)
}

function media(items: unknown): Violation[] {
  if (!Array.isArray(items)) return []
  const found = items.flatMap((item: Record<string, unknown>, at) =>
    caption(item.caption, item.caption_entities, `media[${at}].caption`),
  )
  const kinds = new Set(items.map((item: Record<string, unknown>) => item.type))
  if (kinds.size > 1 && (kinds.has('document') || kinds.has('audio'))) {
    found.push(
      over('media', 'documents and audio only with their own kind', "document can't be mixed with other media types"),
    )
  }
  return found
}

interface Entity {
  type: string
  offset: number
  length: number
}

function entities(value: string, list: unknown, path: string): Violation[] {
  if (!Array.isArray(list)) return []
  const spans = list.map((span: Entity) => ({ ...span, end: span.offset + span.length }))
  for (const [at, span] of spans.entries()) {
    const here = `${path}[${at}]`
    if (span.offset < 0 || span.length < 1)
      return [over(here, 'an offset under 0 or an empty entity', `invalid entity at offset ${span.offset}`)]
    if (span.end > value.length) {
      const says = `entity beginning at UTF-16 offset ${span.offset} ends after the end of the text at UTF-16 offset ${span.end}`
      return [over(here, says, says)]
    }
    if (isInsidePair(value, span.offset) || isInsidePair(value, span.end)) {
      return [
        over(
          here,
          'cuts a surrogate pair in two',
          `entity beginning at UTF-16 offset ${span.offset} ends in a middle of a UTF-16 symbol`,
        ),
      ]
    }
    const crossing = spans.find(
      (other) => other.offset < span.offset && other.end > span.offset && other.end < span.end,
    )
    // Telegram splits crossing entities silently; ours never mean to cross.
    if (crossing) return [{ rule: 'entities', path: here, says: 'crosses another entity' }]
    const monospace = spans.find(
      (other) => other !== span && isMonospace(other) && other.offset < span.end && span.offset < other.end,
    )
    if (monospace) return [{ rule: 'entities', path: here, says: 'code and pre cannot hold other entities' }]
  }
  return []
}

const isMonospace = (span: Entity) => span.type === 'code' || span.type === 'pre'

function isInsidePair(value: string, at: number): boolean {
  return (
    at > 0 &&
    at < value.length &&
    /[\uD800-\uDBFF]/.test(value.charAt(at - 1)) &&
    /[\uDC00-\uDFFF]/.test(value.charAt(at))
  )
}

function commands(list: unknown): Violation[] {
  if (!Array.isArray(list)) return []
  if (list.length > 100) return [over('commands', 'at most 100 commands', 'BOT_COMMANDS_TOO_MUCH')]
  return list.flatMap(({ command }: { command: string }, at) =>
    /^\/?[a-z0-9_]{1,32}$/.test(command)
      ? []
      : [over(`commands[${at}].command`, 'a-z, 0-9 and _ only', 'BOT_COMMAND_INVALID')],
  )
}

function uploads(method: string, files: ReadonlyMap<string, UploadedPart>): Violation[] {
  return [...files].flatMap(([path, { bytes }]) => {
    if (bytes.length === 0) return [over(path, 'an empty file', 'file must be non-empty')]
    if (method === 'sendPhoto' && bytes.length > MAX_PHOTO_BYTES)
      return [over(path, 'a photo over 10 MB', 'file is too big')]
    if (bytes.length <= MAX_FILE_BYTES) return []
    return [
      { rule: 'limit', path, says: 'a file over 50 MB', refusal: { code: 413, text: 'Request Entity Too Large' } },
    ]
  })
}

function formatting(params: Record<string, unknown>): Violation[] {
  if (params.parse_mode === undefined) return []
  // The product marks texts by entities, so that a resident's `<b>` is only text; the sandbox knows no other way.
  return [over('parse_mode', 'the sandbox takes entities only', "can't parse entities: parse_mode is not known here")]
}

const over = (path: string, says: string, text: string): Violation => ({
  rule: 'limit',
  path,
  says,
  refusal: { code: 400, text: `Bad Request: ${text}` },
})
