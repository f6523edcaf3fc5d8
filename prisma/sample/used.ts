import type { Month } from './calendar.ts'
import type { Pattern } from './meters.ts'
import type { SampleAccount, SampleMeter } from './town.ts'

/** What the billing counted for a month by meters of a service, thousandths, zone by zone. */
export interface Used {
  zones: number[]
  basis: 'по прибору' | 'по среднему'
  /** What had been counted by average in silent months, less or more than ran through, in the zones. */
  corrected: number[]
}

/** Nothing when there was no such meter in that month. */
export function used(account: SampleAccount, service: Pattern['service'], month: Month): Used | undefined {
  const counted = account.meters.flatMap((meter) => {
    const known = meter.pattern.service === service ? usedBy(meter, account.people, month) : undefined
    return known ? [known] : []
  })
  const [first] = counted
  if (!first) return undefined
  const add = (of: 'zones' | 'corrected') =>
    first[of].map((_, zone) => counted.reduce((sum, each) => sum + (each[of][zone] ?? 0), 0))
  const measured = counted.every((each) => each.basis === 'по прибору')
  return { zones: add('zones'), corrected: add('corrected'), basis: measured ? 'по прибору' : 'по среднему' }
}

function usedBy({ shown, pattern, removedAt }: SampleMeter, people: number, month: Month): Used | undefined {
  const first = shown[0]
  if (!first || month <= first.month || (removedAt !== '' && month > (shown.at(-1)?.month ?? 0))) return undefined
  const none = pattern.monthly.map(() => 0)
  const now = shown.find((each) => each.month === month)
  const before = shown.findLast((each) => each.month < month)
  const average = pattern.monthly.map((typical) => inUnits(typical * (0.4 + people * 0.3) * pattern.ratio))
  if (!now || !before) return { zones: average, corrected: none, basis: 'по среднему' }
  const silent = month - before.month - 1
  const ran = now.values.map((value, zone) => (value - (before.values[zone] ?? value)) * pattern.ratio)
  const zones = ran.map((volume) => inUnits(volume / (silent + 1)))
  const corrected = ran.map((volume, zone) => volume - (zones[zone] ?? 0) - (average[zone] ?? 0) * silent)
  return { zones, corrected: silent > 0 ? corrected : none, basis: 'по прибору' }
}

/** Thousandths without parts of them. */
const inUnits = (volume: number) => Math.round(volume)
