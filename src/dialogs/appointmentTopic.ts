import type { Office } from '../domain/visits/office.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import { topicIn } from '../domain/visits/topicWords.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { choice, goTo, open, type Step, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { type At, type Place, type SoFar, soFarOf } from './appointmentPlaces.ts'
import { officeText, topicText } from './appointmentTexts.ts'
import { led, noted } from './appointmentWished.ts'

/** What the visit is about. */
export const topicPlace: PlaceRules<At<'topic'>, Place> = {
  labelsFirst: true,
  ask: async ({ place, queries }) => {
    const office = await queries.visits.office(place.office)
    const elsewhere = choice('appointment.otherDistrict', 'elsewhere')
    if (!office) return screen(text('appointment.officeGone'), [elsewhere])
    return screen(
      [text('appointment.title'), officeText(office), text('appointment.askTopic')],
      [...office.topics.map((topic) => choice(topicText(topic), topic)), elsewhere],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place, queries } = here
    const { wished } = place
    if (said.kind === 'choice' && said.value === 'elsewhere') return goTo({ at: 'district', ...soFarOf(place) })
    const office = await queries.visits.office(place.office)
    const offered = office?.topics ?? []
    const topic =
      said.kind === 'text'
        ? topicIn(said.text, offered)
        : offered.find((one) => said.kind === 'choice' && one === said.value)
    if (topic) return withTopic(here, { office: place.office, topic, ...(wished && { wished }) })
    return said.kind === 'text' ? noted(said.text, here) : unclear
  },
  example: text('appointment.exampleTopic'),
}

/** An office is chosen: on to the topic, unless that is known. */
export function atOffice(here: Here<SoFar>, { id: office }: Office): Step<Place> | Promise<Step<Place>> {
  const { topic, moves, wished } = here.place
  const known = { ...(moves && { moves }), ...(wished && { wished }) }
  return topic ? withTopic(here, { office, topic, ...known }) : goTo({ at: 'topic', office, ...known })
}

/** To the days, or to the time that was wished. Whoever has a visit about this is shown that one. */
async function withTopic(
  here: Here<unknown>,
  { office, topic, moves, wished }: SoFar & { office: string; topic: VisitTopic },
): Promise<Step<Place>> {
  const { queries, resident, now, rules } = here
  const booked = resident && moves === undefined ? await queries.visits.upcoming(resident.id, now, rules) : []
  const same = booked.find((one) => one.topic === topic)
  if (same) return open('appointment', { opening: { booking: same.id }, notice: text('appointment.alreadyBooked') })
  const at = { office, topic, ...(moves && { moves }) }
  return wished ? led(here, at, wished) : goTo({ at: 'days', ...at })
}
