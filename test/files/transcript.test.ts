import { describe, expect, test } from 'vitest'
import { asTold, type SaidLine, type Talk, type TalkLine } from '../../src/domain/talk.ts'
import { transcriptPdf } from '../../src/files/transcript/pdf.ts'
import { writable } from '../../src/files/transcript/writable.ts'
import { drawnPages, inkIn } from './pdfPicture.ts'
import { readPdf } from './pdfText.ts'
import { sayIn } from './say.ts'

const zone = 'Asia/Yekaterinburg'
/** 11:30 in Yekaterinburg, and so many minutes on. */
const at = (minutes: number) => new Date(Date.parse('2026-11-28T06:30:00Z') + minutes * 60_000).toISOString()
const said = (minutes: number, words: string, more: Partial<SaidLine> = {}): SaidLine => ({
  ...{ at: at(minutes), who: 'resident', words, files: [] },
  ...more,
})
const olga = { who: 'consultant', name: 'Ольга' } as const

const talk = (lines: TalkLine[]): Talk => ({ number: 12, askedAt: at(0), lines })
const pdf = (lines: TalkLine[], language: 'ru' | 'en' = 'ru') =>
  transcriptPdf(talk(lines), sayIn(language), language, zone)
const read = async (lines: TalkLine[], language: 'ru' | 'en' = 'ru') => readPdf(await pdf(lines, language))

test('says who said what when by the clock of the centre, day by day, with files by their names', async () => {
  const [page] = await read([
    said(0, 'Почему так много за отопление?'),
    { at: at(4), who: 'desk', what: 'taken', name: 'Ольга' },
    said(5, 'Здравствуйте! Сейчас посмотрю.', olga),
    said(6, 'Вот квитанция', { files: [{ kind: 'photo', name: 'IMG_1.jpg' }] }),
    said(7, '', { files: [{ kind: 'voice', name: 'голос.ogg' }], location: { latitude: 56.8385, longitude: 60.6055 } }),
    said(8, 'За октябрь включили отопление.', { ...olga, answers: 'Почему так много за отопление?' }),
    { at: at(9), who: 'desk', what: 'closed' },
    said(13 * 60, 'Спасибо!', { isEdited: true }),
  ])
  expect(page?.size).toEqual([595, 842])
  expect(page?.text.split('\n')).toEqual([
    ...['Разговор с консультантом № 12', 'Начат 28 ноября 2026, 11:30. Время указано по часам ЕРЦ.'],
    '28 ноября 2026',
    ...['11:30', 'Вы', 'Почему так много за отопление?'],
    ...['11:34', 'На связи консультант Ольга'],
    ...['11:35', 'Ольга, консультант', 'Здравствуйте! Сейчас посмотрю.'],
    ...['11:36', 'Вы', 'Вот квитанция', 'Фото: IMG_1.jpg'],
    ...['11:37', 'Голосовое сообщение: голос.ogg', 'Место на карте: 56.83850, 60.60550'],
    ...[
      '11:38',
      'Ольга, консультант',
      'В ответ на: «Почему так много за отопление?»',
      'За октябрь включили отопление.',
    ],
    ...['11:39', 'Разговор закончен'],
    '29 ноября 2026',
    ...['00:30', 'Вы', 'Спасибо!', 'Сообщение потом исправили, здесь последний вариант.'],
    'Разговор № 12. Страница 1 из 1',
  ])
})

test('of a long message that is replied to only the beginning is said', async () => {
  const [page] = await read([said(0, 'Да', { ...olga, answers: 'Очень длинный вопрос, '.repeat(20) })])
  expect(page?.text).toMatch(/\nВ ответ на: «Очень длинный вопрос, .{1,60}…»\nДа\n/)
})

test('is in the resident’s language; what he and the consultant said stays as it was', async () => {
  const [page] = await read([said(0, 'Добрый день'), said(1, 'Здравствуйте', { who: 'consultant' })], 'en')
  expect(page?.text).toMatch(/Talk with a consultant, No\..12[\s\S]*You\nДобрый день[\s\S]*Consultant\nЗдравствуйте/)
})

