import { describe, expect, test } from 'vitest'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import { typedButton } from '../../src/engine/route.ts'
import { choice, type Drawn, type Screen, screen } from '../../src/engine/saying.ts'
import { present, repeat } from '../../src/engine/screens.ts'
import { newState, readState } from '../../src/engine/state.ts'
import { text } from '../../src/engine/text.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')
const setting = { words, language: 'ru', stamp: 7, plain: 'byNumber' } as const

const choices = (count: number, nav: Screen['nav'] = 'both') =>
  screen(
    text('menu.title'),
    Array.from({ length: count }, (_, index) => choice(text('common.words', { words: `выбор ${index + 1}` }), index)),
    { nav },
  )

const picture: Drawn = {
  as: 'photo',
  id: 'consumption:1',
  drawn: { kind: 'consumption', accountId: 1, meterId: 'm', present: '2026-11', language: 'ru' },
  name: text('history.fileName'),
  otherwise: [text('history.notDrawn'), text('history.none')],
  denied: text('history.denied'),
}

const shownBy = ({ outgoing }: { outgoing: Outgoing }) => {
  if (outgoing.kind !== 'show') throw new Error('nothing is shown')
  return outgoing
}

describe('a screen in plain mode', () => {
  test.each([1, 8, 9, 25])('tells all of %i choices by the numbers by which they are then chosen', (count) => {
    const { outgoing, shown } = present(choices(count), setting)
    const told = shownBy({ outgoing }).text.text
    const numbered = [...told.matchAll(/^(\d+)\. (выбор \d+)$/gm)]
    expect(numbered).toHaveLength(count)
    for (const [, number = '', label] of numbered)
      expect(shown.buttons[typedButton(number, shown) ?? -1]?.label).toBe(label)
  })

  test('offers no numbers where a number is an answer of its own', () => {
    const told = shownBy(present(choices(2), { ...setting, plain: 'byWord' })).text.text
    expect(told).toContain('\nвыбор 1\nвыбор 2\n')
    expect(told).not.toMatch(/\d\. выбор/)
  })

  test.each([
    ['both', 'Назад, Меню.'],
    ['menu', 'написать: Меню.'],
  ] as const)('names the ways out (%s)', (nav, said) => {
    expect(shownBy(present(choices(0, nav), setting)).text.text).toContain(said)
  })

  test('says nothing more when there is nothing to choose', () => {
    expect(shownBy(present(choices(0, 'none'), setting)).text.text).toBe(words.plain('ru', text('menu.title')))
  })

  test('tells the choices again when an answer is wrong', () => {
    const { shown } = present(choices(3), setting)
    expect(shownBy(repeat(shown, [text('common.notUnderstood')], setting)).text.text).toContain('\n3. выбор 3\n')
  })

  test('keeps its buttons, and bold and code stand where they stood', () => {
    const usual = shownBy(present(choices(3), { ...setting, plain: false }))
    const plain = shownBy(present(choices(3), setting))
    expect(plain.buttons).toEqual(usual.buttons)
    expect(plain.text.spans).toEqual(usual.text.spans)
  })

  test('has no pictures, but documents', () => {
    const document = { id: 'd', kind: 'document', name: 'квитанция.pdf' } as const
    const photo = { id: 'p', kind: 'photo', name: 'фото.jpg' } as const
    const shown = screen(text('menu.title'), [], { files: [picture, document, photo] })
    expect(shownBy(present(shown, setting)).files).toEqual([document])
    expect(shownBy(present(shown, { ...setting, plain: false })).files).toHaveLength(3)
  })

  test('takes the plain form of a text and of the texts in it, and the common one where there is no other', () => {
    const line = text('readings.confirmFirst', {
      meter: text('readings.meter.HVS', { serial: '1' }),
      now: text('readings.noValue'),
    })
    const inside = text('common.lines', { lines: [line] })
    const told = (form?: 'plain') => words.plain('ru', inside, form).replaceAll('\u00a0', ' ')
    expect(told()).toBe('Холодная вода, счётчик № 1\nнет данных')
    expect(told('plain')).toBe('Холодная вода, счётчик № 1.\nСейчас: нет данных.')
  })
})

test('a picture carries the words that stand in for it', () => {
  const [file] = shownBy(
    present(screen(text('menu.title'), [], { files: [picture] }), { ...setting, plain: false }),
  ).files
  expect(file).toEqual({
    id: picture.id,
    kind: 'photo',
    name: words.plain('ru', picture.name),
    drawn: picture.drawn,
    otherwise: {
      text: `${words.plain('ru', text('history.notDrawn'))}\n\n${words.plain('ru', text('history.none'))}`,
      spans: [],
    },
    denied: words.rich('ru', picture.denied),
  })
})

test('plain mode is saved with the conversation', () => {
  expect(readState(JSON.parse(JSON.stringify({ ...newState(), plain: true })))?.plain).toBe(true)
  expect(readState(JSON.parse(JSON.stringify(newState())))?.plain).toBeUndefined()
})
