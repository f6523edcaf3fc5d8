import { describe, expect, test } from 'vitest'
import type { Outgoing } from '../../src/engine/outgoing.ts'
import { choice, opens, type Screen, screen } from '../../src/engine/saying.ts'
import { present, repeat } from '../../src/engine/screens.ts'
import { text } from '../../src/engine/text.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')
const setting = { words, language: 'ru', stamp: 7 } as const

const withChoices = (count: number, nav: Screen['nav'] = 'both') =>
  screen(
    text('menu.title'),
    Array.from({ length: count }, (_, index) => choice(text('common.words', { words: `выбор ${index + 1}` }), index)),
    { nav },
  )

const shownBy = ({ outgoing }: { outgoing: Outgoing }) => {
  if (outgoing.kind !== 'show') throw new Error('nothing is shown')
  return outgoing
}
const labelsOf = (one: { outgoing: Outgoing }) => shownBy(one).buttons.map((row) => row.map(({ label }) => label))

describe('a screen', () => {
  test.each([
    [0, 'both', 1],
    [1, 'both', 2],
    [4, 'both', 5],
    [5, 'both', 4],
    [8, 'both', 5],
    [9, 'menu', 6],
    [9, 'none', 5],
    [10, 'none', 5],
  ] as const)('of %i choices (ways: %s) has %i rows, and never more than ten buttons', (count, nav, rows) => {
    const shown = labelsOf(present(withChoices(count, nav), setting))
    expect(shown).toHaveLength(rows)
    expect(shown.flat().length).toBeLessThanOrEqual(10)
    expect(shown.flat()).not.toContain('Дальше')
  })

  test.each([9, 12, 13, 25, 100])('of %i choices is shown in pages that together hold each choice once', (count) => {
    const pages: string[][] = []
    for (let page = 0; ; page++) {
      const labels = labelsOf(present(withChoices(count), { ...setting, page })).flat()
      expect(labels.length).toBeLessThanOrEqual(10)
      expect(labels.slice(-2)).toEqual(['Назад', 'Меню'])
      expect(labels.includes('Раньше')).toBe(page > 0)
      pages.push(labels.filter((label) => label.startsWith('выбор')))
      if (!labels.includes('Дальше')) break
    }
    expect(pages.flat()).toEqual(Array.from({ length: count }, (_, index) => `выбор ${index + 1}`))
  })

  test('has tokens of at most 64 bytes, stamped, each of its own', () => {
    const tokens = [0, 1, 15].flatMap((page) =>
      shownBy(present(withChoices(100), { ...setting, stamp: 2_000_000_000, page }))
        .buttons.flat()
        .map(({ token }) => token),
    )
    for (const token of tokens) expect(Buffer.byteLength(token)).toBeLessThanOrEqual(64)
    for (const token of tokens) expect(token.startsWith(`${(2_000_000_000).toString(36)}.`)).toBe(true)
    const page = shownBy(present(withChoices(100), { ...setting, page: 3 })).buttons.flat()
    expect(new Set(page.map(({ token }) => token)).size).toBe(page.length)
  })

  test('says what has just happened above itself, with its marks in their places', () => {
    const { text: said } = shownBy(
      present(screen(text('help.title')), { ...setting, notices: [text('consent.thanks')] }),
    )
    expect(said.text).toContain(`${words.plain('ru', text('consent.thanks'))}\n\nПомощь`)
    expect(said.spans).toEqual([{ style: 'bold', at: said.text.indexOf('Помощь'), length: 6 }])
  })

  test('repeated under other words keeps its buttons and its page', () => {
    const first = present(withChoices(30), { ...setting, page: 2 })
    const again = repeat(first.shown, [text('common.notUnderstood')], { ...setting, stamp: 8 })
    expect(labelsOf(again)).toEqual(labelsOf(first))
    expect(again.shown).toMatchObject({ stamp: 8, page: 2 })
    expect(shownBy(again).text.text).toBe(words.plain('ru', text('common.notUnderstood')))
  })

  test('repeated when there is none has no buttons', () => {
    expect(labelsOf(repeat(undefined, [text('common.privateOnly')], setting))).toEqual([])
  })

  test('keeps what its buttons mean beside their words', () => {
    const { shown } = present(screen(text('menu.title'), [opens('menu.help', 'help')]), setting)
    expect(shown.buttons).toEqual([
      { label: 'Помощь', means: { open: 'help' } },
      { label: 'Назад', means: { go: 'back' } },
      { label: 'Меню', means: { go: 'menu' } },
    ])
  })
})
