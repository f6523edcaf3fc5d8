import { z } from 'zod'
import { clockTime } from '../domain/hours.ts'
import { isLocalDate, type LocalDate } from '../domain/localDate.ts'
import type { DayPart } from '../domain/visits/typedVisit.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { type Choice, choice, goTo, type Step, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { Nearest } from '../queries/visits.ts'
import { holding } from './appointmentHolding.ts'
import { type At, type Chosen, chosen, type Place } from './appointmentPlaces.ts'
import { dayText, officeText, papersText, shortDay, topicText, whenText } from './appointmentTexts.ts'
import { isIn, typedTime } from './appointmentWished.ts'

/** The day, the soonest time first of all; and what papers are needed, while there is time to look for them. */
export const daysPlace: PlaceRules<At<'days'>, Place> = {
  ask: async (here) => {
    const { place, queries, now, rules, resident } = here
    const office = await queries.visits.office(place.office)
    const days = await queries.visits.freeDays(place.office, place.topic, now, rules, resident?.id)
    const [first] = days
    const elsewhere = choice('appointment.otherDistrict', 'elsewhere')
    const head = [
      ...(await about(here)),
      ...(office ? [officeText(office)] : []),
      ...(first ? [text('appointment.askDay')] : [text('appointment.noDays')]),
    ]
    if (!first) return screen(head, [...(await soonestElsewhere(here)), elsewhere])
    const soonest = { date: first.date, minute: first.first }
    return screen(head, [
      choice(text('appointment.soonest', shortWhen(soonest, here)), soonest),
      ...days.map(({ date }) => choice(shortDay(date, here), { date })),
      elsewhere,
    ])
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    if (said.kind === 'text') return typedTime(said.text, here)
    if (said.kind !== 'choice') return unclear
    if (said.value === 'elsewhere') {
      const { topic, moves } = place
      return goTo({ at: 'district', topic, ...(moves && { moves }) })
    }
    const { office = place.office, date, minute } = picked.safeParse(said.value).data ?? {}
    if (date === undefined) return unclear
    const at = { ...chosen(place), office }
    return minute === undefined ? goTo({ at: 'times', ...at, date }) : holding(here, { ...at, date, minute })
  },
  example: text('appointment.exampleDay'),
}

/** The time of day; of many the half of the day first. */
export const timesPlace: PlaceRules<At<'times'>, Place> = {
  ask: async (here) => {
    const { place, queries, now, rules, resident } = here
    const { office, topic, date, part, near } = place
    const free = await queries.visits.freeTimes(office, topic, date, now, rules, resident?.id)
    const minutes = free.map(({ minute }) => minute)
    const otherDay = choice('appointment.otherDay', 'otherDay')
    const day = dayText(date, here)
    if (minutes.length === 0) return screen(text('appointment.noTimes', { day }), [otherDay])
    const parts = (['morning', 'afternoon'] as const).filter((half) => minutes.some((minute) => isIn(half, minute)))
    if (part === undefined && near === undefined && minutes.length > timesAtOnce && parts.length > 1)
      return screen(text('appointment.askPart', { day }), [
        ...parts.map((half) => choice(partLabel(half, minutes), { part: half })),
        otherDay,
      ])
    return screen(text('appointment.askTime', { day }), [
      ...shownOf(minutes, part, near).map((minute) =>
        choice(text('common.words', { words: clockTime(minute) }), { minute }),
      ),
      ...(near === undefined ? [] : [choice('appointment.allTimes', 'allTimes')]),
      otherDay,
    ])
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    const { date } = place
    if (said.kind === 'text') return typedTime(said.text, here, date)
    if (said.kind !== 'choice') return unclear
    const at = chosen(place)
    if (said.value === 'otherDay') return goTo({ at: 'days', ...at })
    if (said.value === 'allTimes') return goTo({ at: 'times', ...at, date })
    const { minute, part } = picked.safeParse(said.value).data ?? {}
    if (part) return goTo({ at: 'times', ...at, date, part })
    return minute === undefined ? unclear : holding(here, { ...at, date, minute })
  },
  example: text('appointment.exampleTime'),
}

/** As many times stand on one screen without a turn of pages. */
const timesAtOnce = 7
const nearest = 5

const picked = z.object({
  office: z.string().optional(),
  date: z.custom<LocalDate>((value) => typeof value === 'string' && isLocalDate(value)).optional(),
  minute: z.int().optional(),
  part: z.enum(['morning', 'afternoon']).optional(),
})

const shortWhen = ({ date, minute }: { date: LocalDate; minute: number }, here: Here<unknown>) => ({
  day: shortDay(date, here),
  time: clockTime(minute),
})

/** What the visit is for: the topic and its papers, or the booking that is moved. */
async function about(here: Here<Chosen>): Promise<Text[]> {
  const { place, queries, resident } = here
  const { topic, moves } = place
  const booking = resident && moves !== undefined ? await queries.visits.booking(resident.id, moves) : undefined
  if (booking) return [text('appointment.moving', { when: whenText(booking, here) })]
  return [text('appointment.topicTitle', { topic: topicText(topic) }), papersText(topic)]
}

async function soonestElsewhere(here: Here<Chosen>): Promise<Choice[]> {
  const { place, queries, now, rules, resident } = here
  const found = await queries.visits.nearest({ asks: resident?.id }, place.topic, now, rules)
  return found.slice(0, 3).map((next) => choice(elsewhereLabel(next, here), slotOf(next)))
}

const elsewhereLabel = (next: Nearest, here: Here<unknown>): Text =>
  text('appointment.soonestAt', { office: next.office.name, ...shortWhen(next, here) })

const slotOf = ({ officeId: office, date, minute }: Nearest) => ({ office, date, minute })

function partLabel(part: DayPart, minutes: readonly number[]): Text {
  const own = minutes.filter((minute) => isIn(part, minute))
  return text(`appointment.part.${part}`, { from: clockTime(own[0] ?? 0), to: clockTime(own.at(-1) ?? 0) })
}

/** The times of a half of the day, or those nearest to the one that was asked for, the earliest first. */
function shownOf(minutes: readonly number[], part: DayPart | undefined, near: number | undefined): number[] {
  if (near !== undefined)
    return minutes
      .toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))
      .slice(0, nearest)
      .toSorted((a, b) => a - b)
  const own = minutes.filter((minute) => part === undefined || isIn(part, minute))
  return own.length > 0 ? own : [...minutes]
}
