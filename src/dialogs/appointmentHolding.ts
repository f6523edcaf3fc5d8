import type { LocalDate } from '../domain/localDate.ts'
import type { VisitRefusal } from '../effects/visits/outcomes.ts'
import type { Here } from '../engine/dialog.ts'
import { finish, goTo, open, perform, type Step, stay } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { type Chosen, chosen, type Place } from './appointmentPlaces.ts'

export type Slot = Chosen & { date: LocalDate; minute: number }

/** Holds a place and asks to confirm it, or says why it cannot be had and what can. */
export async function holding(here: Here<unknown>, slot: Slot): Promise<Step<Place>> {
  return perform({ effect: 'holdSlot', input: await asked(here, slot) }, (outcome): Step<Place> => {
    if (outcome.kind !== 'held') return refused(outcome, slot, here)
    const { date, minute } = slot
    return leading(here)({ at: 'confirm', ...chosen(slot), date, minute, hold: outcome.booking.id })
  })
}

/** What effects are asked for. The visit is about the account of that district, or the only one there is. */
export async function asked(here: Here<unknown>, { office: officeId, topic, moves, date, minute }: Slot) {
  const { queries, resident } = here
  const [office, districts] = await Promise.all([
    queries.visits.office(officeId),
    resident ? queries.visits.districts(resident.id) : [],
  ])
  const there = districts.filter(({ district }) => district === office?.district)
  const [only, another] = there.length > 0 ? there.map(({ accountId }) => accountId) : accountsOf(here)
  return { officeId, topic, date, minute, moves, accountId: another === undefined ? only : undefined }
}

const accountsOf = ({ resident }: Here<unknown>): number[] => resident?.accounts.map(({ id }) => id) ?? []

/** Why the place cannot be had; where there is a next one it is offered at once. */
export function refused(refusal: VisitRefusal, slot: Slot, here: Here<unknown>): Step<Place> {
  const lead = leading(here)
  const days: Place = { at: 'days', ...chosen(slot) }
  switch (refusal.kind) {
    case 'taken':
    case 'officeClosed': {
      const { kind, next } = refusal
      if (!next) return lead(days, text(`appointment.${kind}`))
      const { officeId: office, date, minute } = next
      return lead({ at: 'instead', ...chosen(slot), office, date, minute }, text(`appointment.${kind}`))
    }
    case 'tooLate':
      return lead(days, text('appointment.begun'))
    case 'outOfHorizon':
      return lead(days, text('appointment.outOfHorizon', { until: refusal.until }))
    case 'limit':
      return refusal.of === 'topic'
        ? open('appointment', { opening: { booking: refusal.booking }, notice: text('appointment.alreadyBooked') })
        : open('appointment', { opening: 'mine', notice: text('appointment.mostBooked', { count: refusal.most }) })
    case 'missed':
      return finish(text('appointment.missed', { until: refusal.until }))
    case 'cannotMove':
      return refusal.why === 'tooLate' && slot.moves !== undefined
        ? open('appointment', { opening: { booking: slot.moves } })
        : open('appointment', { opening: 'mine', notice: text('appointment.gone') })
  }
}

/** A place whose hold has gone is not come back to. */
function leading({ place }: Here<unknown>): typeof goTo<Place> {
  const isConfirm = typeof place === 'object' && place !== null && 'hold' in place
  return isConfirm ? stay : goTo
}
