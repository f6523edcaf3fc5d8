import { rgb } from 'pdf-lib'
import type { Language } from '../../domain/language.ts'
import { type LocalDate, localDateOf } from '../../domain/localDate.ts'
import type { SaidLine, Talk, TalkLine } from '../../domain/talk.ts'
import type { Values } from '../../engine/text.ts'
import { fontFile } from '../fontFiles.ts'
import { parsedFont } from '../parsedFont.ts'
import { openPages, type Pages } from '../pdf/pages.ts'
import { type Letters, lineHeight, wrapped, write } from '../pdf/text.ts'
import { writable } from './writable.ts'

type Say = (key: string, values?: Values) => string

/**
 * A talk with consultants as a document: day by day who said what and when, by the centre's clock. Files are told by their names. A long
 * message goes on on the next page; what the font cannot write is told in words.
 */
export async function transcriptPdf(talk: Talk, say: Say, language: Language, timeZone: string): Promise<Uint8Array> {
  const { number, askedAt, lines } = talk
  const title = say('transcript.title', { number })
  const pages = await openPages({ title, language })
  const font = await parsedFont(fontFile('regular'))
  const instead = { emoji: say('transcript.emoji'), signs: say('transcript.signs') }
  const clean = (said: string) => writable(said, (codePoint) => font.hasGlyphForCodePoint(codePoint), instead)
  head(pages, title, say('transcript.begun', { at: askedAt }))
  let day: LocalDate | undefined
  let before: TalkLine | undefined
  for (const line of lines) {
    const own = localDateOf(new Date(line.at), timeZone)
    if (own !== day) {
      await dayHead(pages, say('transcript.day', { day: own }))
      before = undefined
    }
    const isNext = before !== undefined && speakerOf(before) === speakerOf(line)
    await entry(pages, blocksOf(line, { isNext, say, clean, pages }), say('transcript.time', { at: line.at }), isNext)
    day = own
    before = line
  }
  return pages.finished((page, of) => say('transcript.page', { number, page, of }))
}

const size = 10
const timeWidth = 40
const tint = rgb(0.93, 0.94, 0.96)

function head(pages: Pages, title: string, begun: string): void {
  const { page, fonts, left, width } = pages
  const large = { font: fonts.bold, size: 18 }
  pages.top -= write(page, wrapped(title, large, width), { x: left, top: pages.top }, large)
  pages.top -= write(page, [begun], { x: left, top: pages.top }, { font: fonts.regular, size, faint: true })
}

/** Not left alone at a page's end. */
async function dayHead(pages: Pages, words: string): Promise<void> {
  const letters = { font: pages.fonts.bold, size }
  const height = lineHeight(letters) + 2 * dayPadding
  await pages.room(height + dayGap + 4 * lineHeight(letters))
  const { page, left, width } = pages
  pages.top -= dayGap
  page.drawRectangle({ x: left, y: pages.top - height, width, height, color: tint })
  write(page, [words], { x: left + 6, top: pages.top - dayPadding }, letters)
  pages.top -= height
}

const [dayGap, dayPadding] = [10, 3]

/** Lines of one look, wrapped. */
interface Block {
  lines: string[]
  letters: Letters
}

const speakerOf = (line: TalkLine): string => `${line.who} ${line.who === 'desk' ? '' : (line.name ?? '')}`

/** Who speaks is not said again where he goes on. */
function blocksOf(
  line: TalkLine,
  { isNext, say, clean, pages }: { isNext: boolean; say: Say; clean(said: string): string; pages: Pages },
): Block[] {
  const { fonts } = pages
  const block = (words: string, letters: Letters): Block => ({
    lines: wrapped(clean(words), letters, pages.width - timeWidth),
    letters,
  })
  const [plain, faint, bold] = [
    { font: fonts.regular, size },
    { font: fonts.regular, size: size - 1, faint: true },
    { font: fonts.bold, size },
  ]
  if (line.who === 'desk') return [block(deskWords(line, say), faint)]
  return [
    ...(isNext ? [] : [block(speaker(line, say), bold)]),
    ...(line.answers === undefined ? [] : [block(say('transcript.answers', { words: short(line.answers) }), faint)]),
    ...(line.words === '' ? [] : [block(line.words, plain)]),
    ...line.files.map(({ kind, name }) => block(say(`transcript.file.${kind}`, { name }), plain)),
    ...(line.location ? [block(say('transcript.location', placeOf(line.location)), plain)] : []),
    ...(line.isEdited ? [block(say('transcript.edited'), faint)] : []),
  ]
}

function speaker({ who, name }: SaidLine, say: Say): string {
  if (who === 'resident') return say('transcript.you')
  return name === undefined ? say('transcript.consultant') : say('transcript.consultantNamed', { name })
}

const deskWords = ({ what, name = '' }: Extract<TalkLine, { who: 'desk' }>, say: Say): string =>
  say(`transcript.desk.${what}`, { name })

/** The beginning of what is replied to. */
function short(words: string): string {
  const characters = [...words.replace(/\s+/g, ' ')]
  return characters.length <= mostQuoted
    ? characters.join('')
    : `${characters.slice(0, mostQuoted).join('').trimEnd()}…`
}

const mostQuoted = 70

const placeOf = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
  latitude: latitude.toFixed(5),
  longitude: longitude.toFixed(5),
})

/** An entry with its time to the left; it goes on over as many pages as it takes, line by line. */
async function entry(pages: Pages, blocks: readonly Block[], time: string, isNext: boolean): Promise<void> {
  const first = blocks.slice(0, 2).reduce((height, { letters }) => height + lineHeight(letters), 0)
  pages.top -= isNext ? 2 : 7
  await pages.room(first)
  const small = { font: pages.fonts.regular, size: size - 1, faint: true }
  write(pages.page, [time], { x: pages.left, top: pages.top - 0.8 }, small)
  for (const { lines, letters } of blocks)
    for (const line of lines) {
      await pages.room(lineHeight(letters))
      pages.top -= write(pages.page, [line], { x: pages.left + timeWidth, top: pages.top }, letters)
    }
}
