/** What stands in place of what a font cannot write: pictures (emoji), and signs of other scripts. */
export interface Instead {
  emoji: string
  signs: string
}

/**
 * A text as a font can write it: what it lacks is told in words, once for all that stand side by side, so that nothing seems never to have been said.
 * Line ends stay; a tab is a space.
 */
export function writable(said: string, has: (codePoint: number) => boolean, instead: Instead): string {
  const pieces: { text: string; isInstead: boolean }[] = []
  for (const { segment } of graphemes.segment(said.replace(/\r\n?/g, '\n').replace(/\t/g, ' '))) {
    const isInstead = segment !== '\n' && !canBe(segment, has)
    const text = !isInstead ? segment : isPicture(segment) ? instead.emoji : instead.signs
    const last = pieces.at(-1)
    if (last?.isInstead !== isInstead) pieces.push({ text, isInstead })
    else if (!isInstead) last.text += text
    else if (last.text !== text) pieces.push({ text, isInstead })
  }
  return pieces.map(({ text }, nth) => `${isApart(pieces[nth - 1], text) ? ' ' : ''}${text}`).join('')
}

const isPicture = (grapheme: string): boolean => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(grapheme)

/** A word that stands in place of something does not grow together with its neighbours. */
function isApart(before: { text: string; isInstead: boolean } | undefined, text: string): boolean {
  if (!before || /\s$/.test(before.text)) return false
  return before.isInstead ? /^[\p{L}\p{N}[]/u.test(text) : true
}

const graphemes = new Intl.Segmenter('ru', { granularity: 'grapheme' })

/** Marks and control characters are left out where a font is written with; they need no glyph. */
const canBe = (grapheme: string, has: (codePoint: number) => boolean): boolean =>
  [...grapheme.normalize('NFC').replace(/[\p{Cf}\p{Cc}\p{M}]/gu, '')].every((character) =>
    has((/\s/.test(character) ? ' ' : character).codePointAt(0) ?? 0),
  )
