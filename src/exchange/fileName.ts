import { basename } from 'node:path'
import type { KindName } from './kinds/kind.ts'

/** Accounts come first: all else refers to them. Meters come before their readings, offices before places there that are taken. */
const loadingOrder = [
  ...(['accounts', 'meters', 'readings', 'readings_result', 'charges', 'payments'] as const),
  ...(['requisites', 'offices', 'slots_taken', 'bookings_result'] as const),
] as const satisfies readonly KindName[]

/** `stamp` is the date and the number of the file, `20261101_001`: of two files of a kind the greater one is the newer. */
export interface FileName {
  kind: KindName
  stamp: string
}

/** Reads `<kind>_<YYYYMMDD>_<NNN>.csv`; undefined when a name says neither what is inside nor how old it is. */
export function parseFileName(path: string): FileName | undefined {
  const match = /^([a-z_]+)_(\d{4})(\d{2})(\d{2})_(\d{3})\.csv$/.exec(basename(path).toLowerCase())
  if (!match) return undefined
  const [, name, year, month, day, number] = match
  const kind = loadingOrder.find((each) => each === name)
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  if (!kind || Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return undefined
  return { kind, stamp: `${year}${month}${day}_${number}` }
}

/** The files in the order in which they can be loaded, older before newer; names that cannot be read come last. */
export function inLoadingOrder(paths: readonly string[]): string[] {
  const rank = (path: string) => {
    const name = parseFileName(path)
    return name ? `${String(loadingOrder.indexOf(name.kind)).padStart(2, '0')} ${name.stamp}` : '99'
  }
  return paths.toSorted((a, b) => rank(a).localeCompare(rank(b), 'en'))
}
