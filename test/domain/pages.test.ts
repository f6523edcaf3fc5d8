import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inPages } from '../../src/domain/pages.ts'

test('pages hold everything in its order, none is empty, and none is heavier than allowed unless it is one item', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 100 }), (items, most) => {
      const pages = inPages(items, (item) => item, most)
      expect(pages.flat()).toEqual(items)
      for (const page of pages)
        expect(page.length === 1 || (page.length > 1 && page.reduce((sum, item) => sum + item, 0) <= most)).toBe(true)
    }),
  )
})

test('a page is not begun while there is room on the last', () => {
  expect(inPages([3, 3, 3, 3], (item) => item, 6)).toEqual([
    [3, 3],
    [3, 3],
  ])
})
