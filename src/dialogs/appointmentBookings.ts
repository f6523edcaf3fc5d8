import { mayChange } from '../domain/visits/limits.ts'
import { hasBegun, localMoment } from '../domain/visits/slots.ts'
import {
  again,
  type Choice,
  choice,
  finish,
  goTo,
  type Here,
  open,
  opens,
  type PlaceRules,
  perform,
  type Said,
  type Screen,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { Booking } from '../queries/bookings.ts'
import { calendarFile } from './appointmentFile.ts'
import type { At, Place } from './appointmentPlaces.ts'
import { papersText, visitLines, whenText } from './appointmentTexts.ts'
import { firmYesOrNo } from './yesOrNo.ts'

const another = opens('appointment.another', 'appointment', 'new')

/** What he has booked; of a single visit all there is to know. */
export const minePlace: PlaceRules<At<'mine'>, Place> = {
  asksNothing: true,
  takesCancel: true,
  ask: async (here) => {
    const booked = await bookedBy(here)
    if (booked.length === 0) return screen(text('appointment.none'), [opens('appointment.new', 'appointment', 'new')])
    return screen(
      [
        text('appointment.mine'),
        ...booked.map((one) => text('common.lines', { lines: [ticketText(one), ...visitLines(one, here)] })),
      ],
      [
        ...booked.map((one) => choice(text('appointment.bookingLabel', { when: whenText(one, here) }), one.id)),
        ...(booked.length < here.rules.visits.mostBookings ? [another] : []),
      ],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said } = here
    const booked = await bookedBy(here)
    const [only, more] = booked
    if (only && !more) return changing(said, only)
    const one = booked.find(({ id }) => said.kind === 'choice' && said.value === id)
    if (one) return goTo({ at: 'booking', booking: one.id })
    return wishedChange(said) && only ? stay({ at: 'mine' }, text('appointment.whichOne')) : unclear
  },
}

/** A visit: its ticket, when and where it is, what to bring, and what can be changed. */
export const bookingPlace: PlaceRules<At<'booking'>, Place> = {
  asksNothing: true,
  takesCancel: true,
  ask: async (here) => {
    const booking = await bookingHere(here)
    return booking ? shown(booking, here) : screen(text('appointment.gone'), [another])
  },
  answer: async (here): Promise<Step<Place>> => {
    const booking = await bookingHere(here)
    const { said } = here
    if (!booking || !isToCome(booking, here)) return wishedChange(said) ? again(text('appointment.gone')) : unclear
    if (said.kind === 'choice' && said.value === 'file') return stay({ at: 'booking', booking: booking.id, file: true })
    return changing(said, booking)
  },
}

/** Nothing is cancelled by one press. */
export const cancelPlace: PlaceRules<At<'cancel'>, Place> = {
  whole: true,
  ask: async (here) => {
    const booking = await bookingHere(here)
    if (!booking || !isToCome(booking, here)) return screen(text('appointment.gone'), [another])
    return screen(
      [
        text('appointment.sureToCancel'),
        text('common.lines', { lines: [ticketText(booking), ...visitLines(booking, here)] }),
      ],
      [choice('appointment.cancelYes', 'yes'), choice('appointment.cancelNo', 'no')],
    )
  },
  answer: ({ said, place }): Step<Place> => {
    const { booking } = place
    const sure = firmYesOrNo(said)
    if (sure === undefined) return unclear
    const kept = (notice: string) => open('appointment', { opening: { booking }, notice: text(notice) })
    if (!sure) return kept('appointment.kept')
    return perform({ effect: 'cancelBooking', input: { booking } }, (outcome, fresh): Step<Place> => {
      if (outcome.kind === 'cancelled')
        return finish(text('appointment.cancelled', { when: whenText(outcome.booking, fresh) }))
      return outcome.kind === 'gone'
        ? open('appointment', { opening: 'mine', notice: text('appointment.gone') })
        : kept('appointment.notCancelled')
    })
  },
  example: text('appointment.exampleCancel'),
}

const isToCome = ({ state, date, minute }: Booking, { now, rules }: Here<unknown>): boolean =>
  state === 'booked' && !hasBegun(date, minute, localMoment(now, rules))

export const bookedBy = async ({ resident, queries, now, rules }: Here<unknown>): Promise<Booking[]> =>
  resident ? queries.visits.upcoming(resident.id, now, rules) : []

const bookingHere = async ({ resident, queries, place }: Here<{ booking: string }>): Promise<Booking | undefined> =>
  resident && queries.visits.booking(resident.id, place.booking)

export const ticketText = ({ ticket }: Booking) => text('appointment.ticket', { ticket })

async function shown(booking: Booking, here: Here<{ file?: true }>): Promise<Screen> {
  const { now, rules, place } = here
  const { visits } = rules
  const lines = text('common.lines', { lines: [ticketText(booking), ...visitLines(booking, here)] })
  const moment = localMoment(now, rules)
  if (!isToCome(booking, here)) {
    const state = booking.state === 'cancelled' || booking.state === 'moved' ? booking.state : 'over'
    return screen([text(`appointment.was.${state}`), lines], [another])
  }
  const isChangeable = mayChange(booking, moment, visits)
  const changes: Choice[] = isChangeable
    ? [choice('appointment.move', 'move'), choice('appointment.cancel', 'cancel')]
    : []
  const mayBookMore = (await bookedBy(here)).length < visits.mostBookings
  return screen(
    [
      lines,
      papersText(booking.topic),
      ...(await papersSent(booking, here)),
      text('appointment.late', { count: visits.lateMinutes }),
      ...(isChangeable ? [] : [text('appointment.tooLateToChange', { count: visits.changeMinutes })]),
    ],
    [
      ...changes,
      ...(place.file ? [] : [choice('appointment.file', 'file')]),
      // When it is too late to move a visit, it is too late to look at papers.
      ...(isChangeable ? [opens('appointment.papersBefore', 'papers', { booking: booking.id })] : []),
      ...(mayBookMore ? [another] : []),
    ],
    // A ticket is to be found again.
    place.file ? { files: [calendarFile(booking, here)], keep: true } : {},
  )
}

/** What has become of papers that were sent for a visit beforehand. */
async function papersSent({ id }: Booking, { resident, queries }: Here<unknown>): Promise<Text[]> {
  const sent = resident ? await queries.requests.ofBooking(resident.id, id) : []
  const lines = sent.map(({ number, state }) =>
    text('appointment.papersLine', { number, state: text(`papers.state.${state}`) }),
  )
  return lines.length > 0 ? [text('appointment.papersSent', { lines })] : []
}

/** What is to become of a visit, by its button or by word: «отменить», «перенести». */
function changing(said: Said, { id, office, topic }: Booking): Step<Place> {
  if (said.kind === 'choice' && said.value === id) return goTo({ at: 'booking', booking: id })
  const wished = wishedChange(said)
  if (wished === 'move') return goTo({ at: 'days', office: office.id, topic, moves: id })
  return wished === 'cancel' ? goTo({ at: 'cancel', booking: id }) : unclear
}

function wishedChange(said: Said): 'move' | 'cancel' | undefined {
  if (said.kind === 'choice') return said.value === 'move' || said.value === 'cancel' ? said.value : undefined
  if (said.kind !== 'text' || said.text.length > 80) return undefined
  const plain = said.text.toLowerCase()
  if (/перен[её]с|перезапи|на другое время|на другой день|\bmove\b|reschedul/.test(plain)) return 'move'
  return /отмен|не приду|не смогу|cancel/.test(plain) ? 'cancel' : undefined
}
