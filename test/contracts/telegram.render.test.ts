import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entitiesOf } from '../../bots/telegram/entities.ts'
import { type Call, render } from '../../bots/telegram/render.ts'
import type { Span } from '../../src/engine/outgoing.ts'
import { anyShow, show, wholeCase, words } from './anyOutgoing.ts'
import { telegramViolations } from './violations.ts'

const chat = 'telegram:5551'
const button = { label: 'Меню', token: '1.0' }

describe('what Telegram is asked for', () => {
  it('never passes a limit, whatever is to be shown', () => {
    fc.assert(
      fc.property(anyShow, (outgoing) => {
        for (const call of render(chat, outgoing)) expect(telegramViolations(call)).toEqual([])
      }),
      wholeCase,
    )
  })

  it('keeps every word of a text, in order', () => {
    fc.assert(
      fc.property(anyShow, (outgoing) => {
        const shown = render(chat, outgoing).map(textOf).join('')
        const sound = outgoing.text.text.replace(/\p{Surrogate}/gu, '\uFFFD')
        expect(words(shown).replace(/^…$/, '')).toBe(words(sound).replace(/^…$/, ''))
      }),
      wholeCase,
    )
  })

  it('marks the same words in the parts of a long text as in the whole', () => {
    const word = fc.stringMatching(/^[а-я]{1,9}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { minLength: 600, maxLength: 1500 }), (pairs) => {
        const { text, spans } = marked(pairs)
        const calls = render(chat, { ...show(text), text: { text, spans } })
        expect(calls.length).toBeGreaterThan(0)
        expect(calls.flatMap(boldWords)).toEqual(pairs.filter(([, isBold]) => isBold).map(([said]) => said))
      }),
      wholeCase,
    )
  })

  it('puts the keyboard under the last part only', () => {
    const calls = render(chat, show('а '.repeat(5000), { buttons: [[button]] }))
    expect(calls.length).toBe(3)
    expect(calls.map((call) => 'reply_markup' in call.payload)).toEqual([false, false, true])
  })

  it('keeps every button, in order', () => {
    fc.assert(
      fc.property(anyShow, (outgoing) => {
        const tokens = render(chat, outgoing).flatMap((call) =>
          'reply_markup' in call.payload
            ? call.payload.reply_markup.inline_keyboard.flat().map((one) => 'callback_data' in one && one.callback_data)
            : [],
        )
        expect(tokens).toEqual(outgoing.buttons.flat().map((one) => one.token))
      }),
      wholeCase,
    )
  })

  it.each([
    ['a short text is the caption of the first file', 'коротко', ['file+text', 'file']],
    ['a text too long for a caption follows the files', 'а'.repeat(1025), ['file', 'file', 'text']],
    ['a file without words has no caption', '', ['file', 'file']],
  ])('%s', (_, text, expected) => {
    const files = ['1', '2'].map((id) => ({ id, kind: 'document' as const, name: 'квитанция.pdf' }))
    const kinds = render(chat, show(text, { files })).map((call) =>
      call.kind === 'file' ? (call.payload.caption ? 'file+text' : 'file') : 'text',
    )
    expect(kinds).toEqual(expected)
  })

  it.each([
    ['one message in place', show('готово', { replaces: '17' }), 17],
    ['not a text of two messages', show('а '.repeat(4000), { replaces: '17' }), undefined],
    ['not with a file', show('вот', { replaces: '17', files: [{ id: '1', kind: 'photo', name: 'p.jpg' }] }), undefined],
    ['nothing under an id that is none', show('готово', { replaces: '17:3' }), undefined],
  ])('edits %s', (_, outgoing, edits) => {
    const [first] = render(chat, outgoing)
    expect(first?.kind === 'message' ? first.edits : undefined).toBe(edits)
  })

  it.each<[string, string, Span[], [string, number, number][]]>([
    [
      'cuts bold around code',
      'abcdef',
      [bold(0, 6), code(2, 2)],
      [
        ['bold', 0, 2],
        ['code', 2, 2],
        ['bold', 4, 2],
      ],
    ],
    [
      'nests a link in bold',
      'abcdef',
      [bold(0, 6), link(2, 2)],
      [
        ['bold', 0, 6],
        ['text_link', 2, 2],
      ],
    ],
    [
      'cuts what crosses',
      'abcdef',
      [bold(0, 4), link(2, 4)],
      [
        ['bold', 0, 4],
        ['text_link', 2, 2],
        ['text_link', 4, 2],
      ],
    ],
    [
      'joins what overlaps in one style',
      'abcdef',
      [bold(0, 4), bold(2, 4)],
      [
        ['bold', 0, 4],
        ['bold', 4, 2],
      ],
    ],
    ['widens to whole characters', 'a😀b', [bold(2, 1)], [['bold', 1, 2]]],
    ['drops what lies outside', 'abc', [bold(3, 2), bold(-2, 2), code(1, 0)], []],
    ['cuts at the end', 'abc', [code(1, 90)], [['code', 1, 2]]],
  ])('%s', (_, text, spans, expected) => {
    expect(entitiesOf({ text, spans }).map(({ type, offset, length }) => [type, offset, length])).toEqual(expected)
  })
})

function bold(at: number, length: number): Span {
  return { style: 'bold', at, length }
}
function code(at: number, length: number): Span {
  return { style: 'code', at, length }
}
function link(at: number, length: number): Span {
  return { style: 'link', url: 'https://example.org', at, length }
}

const textOf = (call: Call): string =>
  call.kind === 'message' ? call.payload.text : call.kind === 'file' ? (call.payload.caption ?? '') : ''

function marked(pairs: [string, boolean][]): { text: string; spans: Span[] } {
  const spans: Span[] = []
  let text = ''
  for (const [said, isBold] of pairs) {
    if (isBold) spans.push(bold(text.length, said.length))
    text += `${said} `
  }
  return { text, spans }
}

function boldWords(call: Call): string[] {
  if (call.kind !== 'message') return []
  const { text, entities = [] } = call.payload
  return entities.map(({ offset, length }) => text.slice(offset, offset + length))
}
