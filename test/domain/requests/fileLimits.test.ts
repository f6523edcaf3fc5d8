import { expect, test } from 'vitest'
import { type NotTaken, withinLimits } from '../../../src/domain/requests/fileLimits.ts'

const limits = { most: 10, megabytes: 10, togetherMegabytes: 30 }
const mb = 1024 * 1024
const photo = (size?: number) => ({ kind: 'photo', ...(size !== undefined && { size }) })
const many = (count: number, size?: number) => Array.from({ length: count }, () => photo(size))

test.each<[string, object[], ReturnType<typeof photo>[], number, NotTaken[]]>([
  ['ten', [], many(10), 10, []],
  ['the eleventh', many(9), many(2), 1, ['tooMany']],
  ['one of exactly as much as one may be', [], [photo(10 * mb)], 1, []],
  ['31 megabytes in one', [], [photo(31 * mb)], 0, ['tooLarge']],
  ['more than all may be together', many(2, 10 * mb), [photo(9 * mb), photo(2 * mb), photo(mb)], 2, ['together']],
  ['nothing in it', [], [photo(0), photo(1)], 1, ['empty']],
  ['a voice among pictures', [], [{ kind: 'voice' }, photo()], 1, ['kind']],
  ['sizes nobody told', many(3), many(3), 3, []],
])('of what comes is taken what fits: %s', (_, had, came, taken, left) => {
  const judged = withinLimits(had, came, limits)
  expect(judged.taken).toHaveLength(taken)
  expect(judged.left.map(({ why }) => why)).toEqual(left)
})
