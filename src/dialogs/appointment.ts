import { visitWithin } from '../domain/visits/typedVisit.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { finish, goTo, type Step } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { bookedBy, bookingPlace, cancelPlace, minePlace } from './appointmentBookings.ts'
import { confirmPlace, insteadPlace } from './appointmentConfirm.ts'
import { daysPlace, timesPlace } from './appointmentDays.ts'
import { appointmentNews } from './appointmentNews.ts'
import { districtPlace, officePlace, officesFor } from './appointmentOffices.ts'
import { opening, type Place, place, type SoFar } from './appointmentPlaces.ts'
import { topicPlace } from './appointmentTopic.ts'

/**
 * A visit to a district office: where (his own office at once, where it is known), what about, when; and what is booked already. A time that is typed
 * anywhere is understood.
 */
export const appointment = defineDialog<Place>({
  id: 'appointment',
  version: 1,
  needs: 'consent',
  place,
  hears: (said, { opening, today }) => {
    const wished = opening === undefined ? visitWithin(said, today) : undefined
    return wished && { wished: { ...wished } }
  },
  begin: async (here) => {
    const wanted = opening.safeParse(here.opening).data
    if (typeof wanted === 'object' && 'booking' in wanted)
      return goTo({ at: 'booking', booking: wanted.booking, ...(wanted.file && { file: true }) })
    if (wanted === 'mine') return mine(here)
    const wished = typeof wanted === 'object' ? wanted.wished : undefined
    const [booked] = await bookedBy(here)
    if (wanted === undefined && booked) return mine(here)
    return beginning(here, wished ? { wished } : {})
  },
  places: {
    mine: minePlace,
    booking: bookingPlace,
    cancel: cancelPlace,
    district: districtPlace,
    office: officePlace,
    topic: topicPlace,
    days: daysPlace,
    times: timesPlace,
    instead: insteadPlace,
    confirm: confirmPlace,
  },
  news: appointmentNews,
})

async function mine(here: Here<unknown>): Promise<Step<Place>> {
  const [only, another] = await bookedBy(here)
  return goTo(only && !another ? { at: 'booking', booking: only.id } : { at: 'mine' })
}

/** At the office of his district, or where there is a choice, at that. */
async function beginning(here: Here<unknown>, known: SoFar): Promise<Step<Place>> {
  const { offices, own } = await officesFor(here, known)
  const [first] = offices
  if (!first) return finish(text('appointment.noOffices'))
  const [only, another] = own.length > 0 ? own : offices
  if (only && !another) return goTo({ at: 'topic', office: only.id, ...known })
  const districts = new Set(own.map(({ district }) => district))
  const [district] = districts
  return goTo(
    district !== undefined && districts.size === 1
      ? { at: 'office', district, ...known }
      : { at: 'district', ...known },
  )
}
