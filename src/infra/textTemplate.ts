import type { RichText } from '../engine/outgoing.ts'
import type { Value, Values } from '../engine/text.ts'
import type { Format, Formats } from './textFormats.ts'

/** A locale text taken apart, to be filled with values as often as wanted. */
export interface Template {
  /** `put` makes words of a value. A value that is missing leaves nothing. */
  filled(values: Values, put: (value: Value, format: Format | undefined) => RichText | string): RichText
}

type Mark = 'bold' | 'code'
type Piece =
  | { words: string }
  | { name: string; format: Format | undefined }
  | { open: Mark }
  | { link: string }
  | { close: true }

/** Reads a locale text: `<b>`, `<c>`, `<a name>` (a link to what that value names, if anything), `{{name}}`, `{{name, format}}`; all else is words. Fails on a format that is not known. */
export function compile(source: string, formats: Formats): Template {
  const pieces = source.split(/(<\/?[abc]>|<a \w+>|\{\{[^{}]+\}\})/).flatMap((piece) => pieceOf(piece, formats))
  const [only] = pieces
  // Most texts, every button's among them, are words alone.
  if (!only || (pieces.length === 1 && 'words' in only)) return { filled: () => ({ text: source, spans: [] }) }
  return {
    filled(values, put) {
      const whole: RichText = { text: '', spans: [] }
      const open: Opened[] = []
      for (const piece of pieces) {
        if ('words' in piece) whole.text += piece.words
        else if ('name' in piece) {
          const value = values[piece.name]
          if (value !== undefined) append(whole, put(value, piece.format))
        } else if ('open' in piece) open.push({ style: piece.open, at: whole.text.length })
        else if ('link' in piece)
          open.push({ style: 'link', url: String(values[piece.link] ?? ''), at: whole.text.length })
        else mark(whole, open.pop())
      }
      whole.spans.sort((a, b) => a.at - b.at)
      return whole
    },
  }
}

/** Puts a text behind another. */
export function append(whole: RichText, part: RichText | string): void {
  if (typeof part === 'string') {
    whole.text += part
    return
  }
  const shift = whole.text.length
  whole.text += part.text
  for (const span of part.spans) whole.spans.push({ ...span, at: span.at + shift })
}

function pieceOf(piece: string, formats: Formats): Piece[] {
  if (piece === '') return []
  if (piece === '<b>' || piece === '<c>') return [{ open: piece === '<b>' ? 'bold' : 'code' }]
  if (piece === '</b>' || piece === '</c>' || piece === '</a>') return [{ close: true }]
  const [, link] = /^<a (\w+)>$/.exec(piece) ?? []
  if (link !== undefined) return [{ link }]
  const [, name, format] = /^\{\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?\}\}$/.exec(piece) ?? []
  if (name === undefined) return [{ words: piece }]
  if (format !== undefined && !formats.has(format)) throw new Error(`no format ${format}`)
  return [{ name, format: format === undefined ? undefined : formats.get(format) }]
}

type Opened = { style: Mark; at: number } | { style: 'link'; url: string; at: number }

function mark(whole: RichText, opened: Opened | undefined): void {
  if (!opened || whole.text.length === opened.at || (opened.style === 'link' && opened.url === '')) return
  whole.spans.push({ ...opened, length: whole.text.length - opened.at })
}
