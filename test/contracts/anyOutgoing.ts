import fc from 'fast-check'
import type { Button, Outgoing, ShownFile, Span } from '../../src/engine/outgoing.ts'

export type Show = Outgoing & { kind: 'show' }

export const show = (text: string, more: Partial<Show> = {}): Show => ({
  kind: 'show',
  text: { text, spans: [] },
  buttons: [],
  files: [],
  ...more,
})

/** Making a text of thousands of words smaller takes minutes: a failure is shown as it was found, with its seed. */
export const wholeCase = { endOnFailure: true }

/** Words, emoji, white space, lone halves of characters, right-to-left: whatever may have got into a text. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('слово', '😀', '\n', '\n\n', ' ', '\uD83D', 'עברית', '<b>', '_*[]', 'x'.repeat(700)), {
      maxLength: 60,
    })
    .map((words) => words.join('')),
  fc
    .array(fc.constantFrom('абвгд', 'показание 12345', '😀😀'), { minLength: 900, maxLength: 1500 })
    .map((words) => words.join(' ')),
)

const place = { at: fc.integer({ min: -5, max: 6000 }), length: fc.integer({ min: -1, max: 5000 }) }
const anySpan: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ style: fc.constantFrom('bold', 'code'), ...place }),
  fc.record({ style: fc.constant('link'), url: fc.constantFrom('', 'https://example.org/pay'), ...place }),
)

const anyButton: fc.Arbitrary<Button> = fc.record({
  label: fc.string({ unit: 'grapheme', maxLength: 90 }),
  token: fc.stringMatching(/^[0-9a-z]{1,11}\.[0-9<>]{1,3}$/),
})

const anyFile: fc.Arbitrary<ShownFile> = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom('photo', 'document', 'voice'),
  name: fc.constant('квитанция.pdf'),
})

/** Anything the engine may show: at most ten buttons, tokens of at most 64 bytes, everything else without bounds. */
export const anyShow: fc.Arbitrary<Show> = fc.record(
  {
    kind: fc.constant('show'),
    text: fc.record({ text: anyText, spans: fc.array(anySpan, { maxLength: 6 }) }),
    buttons: fc.array(fc.array(anyButton, { maxLength: 10 }), { maxLength: 10 }).map(atMostTen),
    files: fc.array(anyFile, { maxLength: 12 }),
    replaces: fc.constantFrom('17', 'x'),
    repliesTo: fc.constantFrom('16', 'x'),
  },
  { requiredKeys: ['kind', 'text', 'buttons', 'files'] },
)

function atMostTen(rows: Button[][]): Button[][] {
  let left = 10
  return rows.map((row) => {
    const kept = row.slice(0, left)
    left -= kept.length
    return kept
  })
}

/** The words themselves, without white space: what no splitting may lose. */
export const words = (text: string): string => text.replace(/\s+/g, '')
