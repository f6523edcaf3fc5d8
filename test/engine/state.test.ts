import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sanitized } from '../../src/engine/sanitize.ts'
import { newState, readState } from '../../src/engine/state.ts'

// A key `__proto__` is dropped when a state is read: no dialog has such an answer, and nobody may smuggle one in.
const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'))
const standing = fc.record({
  dialog: fc.string(),
  version: fc.nat(),
  place: json,
  accountId: fc.nat(),
  trail: fc.array(json, { maxLength: 8 }),
})
const means = fc.oneof(
  fc.record({ answer: json }),
  fc.record({ go: fc.constantFrom('menu', 'back', 'cancel', 'resume') }),
  fc.record({ open: fc.string(), opening: json }),
)
const anyState = fc.record(
  {
    generation: fc.nat(),
    language: fc.constantFrom('ru', 'en'),
    textButtonsOnly: fc.boolean(),
    at: standing,
    waiting: fc.array(fc.record({ dialog: fc.string(), opening: json }, { requiredKeys: ['dialog'] })),
    parked: standing,
    screen: fc.record({
      stamp: fc.nat(),
      shownAt: fc.nat(),
      aside: fc.boolean(),
      hears: fc.boolean(),
      album: fc.string(),
      page: fc.nat(),
      buttons: fc.array(fc.record({ label: fc.string(), means })),
      policy: fc.constantFrom('full', 'masked', 'linkOnly', 'off'),
    }),
    answered: fc.record({ message: fc.string(), at: standing }),
    unclear: fc.nat(),
    groupToldAt: fc.nat(),
    told: fc.array(fc.string()),
    postponed: fc.array(fc.record({ dialog: fc.string(), about: fc.string() })),
    steps: fc.array(fc.string()),
  },
  { requiredKeys: ['language', 'waiting', 'unclear'] },
)

describe('a saved state', () => {
  test('is read as it was saved, whatever it holds', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const saved = JSON.parse(JSON.stringify(state))
        expect(readState(saved)).toEqual(saved)
      }),
    )
  })
  test('that is new can be read', () => {
    expect(readState(JSON.parse(JSON.stringify(newState('en'))))).toEqual(newState('en'))
  })
  test('is read without the steps of a release that noted something else', () => {
    expect(readState({ ...newState(), steps: [{ at: 'menu' }] })).toEqual({ ...newState(), steps: undefined })
  })
  test.each([
    null,
    undefined,
    [],
    'state',
    {},
    { ...newState(), language: 'de' },
    { ...newState(), at: { dialog: 'menu' } },
    { ...newState(), waiting: 'x' },
    { ...newState(), screen: { stamp: 1, page: -1, buttons: [] } },
    { ...newState(), told: 'withheld.reason' },
    { ...newState(), postponed: ['news'] },
    { ...newState(), screen: { stamp: 1, page: 0, buttons: [], policy: 'open' } },
    { ...newState(), screen: { stamp: 1, page: 0, buttons: [{ label: 'x', means: { go: 'away' } }] } },
  ])('is known when it is none: %j', (saved) => {
    expect(readState(saved)).toBeUndefined()
  })
})

describe('an event made fit for PostgreSQL', () => {
  const event = (text: string) =>
    ({ id: 'tg:1:1', chat: 'telegram:1', at: new Date(0), input: { kind: 'text', text, message: '1' } }) as const

  test('holds no NUL, no half of a surrogate pair, and no more than anybody answers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const { input } = sanitized(event(`${typed}\0\ud83d`))
        if (input.kind !== 'text') throw new Error('the kind is kept')
        expect(input.text).not.toContain('\0')
        expect(input.text.isWellFormed()).toBe(true)
      }),
    )
    const { input } = sanitized(event('я'.repeat(3_000_000)))
    expect(input.kind === 'text' && input.text.length).toBe(10_000)
  })

  test('is cleaned wherever words stand in it, and nothing else is changed', () => {
    const files = [{ kind: 'photo', ref: 'a\0', name: 'x\ud800.png', size: 5 }] as const
    const dirty = { ...event(''), input: { kind: 'files', files: [...files], caption: '\0 5', message: '1' } } as const
    expect(sanitized({ ...dirty, input: { ...dirty.input, files: [...files] } })).toEqual({
      ...dirty,
      input: {
        kind: 'files',
        files: [{ kind: 'photo', ref: 'a', name: 'x\ufffd.png', size: 5 }],
        caption: ' 5',
        message: '1',
      },
    })
    expect(sanitized(event('обычный 👍 текст'))).toEqual(event('обычный 👍 текст'))
  })
})
