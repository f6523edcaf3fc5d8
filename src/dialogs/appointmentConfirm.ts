import type { Office } from '../domain/visits/office.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { choice, goTo, open, perform, type Screen, type Step, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { asked, holding, refused, type Slot } from './appointmentHolding.ts'
import { type At, chosen, type Place } from './appointmentPlaces.ts'
import { papersText, visitLines, whenText } from './appointmentTexts.ts'
import { typedTime } from './appointmentWished.ts'
import { yesOrNo } from './yesOrNo.ts'

/** All that is booked, to be made sure of while the place is held. */
export const confirmPlace: PlaceRules<At<'confirm'>, Place> = {
  whole: true,
  idle: { minutes: 5, text: text('appointment.notConfirmed') },
  ask: async (here) => {
    const { place, queries, resident, now } = here
    const office = await queries.visits.office(place.office)
    const held = resident && (await queries.visits.booking(resident.id, place.hold))
    if (!office) return gone
    if (held?.state === 'booked')
      return screen(text('appointment.isBooked'), [
        { label: text('appointment.show'), means: { open: 'appointment', opening: { booking: held.id } } },
      ])
    const isHeld = held?.heldUntil !== undefined && held.heldUntil > now.toISOString()
    return screen(
      [
        text(place.moves === undefined ? 'appointment.check' : 'appointment.checkMove'),
        text('common.lines', { lines: visitLines({ ...place, office }, here) }),
        ...(place.moves === undefined ? [papersText(place.topic)] : []),
        isHeld ? text('appointment.heldUntil', { until: held.heldUntil ?? '' }) : text('appointment.heldNoMore'),
      ],
      [
        choice(place.moves === undefined ? 'appointment.book' : 'appointment.moveYes', 'yes'),
        choice('appointment.otherTime', 'no'),
      ],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    const sure = yesOrNo(said)
    if (sure === false)
      return perform({ effect: 'releaseSlot', input: {} }, (): Step<Place> => stay({ at: 'days', ...chosen(place) }))
    if (sure === undefined) return said.kind === 'text' ? typedTime(said.text, here) : unclear
    const input = { ...(await asked(here, place)), hold: place.hold }
    return perform({ effect: 'confirmBooking', input }, (outcome): Step<Place> => {
      if (outcome.kind !== 'booked') return refused(outcome, place, here)
      const notice = text(outcome.moved ? 'appointment.moved' : 'appointment.booked')
      return open('appointment', { opening: { booking: outcome.booking.id, file: true }, notice })
    })
  },
  example: text('appointment.exampleConfirm'),
}

/** Another time in place of one that has gone. */
export const insteadPlace: PlaceRules<At<'instead'>, Place> = {
  ask: async (here) => {
    const { place, queries } = here
    const office = await queries.visits.office(place.office)
    return office ? offered(office, place, here) : gone
  },
  answer: (here): Step<Place> | Promise<Step<Place>> => {
    const { said, place } = here
    const suits = yesOrNo(said)
    if (suits) return holding(here, place)
    if (suits === false) return goTo({ at: 'days', ...chosen(place) })
    return said.kind === 'text' ? typedTime(said.text, here) : unclear
  },
  example: text('appointment.exampleConfirm'),
}

function offered(office: Office, slot: Slot, here: Here<unknown>): Screen {
  const lines = visitLines({ ...slot, office }, here)
  return screen(
    [text('appointment.instead', { when: whenText(slot, here) }), text('common.lines', { lines: lines.slice(1) })],
    [choice('appointment.takeInstead', 'yes'), choice('appointment.otherTime', 'no')],
  )
}

const gone = screen(text('appointment.officeGone'), [choice('appointment.otherTime', 'no')])
