import type { RichText } from '../../engine/outgoing.ts'

/** What is said in a note: words behind `//` or `/n`. Nothing when they are none. */
export function noteIn({ text, spans }: RichText): RichText | undefined {
  const before = /^\s*(?:\/\/|\/n(?=\s|$))\s*/.exec(text)?.[0].length
  if (before === undefined) return undefined
  const kept = spans.flatMap((span) => {
    const at = Math.max(0, span.at - before)
    const length = span.at + span.length - before - at
    return length > 0 ? [{ ...span, at, length }] : []
  })
  return { text: text.slice(before), spans: kept }
}
