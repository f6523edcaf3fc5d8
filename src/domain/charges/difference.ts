import type { Kopecks } from '../money.ts'
import { type ChargeKind, type ChargeRow, type Charges, chargedFor, rowTotal } from './charges.ts'
import { splitAccrued } from './splitAccrued.ts'

/**
 * Why a sum has changed. `other` is what none of the columns explains: a service that came or went, another unit, an accrued sum
 * which is not volume times tariff, a line that does not add up.
 */
export const causes = ['volume', 'tariff', 'multiplier', 'recalculation', 'benefit', 'penalty', 'other'] as const
export type Cause = (typeof causes)[number]
export type Parts = Readonly<Record<Cause, Kopecks>>

/** One service of a kind in two months. `presence` says whether it came or went. Its parts add up to `difference`. */
export interface ServiceDifference {
  kind: ChargeKind
  service: string
  name: string
  presence: 'both' | 'came' | 'went'
  before: Kopecks
  after: Kopecks
  difference: Kopecks
  parts: Parts
}

/** One reason: a part of a service's difference, or the penalty, which is no service's. Never 0. */
export interface Reason {
  cause: Cause
  kopecks: Kopecks
  of?: ServiceDifference
}

/**
 * «Почему больше»: `before` and `after` are all that was charged, penalty included. All services are there, the largest difference
 * first; so are `reasons`. Both add up to `difference` to the kopeck (services with the penalty's difference), and so do `parts`.
 */
export interface Difference {
  before: Kopecks
  after: Kopecks
  difference: Kopecks
  services: ServiceDifference[]
  penalty: Kopecks
  parts: Parts
  reasons: Reason[]
}

/** Compares two months of one account; each is given with all its kinds, or with those that are to be compared. */
export function differenceOf(before: readonly Charges[], after: readonly Charges[]): Difference {
  const [old, now] = [byService(before), byService(after)]
  const services = [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => serviceDifference(old.get(key), now.get(key)))
    .toSorted(largestFirst((each) => each.difference))
  const penalty = sum(after, (each) => each.penalty) - sum(before, (each) => each.penalty)
  const charged = (months: readonly Charges[]) => sum(months, (each) => chargedFor(each) + each.penalty)
  const parts = partsOf((cause) => sum(services, (each) => each.parts[cause]) + (cause === 'penalty' ? penalty : 0))
  return {
    before: charged(before),
    after: charged(after),
    difference: charged(after) - charged(before),
    services,
    penalty,
    parts,
    reasons: [
      ...services.flatMap((of) => causes.map((cause): Reason => ({ cause, kopecks: of.parts[cause], of }))),
      { cause: 'penalty' as const, kopecks: penalty },
    ]
      .filter(({ kopecks }) => kopecks !== 0)
      .toSorted(largestFirst((each) => each.kopecks)),
  }
}

interface Service {
  kind: ChargeKind
  rows: ChargeRow[]
}

function byService(months: readonly Charges[]): Map<string, Service> {
  const services = new Map<string, Service>()
  for (const { kind, rows } of months) {
    for (const row of rows) {
      const key = `${kind} ${row.service}`
      const known = services.get(key)
      if (known) known.rows.push(row)
      else services.set(key, { kind, rows: [row] })
    }
  }
  return services
}

function serviceDifference(old: Service | undefined, now: Service | undefined): ServiceDifference {
  const [before, after] = [old?.rows ?? [], now?.rows ?? []]
  const shown = now ?? old
  const first = shown?.rows[0]
  if (!shown || !first) throw new RangeError('a service is in one of the months at least')
  const change = (of: (row: ChargeRow) => Kopecks) => sum(after, of) - sum(before, of)
  const accrued = splitAccrued(before, after)
  const own: Partial<Record<Cause, Kopecks>> = {
    ...{ volume: accrued.volume, tariff: accrued.tariff },
    multiplier: change((row) => row.multiplier),
    recalculation: change((row) => row.recalculation),
    benefit: change((row) => row.benefit),
    other: accrued.other + change((row) => row.total - rowTotal(row)),
  }
  return {
    kind: shown.kind,
    service: first.service,
    name: first.name,
    presence: !old ? 'came' : !now ? 'went' : 'both',
    before: sum(before, (row) => row.total),
    after: sum(after, (row) => row.total),
    difference: change((row) => row.total),
    parts: partsOf((cause) => own[cause] ?? 0),
  }
}

function partsOf(of: (cause: Cause) => Kopecks): Parts {
  return {
    volume: of('volume'),
    tariff: of('tariff'),
    multiplier: of('multiplier'),
    recalculation: of('recalculation'),
    benefit: of('benefit'),
    penalty: of('penalty'),
    other: of('other'),
  }
}

const sum = <Each>(all: readonly Each[], of: (each: Each) => Kopecks): Kopecks =>
  all.reduce((total, each) => total + of(each), 0)

/** Of equal ones the order stays. */
const largestFirst =
  <Each>(of: (each: Each) => Kopecks) =>
  (a: Each, b: Each) =>
    Math.abs(of(b)) - Math.abs(of(a))
