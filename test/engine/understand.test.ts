import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dialogs } from '../../src/dialogs/index.ts'
import { languages } from '../../src/domain/language.ts'
import type { Words } from '../../src/engine/text.ts'
import { danger, understood } from '../../src/engine/understand.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')

describe('a danger', () => {
  test.each([
    ['пахнет газом', 'emergency:gas'],
    ['Помогите, в подъезде сильный запах газа!', 'emergency:gas'],
    ['пожар', 'emergency:fire'],
    ['течёт труба', 'emergency:leak'],
    ['нас затопили соседи сверху', 'emergency:leak'],
    ['мы застряли в лифте', 'emergency:stuck'],
    ['gas leak', 'emergency:gas'],
    ['пожар Ленина 5', 'emergency:fire'],
    ['пожар, Ленина 120-45', 'emergency:fire'],
    ['запах газа 5 подъезд', 'emergency:gas'],
    ['прорвало трубу горячей воды, Мира 12 кв 3', 'emergency:leak'],
    ['fire, Lenina 5', 'emergency:fire'],
  ])('is heard whatever is being asked: «%s»', (said, dialog) => {
    expect(danger(said, words)).toBe(dialog)
  })

  test.each([
    'газ 5012',
    'хвс 12 гвс 8',
    'хвс 310, капает кран',
    'горячая 310 холодная 311 кран капает',
    'день 1200 ночь 540 счётчик искрит',
    'Теченская 5',
    'Газовиков 15-4',
    'улица Пожарского',
    'Газовая улица',
    'Водопроводная',
    'нет',
    'нет воды',
    'лифт не работает',
    'газ',
    'газом не пахнет',
    'показания',
    `${'длинное письмо '.repeat(20)} пахнет газом`,
    '',
  ])('is not heard in «%s»', (said) => {
    expect(danger(said, words)).toBeUndefined()
  })
})

test('whatever is typed is read without a fault, and leads only to dialogs that there are', () => {
  const vocabulary = languages.flatMap((language) => {
    const { urgent, intents, smallTalk } = words.vocabulary(language)
    return [urgent, intents, smallTalk].flatMap((part) => Object.values<readonly string[]>(part).flat())
  })
  const piece = fc.oneof(
    fc.constantFrom(...vocabulary.flatMap((phrase) => phrase.split(/[ |]/)).map((one) => one.replace(/[*?]/g, ''))),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('не', 'нет', '324', 'ааааааа', '😀', '__proto__', 'constructor', 'toString'),
  )
  const typed = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' '))
  fc.assert(
    fc.property(fc.oneof(typed, fc.string({ unit: 'binary', maxLength: 2000 })), (said) => {
      const meant = understood(said, words)
      const named = meant?.kind === 'opens' ? [meant.dialog] : meant?.kind === 'doubt' ? meant.dialogs : []
      expect(named.length).toBeLessThanOrEqual(3)
      expect(new Set(named).size).toBe(named.length)
      for (const name of [...named, danger(said, words) ?? 'menu'])
        expect(dialogs.has(name.split(':')[0] ?? ''), name).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a vocabulary is read once, however much is said', () => {
  let asked = 0
  const counted: Words = {
    ...words,
    vocabulary: (language) => {
      asked += 1
      return words.vocabulary(language)
    },
  }
  understood('показания', counted)
  const first = asked
  for (const said of ['долг', 'абырвалг', 'gjrfpfybz', 'пахнет газом']) {
    understood(said, counted)
    danger(said, counted)
  }
  expect([first, asked]).toEqual([languages.length, languages.length])
})
