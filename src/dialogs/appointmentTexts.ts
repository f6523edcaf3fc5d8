import { clockTime } from '../domain/hours.ts'
import { addDays, type LocalDate } from '../domain/localDate.ts'
import type { Office } from '../domain/visits/office.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { Booking } from '../queries/bookings.ts'

type Today = Pick<Here<unknown>, 'today'>

/** «завтра, 25 ноября»; of later days the day of the week. */
export function dayText(date: LocalDate, { today }: Today): Text {
  if (date === today) return text('appointment.day.today', { date })
  if (date === addDays(today, 1)) return text('appointment.day.tomorrow', { date })
  return text('appointment.day.other', { date })
}

/** The same for a button. */
export const shortDay = (date: LocalDate, here: Today): Text =>
  date > addDays(here.today, 1) ? text('appointment.day.short', { date }) : dayText(date, here)

export const whenText = ({ date, minute }: { date: LocalDate; minute: number }, here: Today): Text =>
  text('appointment.when', { day: dayText(date, here), time: clockTime(minute) })

export const topicText = (topic: VisitTopic): Text => text(`appointment.topics.${topic}`)

/** What is to be brought, the same for everybody and for the topic. */
export const papersText = (topic: VisitTopic): Text =>
  text('appointment.papers', { papers: text(`appointment.papersFor.${topic}`) })

const districts = ['AKA', 'VIS', 'ZHE', 'KIR', 'LEN', 'OKT', 'ORD', 'CHK'] as const

/** A district by its code in billing files; one that is not known is called as it is written there. */
export function districtText(code: string): Text {
  const known = districts.find((one) => one === code)
  return known ? text(`appointment.district.${known}`) : text('common.words', { words: code })
}

export const officeText = ({ name, address, phone }: Office): Text =>
  phone === undefined
    ? text('appointment.office', { name, address })
    : text('appointment.officeWithPhone', { name, address, phone })

/** When, where and what about, a line each. */
export const visitLines = (
  { office, topic, ...at }: Pick<Booking, 'office' | 'topic' | 'date' | 'minute'>,
  here: Today,
) => [
  text('appointment.whenLine', { when: whenText(at, here) }),
  officeText(office),
  text('appointment.topicLine', { topic: topicText(topic) }),
]
