import { addDays, type LocalDate } from '../../src/domain/localDate.ts'
import { openSpans, parseOfficeHours } from '../../src/domain/visits/officeHours.ts'
import { chance } from './random.ts'

const early = 'mon-thu 08:00-17:00 break 12:00-12:48, fri 08:00-16:00 break 12:00-12:48'
const late = 'mon-fri 10:00-19:00 break 14:00-14:45'
const all = 'account,charges,meters,certificates,debt'

/** Offices that do not exist, one in each district of a real city: with many windows and one, all week and two days of it. */
const offices = [
  { id: 'AKA-1', name: 'Академическое', district: 'AKA', hours: late, windows: 3, slotMin: 15, topics: all },
  { id: 'VIS-1', name: 'Верх-Исетское', district: 'VIS', hours: early, windows: 4, slotMin: 15, topics: all },
  { id: 'ZHE-1', name: 'Железнодорожное', district: 'ZHE', hours: early, windows: 2, slotMin: 20, topics: all },
  {
    ...{ id: 'KIR-1', name: 'Кировское', district: 'KIR', hours: `${early}, sat 09:00-14:00` },
    ...{ windows: 5, slotMin: 15, topics: `${all},registration` },
  },
  {
    ...{ id: 'LEN-1', name: 'Ленинское', district: 'LEN', hours: 'mon-fri 08:00-19:00, sat 09:00-15:00' },
    ...{ windows: 6, slotMin: 15, topics: `${all},registration` },
  },
  { id: 'OKT-1', name: 'Октябрьское', district: 'OKT', hours: early, windows: 3, slotMin: 20, topics: all },
  { id: 'ORD-1', name: 'Орджоникидзевское', district: 'ORD', hours: late, windows: 2, slotMin: 15, topics: all },
  {
    ...{ id: 'CHK-1', name: 'Чкаловское', district: 'CHK', hours: 'tue thu 09:00-18:00 break 13:00-13:45' },
    ...{ windows: 1, slotMin: 15, topics: 'account,charges,meters' },
  },
]

export function officeRows(): string[][] {
  const header = 'office_id name district address phone hours windows slot_min topics closed_from closed_to'
  const rows = offices.map(({ id, name, district, hours, windows, slotMin, topics }, nth) => [
    ...[id, `${name} отделение (пример)`, district, `ул. Примерная, ${nth + 1}`, '8 (343) 000-00-00 (пример)'],
    ...[hours, String(windows), String(slotMin), topics, '', ''],
  ])
  return [header.split(' '), ...rows]
}

/** So many days from the town's day on have places that are taken: about one in twelve, and whole days of the smallest office. */
const daysTaken = 45

export function slotsTakenRows(today: LocalDate): string[][] {
  const { oneIn } = chance(20_261_101)
  const days = Array.from({ length: daysTaken }, (_, ahead) => addDays(today, ahead))
  const rows = offices.flatMap(({ id, hours, windows, slotMin }) => {
    const opening = parseOfficeHours(hours)
    if (!opening) throw new Error(`hours of ${id}`)
    return days.flatMap((day, ahead) =>
      openSpans(opening, day, new Map()).flatMap(({ from, to }) =>
        Array.from({ length: Math.floor((to - from) / slotMin) * windows }, (_, nth) => ({
          minute: from + Math.floor(nth / windows) * slotMin,
          window: (nth % windows) + 1,
        }))
          .filter(() => (windows === 1 && ahead % 3 === 0) || oneIn(12))
          .map(({ minute, window }) => [id, day, clock(minute), String(window), '1']),
      ),
    )
  })
  return [['office_id', 'date', 'time', 'window', 'taken'], ...rows]
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
