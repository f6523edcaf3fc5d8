import { hasBegun, localMoment } from '../domain/visits/slots.ts'
import type { Dialog } from '../engine/dialog.ts'
import { opens, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { Booking } from '../queries/bookings.ts'
import { ticketText } from './appointmentBookings.ts'
import type { Place } from './appointmentPlaces.ts'
import { papersText, visitLines, whenText } from './appointmentTexts.ts'

type News = NonNullable<Dialog<Place>['news']>

/**
 * `remind:<booking>`: a visit that is near. `moved:<booking>`: the office could not receive at the time that was booked, and this is the visit in its
 * place; `cancelled:<booking>`: there was no other, the visit is off.
 */
export const appointmentNews: News = async (here) => {
  const [what, id = ''] = here.about.split(':')
  const booking = here.resident && (await here.queries.visits.booking(here.resident.id, id))
  if (!booking) return undefined
  const isAhead = !hasBegun(booking.date, booking.minute, localMoment(here.now, here.rules))
  const lines = text('common.lines', { lines: [ticketText(booking), ...visitLines(booking, here)] })
  const show = opens('appointment.show', 'appointment', { booking: booking.id })
  if (what === 'cancelled')
    return screen(
      text('appointment.closedNews', { when: whenText(booking, here), office: booking.office.name }),
      [opens('appointment.new', 'appointment', 'new')],
      { nav: 'menu' },
    )
  if (booking.state !== 'booked' || !isAhead) return undefined
  if (what === 'moved') return screen([await movedText(booking, here), lines], [show], { nav: 'menu', keep: true })
  return screen([text('appointment.remind'), lines, papersText(booking.topic)], [show], { nav: 'menu' })
}

async function movedText(booking: Booking, here: Parameters<News>[0]) {
  const { replaces } = booking
  const before = here.resident && replaces ? await here.queries.visits.booking(here.resident.id, replaces) : undefined
  return before
    ? text('appointment.movedNewsFrom', { when: whenText(before, here), office: before.office.name })
    : text('appointment.movedNews')
}