test('a message longer than a page goes on on the next, and a word longer than a line is broken: no letter is lost', async () => {
  const word = Array.from({ length: 4096 }, (_, nth) => 'абвгдежзик'[nth % 10]).join('')
  const long = Array.from({ length: 120 }, (_, nth) => `Строка ${nth}`).join('\n')
  const pages = await read([said(0, word), said(1, long, olga)])
  expect(pages.length).toBeGreaterThan(2)
  const whole = pages.flatMap(({ pieces }) => pieces.map(({ text }) => text))
  expect(whole.filter((piece) => /^[абвгдежзик]{20,}$/.test(piece)).join('')).toContain(word.slice(0, 4000))
  expect(whole.filter((piece) => /^Строка \d+$/.test(piece))).toEqual(long.split('\n'))
  for (const { pieces } of pages)
    expect(pieces.every(({ x, y, width }) => x >= 36 && x + width <= 560 && y >= 20 && y <= 806)).toBe(true)
})

test('of a thousand lines none is lost, and a page is drawn from top to bottom', async () => {
  const lines = Array.from({ length: 1000 }, (_, nth) => said(nth, `Реплика номер ${nth}.`, nth % 3 ? {} : olga))
  const bytes = await pdf(lines)
  expect(bytes.length).toBeLessThan(400_000)
  const pages = await readPdf(bytes)
  const whole = pages.map(({ text }) => text).join('\n')
  for (let nth = 0; nth < 1000; nth++) expect(whole).toContain(`Реплика номер ${nth}.\n`)
  const [picture] = await drawnPages(bytes)
  if (!picture) throw new Error('no page')
  expect(inkIn(picture, [0.06, 0.05, 0.94, 0.1])).toBeGreaterThan(0.01)
  expect(inkIn(picture, [0.12, 0.85, 0.6, 0.95])).toBeGreaterThan(0.005)
  expect(inkIn(picture, [0, 0, 0.05, 1])).toBe(0)
})

describe('what the font cannot write', () => {
  const has = (codePoint: number) => /[\p{Script=Cyrillic}\p{ASCII}«»№é]/u.test(String.fromCodePoint(codePoint))
  test.each([
    ['Спасибо!', 'Спасибо!'],
    ['Спасибо👍🏽', 'Спасибо [e]'],
    ['👨‍👩‍👧‍👦🇷🇺👍 привет', '[e] привет'],
    ['да👍нет', 'да [e] нет'],
    ['да 👍, нет', 'да [e], нет'],
    ['你好 мир', '[s] мир'],
    ['сума́сшедший é', 'сума́сшедший é'],
    ['👍中', '[e] [s]'],
    ['раз\r\nдва\tтри\n👍\n', 'раз\nдва три\n[e]\n'],
    ['1️⃣ первый', '1️⃣ первый'],
    ['\u200b\u202eтекст', '\u200b\u202eтекст'],
    ['', ''],
  ])('%j is told as %j', (words, told) => {
    expect(writable(words, has, { emoji: '[e]', signs: '[s]' })).toBe(told)
  })

  test('is told in words in the document, in names of files, too', async () => {
    const [page] = await read([
      said(0, 'Спасибо 😀❤️'),
      said(1, '', { files: [{ kind: 'document', name: '发票.pdf' }] }),
    ])
    expect(page?.text).toContain('Спасибо [смайлик]')
    expect(page?.text).toContain('Файл: [другие знаки].pdf')
    expect(page?.text).not.toContain('?')
  })
})

test('an edit replaces what was said in its place, an edit of an edit as well, and replies tell the last words', () => {
  const kept = [
    { key: '1', line: said(0, 'сума') },
    { key: '2', line: said(1, 'Какая сумма?', olga), answers: '1' },
    { key: '3', line: said(2, 'сумма'), edits: '1' },
    { key: '4', line: said(3, 'сумма за март'), edits: '3' },
    { key: '5', line: said(4, 'Понятно', olga), answers: '3' },
    { key: '6', line: said(5, 'правка того, чего нет'), edits: '99' },
    { key: '7', line: said(6, 'ответ на то, чего нет'), answers: '98' },
  ]
  expect(asTold(kept)).toEqual([
    said(0, 'сумма за март', { isEdited: true }),
    said(1, 'Какая сумма?', { ...olga, answers: 'сума' }),
    said(4, 'Понятно', { ...olga, answers: 'сумма за март' }),
    said(5, 'правка того, чего нет'),
    said(6, 'ответ на то, чего нет'),
  ])
})
