import { type Kopecks, roundedRatio } from '../money.ts'
import { addPeriods, monthsBetween, type Period } from '../period.ts'
import type { Charges } from './charges.ts'

/** What a service's lines of one month come to: those that add and those that take away (a recalculation) apart. */
export interface Stacked {
  added: Kopecks
  taken: Kopecks
}

/** A service of a picture, or the rest of them: then `services` says how many, and it has no name. `months` in the picture's order. */
export interface Layer {
  name?: string
  services: number
  total: Kopecks
  months: Stacked[]
}

/** A month of a picture; nothing is `charged` where the billing has sent no charges. */
export interface LayeredMonth {
  period: Period
  charged?: Kopecks
}

export interface Layers {
  months: LayeredMonth[]
  layers: Layer[]
}

/** More colours than that nobody tells apart. */
export const mostServices = 6

/**
 * Charges of all kinds as they are stacked in a picture: month by month from the first that has charges to the last, the largest services
 * first, and the rest together. The penalty (пени) is no service and is not among them.
 */
export function layersOf(charges: readonly Charges[]): Layers {
  const periods = charges.map(({ period }) => period).toSorted()
  const [first, last] = [periods.at(0), periods.at(-1)]
  if (!first || !last) return { months: [], layers: [] }
  const months = Array.from({ length: monthsBetween(first, last) + 1 }, (_, nth): LayeredMonth => {
    const period = addPeriods(first, nth)
    const own = charges.filter((each) => each.period === period)
    return own.length > 0
      ? { period, charged: sum(own.flatMap(({ rows }) => rows.map(({ total }) => total))) }
      : { period }
  })
  const services = servicesOf(charges, months).toSorted((a, b) => sizeOf(b) - sizeOf(a))
  // The rest of one service has its name.
  const named = services.length <= mostServices + 1 ? services : services.slice(0, mostServices)
  const rest = services.slice(named.length)
  return { months, layers: rest.length > 0 ? [...named, together(rest)] : named }
}

/** What a picture says in a few words. */
export interface LayersSummary {
  months: number
  total: Kopecks
  average: Kopecks
  most: Required<LayeredMonth>
  least: Required<LayeredMonth>
}

/** Of the months that have charges; nothing when none has. */
export function summaryOfLayers({ months }: Layers): LayersSummary | undefined {
  const charged = months.flatMap(({ period, charged }) => (charged === undefined ? [] : [{ period, charged }]))
  const bySize = charged.toSorted((a, b) => b.charged - a.charged)
  const [most, least] = [bySize.at(0), bySize.at(-1)]
  if (!most || !least) return undefined
  const total = sum(charged.map((month) => month.charged))
  return { months: charged.length, total, average: roundedRatio(BigInt(total), BigInt(charged.length)), most, least }
}

function servicesOf(charges: readonly Charges[], months: readonly LayeredMonth[]): Layer[] {
  const services = new Map<string, Layer>()
  // A service is called what it was called last.
  for (const { period, kind, rows } of charges.toSorted((a, b) => (a.period < b.period ? 1 : -1))) {
    for (const { service, name, total } of rows) {
      const key = `${kind} ${service}`
      const known = services.get(key) ?? {
        name,
        services: 1,
        total: 0,
        months: months.map(() => ({ added: 0, taken: 0 })),
      }
      services.set(key, known)
      const month = known.months[months.findIndex((each) => each.period === period)]
      if (month) month[total < 0 ? 'taken' : 'added'] += total
      known.total += total
    }
  }
  return [...services.values()]
}

/** What is taken away is to be seen, too. */
const sizeOf = ({ months }: Layer): number => sum(months.map(({ added, taken }) => added - taken))

const together = (layers: readonly Layer[]): Layer => ({
  services: layers.length,
  total: sum(layers.map(({ total }) => total)),
  months: (layers[0]?.months ?? []).map((_, nth) => ({
    added: sum(layers.map(({ months }) => months[nth]?.added ?? 0)),
    taken: sum(layers.map(({ months }) => months[nth]?.taken ?? 0)),
  })),
})

const sum = (all: readonly Kopecks[]): Kopecks => all.reduce((total, each) => total + each, 0)
