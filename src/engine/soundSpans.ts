import type { RichText, Span } from './outgoing.ts'
import { insideCharacter } from './splitText.ts'

/**
 * Spans as a messenger with entities takes them: inside the text, never between the halves of a character, nested but not crossing,
 * nothing inside or around code (core.telegram.org/bots/api#formatting-options), in the order of the text.
 */
export function soundSpans({ text, spans }: RichText): Span[] {
  const sound = spans.map((span) => within(text, span)).filter((span) => span.length > 0 && hasTarget(span))
  const code = withoutCrossings(sound.filter((span) => span.style === 'code'))
  const others = code.reduce(
    (left, hole) => left.flatMap((span) => around(span, hole)),
    sound.filter((span) => span.style !== 'code'),
  )
  return inOrder([...code, ...withoutCrossings(others)])
}

const endOf = (span: Span): number => span.at + span.length

const hasTarget = (span: Span): boolean => span.style !== 'link' || span.url !== ''

const inOrder = (spans: Span[]): Span[] => spans.toSorted((a, b) => a.at - b.at || b.length - a.length)

const stretch = (span: Span, at: number, end: number): Span => ({ ...span, at, length: end - at })

function within(text: string, span: Span): Span {
  const at = Math.min(Math.max(0, span.at), text.length)
  const end = Math.min(Math.max(at, endOf(span)), text.length)
  return stretch(span, at - (insideCharacter(text, at) ? 1 : 0), end + (insideCharacter(text, end) ? 1 : 0))
}

/** What is left of a span on both sides of a hole. */
function around(span: Span, hole: Span): Span[] {
  if (endOf(hole) <= span.at || endOf(span) <= hole.at) return [span]
  return [stretch(span, span.at, hole.at), stretch(span, endOf(hole), endOf(span))].filter(({ length }) => length > 0)
}

/** Spans of one style do not overlap, spans of two styles nest: what crosses is cut where the earlier one ends. */
function withoutCrossings(spans: Span[]): Span[] {
  const kept: Span[] = []
  const waiting = inOrder(spans)
  for (let span = waiting.shift(); span; span = waiting.shift()) {
    const { at } = span
    const end = endOf(span)
    const overlapping = kept.filter((other) => other.at < end && at < endOf(other))
    const same = overlapping.find((other) => other.style === span?.style)
    const crossed = same ?? overlapping.find((other) => endOf(other) < end && other.at < at)
    if (!crossed) kept.push(span)
    else {
      if (!same) kept.push(stretch(span, at, endOf(crossed)))
      if (endOf(crossed) < end) waiting.unshift(stretch(span, endOf(crossed), end))
    }
  }
  return kept
}
