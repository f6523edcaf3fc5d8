import type { LineBody } from './records.ts'

/** An album has 2-10 pieces in either messenger. */
export const mostInAlbum = 10

/** Pieces of an album come one by one, right after another. */
const albumRestsMs = 700
/** The same of what belongs to a request, which nobody waits for in the chat. */
export const requestAlbumRestsMs = 1_000
/** So long after the words, at most, they wait for the note of what they answer (`quotes`), looked for so often. */
const quoteAwaitedMs = 3_000
const quoteRestsMs = 100

interface Line {
  body: LineBody
  at: Date
  /** What it replies to is not known yet, and may be in a moment. */
  awaitsQuote: boolean
}

/**
 * How long lines that are to be shown together wait, milliseconds: for what one replies to to be noted; when they are the last ones (`isLast`), for
 * further pieces of their album.
 */
export function restsMs(lines: readonly Line[], isLast: boolean, now: Date): number {
  const since = ({ at }: Line) => now.getTime() - at.getTime()
  if (lines.some((line) => line.awaitsQuote && since(line) < quoteAwaitedMs)) return quoteRestsMs
  const last = lines.at(-1)
  if (!isLast || !last || albumOf(last) === undefined || lines.length >= mostInAlbum) return 0
  return Math.min(Math.max(0, albumRestsMs - since(last)), albumRestsMs)
}

export const albumOf = ({ body }: Pick<Line, 'body'>): string | undefined =>
  body.kind === 'words' ? body.album : undefined
