import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import { decodePDFRawStream, PDFDict, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import { describe, expect, test } from 'vitest'
import { fontFile } from '../../src/files/fontFiles.ts'
import { embedFonts } from '../../src/files/pdf/fonts.ts'
import { openPages } from '../../src/files/pdf/pages.ts'
import { drawTable, type Row } from '../../src/files/pdf/table.ts'
import { widthOf, wrapped, write } from '../../src/files/pdf/text.ts'
import { readPdf } from './pdfText.ts'

/** The regular font as it is in a document: of the two it is the one whose letters were written. */
async function fontFileIn(bytes: Uint8Array): Promise<Uint8Array> {
  const { context } = await PDFDocument.load(bytes)
  const fonts = context.enumerateIndirectObjects().flatMap(([, found]) => {
    const file = found instanceof PDFDict ? found.lookup(PDFName.of('FontFile2')) : undefined
    return file instanceof PDFRawStream ? [decodePDFRawStream(file).decode()] : []
  })
  return fonts.toSorted((a, b) => b.length - a.length)[0] ?? new Uint8Array()
}

const pagesOf = () => openPages({ title: 'Начисления', language: 'ru' })

describe('a document', () => {
  // The first of all: the fonts are parsed once a process, and what one document leaves in them the next must not suffer from.
  test('keeps its letters whatever letters were parts of others in the one before', async () => {
    const read = async (text: string) => {
      const pages = await pagesOf()
      write(pages.page, [text], { x: 0, top: pages.top }, { font: pages.fonts.regular, size: 12 })
      return (await readPdf(await pages.finished(() => ''))).map((page) => page.text)
    }
    expect([await read('й'), await read('и')]).toEqual([['й'], ['и']])
  })

  test('has text that can be selected, A4 pages that are numbered, and the same bytes each time', async () => {
    const make = async () => {
      const pages = await pagesOf()
      const letters = { font: pages.fonts.regular, size: 12 }
      pages.top -= write(
        pages.page,
        ['Холодная вода: 9\u00a0935,33\u00a0₽'],
        { x: pages.left, top: pages.top },
        letters,
      )
      await pages.room(5000)
      return pages.finished((page, of) => `${page} из ${of}`)
    }
    const [bytes, again] = [await make(), await make()]
    expect(Buffer.from(bytes).equals(again)).toBe(true)
    const read = await readPdf(bytes)
    expect(read.map(({ text }) => text)).toEqual(['Холодная вода: 9 935,33 ₽\n1 из 2', '2 из 2'])
    expect(read[0]?.size).toEqual([595, 842])
    // Of the two fonts, half a megabyte, only the letters that are written are in it.
    expect(bytes.length).toBeLessThan(20_000)
  })

  test('has a question mark for what the font lacks, and nothing for what is not seen', async () => {
    const pages = await pagesOf()
    const letters = { font: pages.fonts.bold, size: 12 }
    write(pages.page, ['и\u0306ё\u200d 水 🚰 \u202eok'], { x: 0, top: pages.top }, letters)
    const [page] = await readPdf(await pages.finished(() => ''))
    expect(page?.text).toBe('йё ? ? ok')
  })

  test('has every letter’s shape, those made of others too', async () => {
    const pages = await pagesOf()
    const text = 'Съешь ещё этих мягких французских булок, да выпей чаю. №0123456789 «ЙЁ» — 9,35 ₽ fi Quick brown fox'
    write(pages.page, [text], { x: 0, top: pages.top }, { font: pages.fonts.regular, size: 12 })
    const [embedded, whole] = [
      fontkit.create(await fontFileIn(await pages.finished(() => ''))),
      fontkit.create(await readFile(fontFile('regular'))),
    ]
    const characters = [...new Set(text)]
    const shapes = (font: typeof whole, ids: number[]) => ids.map((id) => font.getGlyph(id).path.toSVG())
    // In the document letters stand in the order in which they were first written; the first place is that of no letter.
    expect(
      shapes(
        embedded,
        [...characters.keys()].map((nth) => nth + 1),
      ),
    ).toEqual(
      shapes(
        whole,
        characters.map((one) => whole.glyphForCodePoint(one.codePointAt(0) ?? 0).id),
      ),
    )
  })

  test('fails without its fonts, and is made as soon as they are there again', async () => {
    const pdf = await PDFDocument.create()
    await expect(embedFonts(pdf, () => '/nowhere/PTSans.ttf')).rejects.toThrow('/nowhere/PTSans.ttf')
    expect(Object.keys(await embedFonts(pdf))).toEqual(['regular', 'bold'])
  })
})

test('a text is broken where words part, a word only when it is wider than the line', async () => {
  const letters = { font: (await pagesOf()).fonts.regular, size: 9 }
  const name =
    'Содержание жилого помещения (плата за общедомовые нужды), водоснабжение/водоотведение, 1\u00a0000\u00a0000,00\u00a0₽'
  for (const width of [40, 80, 300]) {
    const lines = wrapped(name, letters, width)
    expect(lines.every((line) => widthOf(line, letters) <= width)).toBe(true)
    expect(lines.join('').replaceAll(' ', '')).toBe(name.replaceAll(' ', ''))
  }
  expect(wrapped(name, letters, 80)).toContain('1\u00a0000\u00a0000,00\u00a0₽')
  expect(wrapped('ы'.repeat(100), letters, 40).length).toBeGreaterThan(5)
  expect(wrapped(name, letters, 80, 2).at(-1)).toMatch(/…$/)
  expect(wrapped('', letters, 80)).toEqual([''])
})

test('a table’s rows are never split, its head stands on each page, and no heading is left alone', async () => {
  const pages = await pagesOf()
  const long = 'Очень длинное название услуги '.repeat(7).trim()
  const rows: Row[] = Array.from({ length: 60 }, (_, nth) =>
    nth % 4 === 0 ? { heading: `Месяц ${nth}` } : { cells: [`${long} ${nth}`, `${nth},00`], bold: nth % 4 === 3 },
  )
  await drawTable(pages, {
    columns: [
      { head: 'Услуга', share: 1 },
      { head: 'Сумма', share: 3, align: 'right' },
    ],
    rows,
  })
  const read = await readPdf(await pages.finished(() => ''))
  expect(read.length).toBeGreaterThan(3)
  const whole = read.map(({ text }) => text).join('\n')
  for (const [nth, row] of rows.entries()) {
    if ('heading' in row) continue
    // The name's last line and the sum are on one page, with all of the name between.
    const page = read.find(({ text }) => new RegExp(`(^|\\n)${nth},00`).test(text))?.text ?? ''
    const lines = page.split('\n').slice(0, page.split('\n').indexOf(`${nth},00`))
    expect(lines.join(' ').endsWith(`${long} ${nth}`)).toBe(true)
  }
  for (const { text, pieces } of read) {
    expect(text.split('\n').slice(0, 2)).toEqual(['Услуга', 'Сумма'])
    expect(text.split('\n')[2]).toMatch(/^Месяц \d+$/)
    expect(text.split('\n').at(-1)).not.toMatch(/^Месяц/)
    expect(pieces.every(({ y, x, width }) => y > 36 && y < 806 && x >= 36 && x + width <= 560)).toBe(true)
  }
  expect(whole.match(/,00$/gm)).toHaveLength(45)
})

test('numbers of a table are never broken: words make room for them, and at last all letters are smaller', async () => {
  const drawn = async (number: string) => {
    const pages = await pagesOf()
    const columns = ['a', 'b', 'c', 'd'].map((head) => ({ head, share: 1, align: 'right' as const }))
    await drawTable(pages, {
      columns: [{ head: 'Услуга', share: 2 }, ...columns],
      rows: [{ cells: ['Содержание жилого помещения', ...columns.map(() => number)] }],
    })
    const [page] = await readPdf(await pages.finished(() => ''))
    return page?.pieces ?? []
  }
  for (const number of ['1 000 000 000 000,00 ₽', '1 000 000 000 000 000 000,00 ₽']) {
    const pieces = await drawn(number)
    expect(pieces.filter(({ text }) => text === number)).toHaveLength(4)
    expect(pieces.every(({ x, width }) => x >= 36 && x + width <= 560)).toBe(true)
  }
})
