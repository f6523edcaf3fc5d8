import { describe, expect, it } from 'vitest'
import type { Doubt, Judged, Refusal } from '../../../src/domain/readings/judge.ts'
import { openDoubts, repairOf } from '../../../src/domain/readings/repair.ts'

const high: Doubt = { code: 'W_HIGH', consumption: 3_766_385, limit: 10_000, suggestion: [418_900] }
const swap: Doubt = { code: 'W_SWAP', withMeterId: 'hot', values: [243_000] }
const less = (suggestion: number[]): Refusal => ({ code: 'E_LESS', previous: 5_000_000, suggestion })
const judged = (values: number[], doubts: Doubt[], refusal?: Refusal): Judged => ({
  entry: { meterId: 'cold', values },
  doubts,
  ...(refusal && { refusal }),
})

describe('what was meant', () => {
  it.each<[string, Judged, string[], object | undefined]>([
    ['is the value without the red digit', judged([4189], [high]), [], { kind: 'value', values: [418_900] }],
    ['is nothing once the resident has said that it is so', judged([4189], [high]), ['W_HIGH'], undefined],
    ['is the other meter’s value first', judged([4189], [high, swap]), [], { kind: 'exchange', withMeterId: 'hot' }],
    ['is the lost comma when the exchange was refused', judged([4189], [high, swap]), ['W_SWAP'], { kind: 'value' }],
    [
      'is day and night the other way round',
      judged([3010, 5040], [], less([5040, 3010])),
      [],
      { kind: 'zones', zones: [1, 2], values: [5040, 3010] },
    ],
    [
      'is peak and half-peak the other way round',
      judged([3900, 9040, 3110], [], less([3110, 9040, 3900])),
      [],
      { kind: 'zones', zones: [1, 3] },
    ],
    ['is unknown for want of a suggestion', judged([1], [], { code: 'E_LESS', previous: 5000 }), [], undefined],
  ])('%s', (_, one, sure, meant) => {
    const repair = repairOf(one, sure)
    if (meant) expect(repair).toMatchObject(meant)
    else expect(repair).toBeUndefined()
  })
})

it('only doubts about the size of a value want an answer of their own, once', () => {
  const all = judged([4189], [high, { code: 'W_ZERO' }, { code: 'W_VERIFICATION', until: '2026-01-01' }, swap])
  expect(openDoubts(all).map(({ code }) => code)).toEqual(['W_HIGH', 'W_SWAP'])
  expect(openDoubts(all, ['W_HIGH', 'W_SWAP'])).toEqual([])
})
