import type { RichText } from '../../engine/outgoing.ts'

/** A part of a card: what stands above, and lines of which the last ones may be left out. */
export interface Part {
  head: RichText[]
  lines: RichText[]
}

/** Of the lines of such a part so many stay as long as others have more. */
const spared = 3

/**
 * The parts one below the other, in at most so many UTF-16 code units. Where they are longer, lines are left out, the last ones first: of the
 * parts in the order of `expendable`, down to three each; then again, down to none. `left` says how many are missing there.
 */
export function assembled(
  parts: readonly Part[],
  { most, expendable, left }: { most: number; expendable: readonly Part[]; left(count: number): RichText },
): RichText {
  const shown = new Map(parts.map((part) => [part, part.lines.length]))
  const whole = () => joined(parts.map((part) => partShown(part, shown.get(part) ?? 0, left)))
  for (const least of [spared, 0])
    for (const part of expendable)
      for (let count = shown.get(part) ?? 0; count > least && whole().text.length > most; ) shown.set(part, --count)
  return whole()
}

function partShown({ head, lines }: Part, count: number, left: (count: number) => RichText): RichText {
  const missing = lines.length - count
  return stacked([...head, ...lines.slice(0, count), ...(missing > 0 ? [left(missing)] : [])])
}

const joined = (parts: readonly RichText[]): RichText =>
  together(
    parts.filter(({ text }) => text !== ''),
    '\n\n',
  )

const stacked = (lines: readonly RichText[]): RichText => together(lines, '\n')

function together(texts: readonly RichText[], between: string): RichText {
  const whole: RichText = { text: '', spans: [] }
  for (const [nth, { text, spans }] of texts.entries()) {
    if (nth > 0) whole.text += between
    const shift = whole.text.length
    whole.text += text
    whole.spans.push(...spans.map((span) => ({ ...span, at: span.at + shift })))
  }
  return whole
}
