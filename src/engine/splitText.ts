import type { RichText, Span } from './outgoing.ts'

/**
 * A text in parts of at most `limit` UTF-16 units, cut where it hurts least: at an empty line, a line, a word, and only then
 * inside one (never inside a character). Spans are carried over and cut with the text. The white space at a cut is left out,
 * nothing else; a part is never blank.
 */
export function splitText({ text, spans }: RichText, limit: number): RichText[] {
  const parts: RichText[] = []
  for (let start = 0; start < text.length; ) {
    const end = text.length - start <= limit ? text.length : cutBefore(text, start, limit)
    const part = slice(text, spans, start, end)
    if (part.text.trim() !== '') parts.push(part)
    start = end
  }
  return parts.length > 1 ? parts.map(withoutOuterSpace) : parts
}

/** The position of the cut: a part that would be under a third of the limit is not worth its boundary. */
function cutBefore(text: string, start: number, limit: number): number {
  const window = text.slice(start, start + limit)
  const least = Math.floor(limit / 3)
  for (const boundary of ['\n\n', '\n', ' ']) {
    const at = window.lastIndexOf(boundary)
    if (at >= least) return start + at + boundary.length
  }
  return start + limit - (insideCharacter(text, start + limit) ? 1 : 0)
}

/** Whether a cut here would part the two halves of a surrogate pair. */
export function insideCharacter(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1))
}

function withoutOuterSpace({ text, spans }: RichText): RichText {
  const start = text.length - text.trimStart().length
  return slice(text, spans, start, text.trimEnd().length)
}

/** A stretch of a rich text, its spans moved and cut to fit. */
function slice(text: string, spans: Span[], start: number, end: number): RichText {
  return {
    text: text.slice(start, end),
    spans: spans.flatMap((span) => {
      const at = Math.max(span.at, start)
      const length = Math.min(span.at + span.length, end) - at
      return length > 0 ? [{ ...span, at: at - start, length }] : []
    }),
  }
}
