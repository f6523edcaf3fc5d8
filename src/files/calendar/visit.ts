import { createEvent, type DateArray } from 'ics'

/** A visit as a calendar shows it. `remindMinutes`: so long before it a calendar rings. */
export interface CalendarVisit {
  id: string
  from: Date
  minutes: number
  title: string
  place: string
  about: string
  remindMinutes: number
}

/** A file of one event (iCalendar, RFC 5545). The same visit is the same event, however often its file is opened. */
export function visitIcs({ id, from, minutes, title, place, about, remindMinutes }: CalendarVisit): Uint8Array {
  const { error, value } = createEvent({
    uid: `${id}@erc`,
    productId: 'erc',
    start: utc(from),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes },
    title,
    location: place,
    description: about,
    status: 'CONFIRMED',
    busyStatus: 'BUSY',
    alarms: [{ action: 'display', description: title, trigger: { minutes: remindMinutes, before: true } }],
  })
  if (error || value === null) throw error ?? new Error('no calendar file was made')
  return new TextEncoder().encode(value)
}

const utc = (at: Date): DateArray => [
  at.getUTCFullYear(),
  at.getUTCMonth() + 1,
  at.getUTCDate(),
  at.getUTCHours(),
  at.getUTCMinutes(),
]
