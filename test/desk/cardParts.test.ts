import { expect, test } from 'vitest'
import { assembled, type Part } from '../../src/desk/card/parts.ts'

const rich = (text: string, bold = false) => ({
  text,
  spans: bold ? [{ style: 'bold' as const, at: 0, length: text.length }] : [],
})
const part = (head: string, lines: number): Part => ({
  head: [rich(head, true)],
  lines: Array.from({ length: lines }, (_, nth) => rich(`${head}${nth}`)),
})
const left = (count: number) => rich(`+${count}`)

test('what fits is shown whole, parts apart from each other, nothing of those that are empty', () => {
  const parts = [part('a', 2), { head: [], lines: [] }, part('b', 1)]
  const { text, spans } = assembled(parts, { most: 100, expendable: parts, left })
  expect(text).toBe('a\na0\na1\n\nb\nb0')
  expect(spans.map(({ at, length }) => text.slice(at, at + length))).toEqual(['a', 'b'])
})

test('of what does not fit three lines of each part stay first, then none; what is missing is counted where it is missing', () => {
  const [a, b, c] = [part('a', 9), part('b', 9), part('c', 9)]
  const whole = assembled([a, b, c], { most: 1000, expendable: [c, a], left }).text.length
  /** Of each part how many lines are there, and how many it says are missing. */
  const cut = (shorter: number) =>
    assembled([a, b, c], { most: whole - shorter, expendable: [c, a], left })
      .text.split('\n\n')
      .map((shown) => `${shown.match(/\p{L}\d/gu)?.length ?? 0} ${/\+\d/.exec(shown)?.[0] ?? ''}`.trim())
  expect(cut(0)).toEqual(['9', '9', '9'])
  expect(cut(6)).toEqual(['9', '9', '6 +3'])
  expect(cut(15)).toEqual(['9', '9', '3 +6'])
  expect(cut(18)).toEqual(['7 +2', '9', '3 +6'])
  expect(cut(33)).toEqual(['3 +6', '9', '2 +7'])
  expect(cut(1000)).toEqual(['0 +9', '9', '0 +9'])
})
