import type { Here } from '../engine/dialog.ts'
import type { Drawn } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { Booking } from '../queries/bookings.ts'

/** A visit as a file that calendars take (iCalendar), as it is made when it is sent. */
export function calendarFile({ id, date }: Booking, { language }: Pick<Here<unknown>, 'language'>): Drawn {
  return {
    id: ['visit', id, language].join(':'),
    as: 'document',
    drawn: { kind: 'visit', booking: id, language },
    name: text('appointment.fileName', { date }),
    otherwise: [text('appointment.notDrawn')],
    denied: text('appointment.gone'),
  }
}
