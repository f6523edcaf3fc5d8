import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternIndex } from '../../../src/domain/phrases/patterns.ts'

const index = patternIndex(
  [
    { part: 'intents', name: 'readings', phrases: ['показан*', 'сда* вода|воду', 'вода|воду?'] },
    { part: 'intents', name: 'water', phrases: ['нет воды|вода', 'вода|воду?', 'холодн*|горяч* холодн*|воды'] },
    { part: 'urgent', name: 'gas', phrases: ['запах* газ|газа'] },
  ],
  ['хочу', 'я', 'пожалуйст*'],
)

const found = (said: string, forgiving = false) =>
  index.find(said.split(' '), forgiving).hits.map(({ name, weight, words }) => [name, weight, [...words].sort()])

describe('a phrase', () => {
  test('is found by its words in any order, with others between', () => {
    expect(found('воду хочу сдать')).toContainEqual(['readings', 4, [0, 2]])
  })

  test('wants every word', () => {
    expect(found('сдать анализы')).toEqual([])
    expect(found('запах')).toEqual([])
  })

  test('of two words is not said by one, though it fits both', () => {
    expect(found('холодная')).toEqual([])
    expect(found('холодная воды')).toContainEqual(['water', 4, [0, 1]])
  })

  test('that proves little weighs less, and hints at everything it may be', () => {
    expect(found('вода')).toEqual([
      ['readings', 1, [0]],
      ['water', 1, [0]],
    ])
  })

  test('is found through slips, lost letters and lost spaces only when these are forgiven', () => {
    for (const said of ['паказания', 'показнаия', 'хочупоказания', 'сдатьводу']) {
      expect(found(said), said).toEqual([])
      expect(found(said, true), said).not.toEqual([])
    }
  })

  test('is not found in a word that only begins like it after a slip', () => {
    expect(found('показательно', true)).toEqual([])
    expect(found('поназанство', true)).toEqual([])
    expect(found('ода', true)).toEqual([])
  })

  test('is not found in words of which a part belongs to nothing', () => {
    expect(found('показанияабырвалг', true)).toEqual(found('показанияабырвалг'))
    expect(index.find(['водамудрец'], true).words).toEqual(['водамудрец'])
  })
})

test('fillers are not what a message is about', () => {
  expect(index.find('я хочу сдать пожалуйста рояль'.split(' '), false).content).toEqual(new Set([2, 4]))
})

test('whatever is typed is read, and each hit is of words that were typed', () => {
  const word = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.stringMatching(/^[водапоказинсть]{0,45}$/))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.boolean(), (words, forgiving) => {
      const { hits, content, words: read } = index.find(words, forgiving)
      expect(read.join('')).toBe(words.join(''))
      for (const { words: of } of hits) for (const one of of) expect(read[one]).toBeDefined()
      for (const one of content) expect(read[one]).toBeDefined()
    }),
  )
})
