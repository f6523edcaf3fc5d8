import { z } from 'zod'
import type { Office } from '../domain/visits/office.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { type Choice, choice, goTo, type Step, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { type At, type Place, type SoFar, soFarOf } from './appointmentPlaces.ts'
import { districtText, officeText } from './appointmentTexts.ts'
import { atOffice } from './appointmentTopic.ts'
import { noted } from './appointmentWished.ts'

/** The offices that can be booked, for a topic when one is chosen, and which of them are where his accounts are. */
export async function officesFor({ queries, now, rules, resident }: Here<unknown>, { topic }: SoFar) {
  const all = await queries.visits.offices(now, rules)
  const offices = all.filter(({ topics }) => topic === undefined || topics.includes(topic))
  const districts = resident ? await queries.visits.districts(resident.id) : []
  const own = offices.filter((office) => districts.some(({ district }) => district === office.district))
  return { offices, own }
}

/** His own offices first, then the other districts. */
export const districtPlace: PlaceRules<At<'district'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const { offices, own } = await officesFor(here, here.place)
    if (offices.length === 0) return screen(text('appointment.noOffices'))
    const others = new Set(offices.map(({ district }) => district))
    for (const { district } of own) others.delete(district)
    return screen(
      [text('appointment.title'), ...own.map(officeText), text('appointment.askDistrict')],
      [...own.map(officeChoice), ...[...others].map((district) => choice(districtText(district), { district }))],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    if (said.kind === 'text') return noted(said.text, here)
    const picked = pick.safeParse(said.kind === 'choice' ? said.value : undefined).data
    const { offices } = await officesFor(here, place)
    const there = offices.filter(({ id, district }) => id === picked?.office || district === picked?.district)
    const [only, another] = there
    if (!only) return unclear
    return another ? goTo({ at: 'office', district: only.district, ...soFarOf(place) }) : atOffice(here, only)
  },
  example: text('appointment.exampleDistrict'),
}

/** The offices of a district that has several. */
export const officePlace: PlaceRules<At<'office'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const { offices } = await officesFor(here, here.place)
    const there = offices.filter(({ district }) => district === here.place.district)
    return screen(
      [text('appointment.title'), ...there.map(officeText), text('appointment.askOffice')],
      [...there.map(officeChoice), choice('appointment.otherDistrict', 'elsewhere')],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    if (said.kind === 'text') return noted(said.text, here)
    if (said.kind !== 'choice') return unclear
    if (said.value === 'elsewhere') return goTo({ at: 'district', ...soFarOf(place) })
    const picked = pick.safeParse(said.value).data
    const { offices } = await officesFor(here, place)
    const office = offices.find(({ id }) => id === picked?.office)
    return office ? atOffice(here, office) : unclear
  },
  example: text('appointment.exampleDistrict'),
}

const pick = z.object({ office: z.string().optional(), district: z.string().optional() })

const officeChoice = ({ id, name }: Office): Choice => choice(text('common.words', { words: name }), { office: id })
