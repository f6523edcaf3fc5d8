import type { Thousandths } from '../volume.ts'
import type { Doubt, Judged } from './judge.ts'

/**
 * What a resident most likely meant by a doubtful or refused reading. `exchange`: his values of this meter and of another one changed places;
 * `zones`: the values of two registers (1-3) of this meter did; `value`: a lost comma, a red digit, the previous value.
 */
export type Repair =
  | { kind: 'exchange'; withMeterId: string; values: Thousandths[] }
  | { kind: 'zones'; zones: [number, number]; values: Thousandths[] }
  | { kind: 'value'; values: Thousandths[] }

/** Doubts that want an answer of their own before the table: the others only tell. */
const askedDoubts: readonly Doubt['code'][] = ['W_HIGH', 'W_ROLLOVER', 'W_SWAP']

/** The one repair to offer; what the resident has already said no to (`sure`, codes of doubts) is not offered again. */
export function repairOf({ entry, refusal, doubts }: Judged, sure: readonly string[] = []): Repair | undefined {
  for (const doubt of doubts) {
    if (doubt.code === 'W_SWAP' && !sure.includes('W_SWAP'))
      return { kind: 'exchange', withMeterId: doubt.withMeterId, values: doubt.values }
  }
  const high = doubts.find((doubt) => doubt.code === 'W_HIGH' && !sure.includes('W_HIGH'))
  const values = suggestionIn(refusal) ?? suggestionIn(high)
  return values && repairTo(values, entry.values)
}

/** The doubts that the resident has not answered yet. */
export function openDoubts({ doubts }: Judged, sure: readonly string[] = []): Doubt[] {
  return doubts.filter(({ code }) => askedDoubts.includes(code) && !sure.includes(code))
}

function suggestionIn(judgement: Judged['refusal'] | Doubt): Thousandths[] | undefined {
  return judgement && 'suggestion' in judgement ? judgement.suggestion : undefined
}

function repairTo(values: Thousandths[], given: Thousandths[]): Repair {
  const moved = values.flatMap((value, zone) => (value === given[zone] ? [] : [zone]))
  const [first, second] = moved
  const isExchange =
    first !== undefined &&
    second !== undefined &&
    moved.length === 2 &&
    values[first] === given[second] &&
    values[second] === given[first]
  return isExchange ? { kind: 'zones', zones: [first + 1, second + 1], values } : { kind: 'value', values }
}
