import { dayText, type Month, monthOf } from './calendar.ts'
import type { Habit } from './charges.ts'
import { averageOfSix, history, type Run, type Shown } from './history.ts'
import { type House, houses } from './houses.ts'
import { ordinaryFlat, type Pattern } from './meters.ts'
import { fictionalName } from './people.ts'
import { type Chance, chance } from './random.ts'
import { type Specialty, specialties } from './specialties.ts'

export interface SampleMeter {
  id: string
  pattern: Pattern
  serial: string
  installedAt: string
  verificationUntil: string
  removedAt: string
  photoRequired: boolean
  shown: Shown[]
  average6: number | undefined
}

export interface SampleAccount {
  number: string
  els: string
  open: boolean
  payer: string
  house: House
  flat: string
  room: string
  areaHundredths: number
  people: number
  habit: Habit
  /** Pays half of the contribution to capital repair. */
  privileged: boolean
  code: string
  paperReceipt: boolean
  /** What makes the account worth trying. */
  note: string
  meters: SampleMeter[]
}

const months = 24

/** A town of about 200 flats whose history ends with the month before `today`. The same day and seed give the same town. */
export function town(today: string, seed = 66): SampleAccount[] {
  const by = chance(seed)
  const now = monthOf(today)
  const taken = new Set<string>()
  let meterCount = 1000
  return houses.flatMap((house) =>
    house.flats.map(({ flat, room }) => {
      const special = specialties.find(
        (each) =>
          each.street === house.street &&
          each.house === `${house.house} ${house.korpus}`.trim() &&
          each.flat === `${flat}${room && `/${room}`}`,
      )
      const people = special?.people ?? by.between(1, 4)
      const patterns = special?.meters ?? ordinaryFlat(by)
      const closed = special ? special.closed === true : by.oneIn(40)
      const account: SampleAccount = {
        number: unique(taken, () => `66${String(by.between(0, 99_999_999)).padStart(8, '0')}`),
        els: `66аа${by.between(100_000, 999_999)}`,
        open: !closed,
        payer: fictionalName(by),
        house,
        flat,
        room,
        areaHundredths: room ? by.between(1200, 2200) : by.between(2950, 8900),
        people,
        habit: habitOf(by, special),
        privileged: special ? special.privileged === true : people === 1,
        code: unique(taken, () => activationCode(by)),
        paperReceipt: !by.oneIn(4),
        note: special?.note ?? '',
        meters: [],
      }
      for (const pattern of patterns) {
        account.meters.push(...meterWithPast(pattern, { special, closed, people, now, by }, () => `M${++meterCount}`))
      }
      return account
    }),
  )
}

interface Setting {
  special: Specialty | undefined
  closed: boolean
  people: number
  now: Month
  by: Chance
}

/** A meter and, where it has been replaced within these months, the one that hung there before it. */
function meterWithPast(pattern: Pattern, setting: Setting, nextId: () => string): SampleMeter[] {
  const { special, closed, people, now, by } = setting
  const first = now - months
  const run = {
    people,
    ...(special?.endsAt && { endsAt: special.endsAt }),
    ...(special?.silentMonths && { silentMonths: special.silentMonths }),
  }
  const replacedAt = special ? special.replacedMonthsAgo : by.oneIn(30) ? by.between(4, 20) : undefined
  if (closed) return [meter(nextId(), pattern, { ...run, from: first, to: now - 6 }, setting, dayText(now - 5, 3))]
  if (replacedAt === undefined) return [meter(nextId(), pattern, { ...run, from: first, to: now - 1 }, setting, '')]
  const day = now - replacedAt
  return [
    meter(nextId(), pattern, { ...run, from: first, to: day - 1 }, setting, dayText(day, 12)),
    meter(nextId(), pattern, { ...run, from: day, to: now - 1, endsAt: undefined }, setting, ''),
  ]
}

function meter(id: string, pattern: Pattern, run: Run, { special, now, by }: Setting, removedAt: string): SampleMeter {
  const shown = history(pattern, run, by)
  const expired = special ? special.expired === true : by.oneIn(25)
  const until = expired ? now - by.between(1, 14) : now + by.between(60, 170)
  return {
    id,
    pattern,
    serial: String(by.between(10_000_000, 99_999_999)),
    installedAt: dayText(run.from > now - months ? run.from : run.from - by.between(1, 60), 12),
    verificationUntil: dayText(
      special?.verificationInDays ? now : until,
      special?.verificationInDays ?? by.between(1, 28),
    ),
    removedAt,
    photoRequired: special ? special.photoRequired === true : by.oneIn(60),
    shown,
    average6: averageOfSix(shown),
  }
}

function habitOf(by: Chance, special: Specialty | undefined): Habit {
  const [ahead, dice] = [by.oneIn(6), by.between(1, 100)]
  if (special?.habit) return special.habit
  return ahead ? 'ahead' : dice <= 60 ? 'inTime' : dice <= 85 ? 'late' : 'behind'
}

/** Eight characters none of which can be taken for another (domain.md, section 9). */
function activationCode(by: Chance): string {
  const letters = Array.from({ length: 8 }, () => by.pick([...'ACDEFHJKMNPRTUVWXY346789'])).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

function unique(taken: Set<string>, make: () => string): string {
  for (;;) {
    const made = make()
    if (!taken.has(made)) {
      taken.add(made)
      return made
    }
  }
}
