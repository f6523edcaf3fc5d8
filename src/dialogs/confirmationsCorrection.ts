import { capacity, type MeterOnHand } from '../domain/meter.ts'
import { parseReadings } from '../domain/readings/parse.ts'
import {
  again,
  choice,
  finish,
  finishKeeping,
  goTo,
  type Here,
  open,
  type PlaceRules,
  perform,
  type Said,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import type { GivenReading } from '../queries/confirmations.ts'
import type { Place } from './confirmationsPlaces.ts'
import { namedValue } from './confirmationsTexts.ts'
import { valuesText } from './readingsTexts.ts'
import { yesOrNo } from './yesOrNo.ts'

type Of<At extends Place['at']> = Extract<Place, { at: At }>
type Rules<At extends Place['at']> = PlaceRules<Here<Of<At>>, Place>
type Correcting = Of<'value' | 'photo' | 'sure'>

export const givenHere = (here: Here<unknown>): Promise<GivenReading[]> =>
  here.queries.confirmations.ofAccount(here.accountId)

/** Begins to correct a reading whose receipt is closed. */
export const corrected = (readingId: string): Step<Place> => goTo({ at: 'value', readingId, photos: [] })

export const valuePlace: Rules<'value'> = {
  ask: async (here) => {
    const reading = await readingOf(here)
    if (!reading) return gone
    return screen(text('confirmations.value', { ...namedValue(reading), period: reading.period }))
  },
  answer: (here) => answered(here, here.said),
  example: text('readings.exampleOne'),
  takesNumbers: true,
}

export const photoPlace: Rules<'photo'> = {
  ask: async (here) => {
    const reading = await readingOf(here)
    return reading ? screen(text('confirmations.photo', right(reading, here.place.values))) : gone
  },
  answer: (here) => answered(here, here.said),
  example: text('confirmations.examplePhoto'),
  takesNumbers: true,
}

export const surePlace: Rules<'sure'> = {
  ask: async (here) => {
    const reading = await readingOf(here)
    if (!reading) return gone
    const facts = { ...namedValue(reading), ...right(reading, here.place.values), period: reading.period }
    return screen(text('confirmations.sure', facts), [
      choice('confirmations.save', 'yes'),
      choice('readings.change', 'no'),
    ])
  },
  answer: async (here) => {
    const { said, place, accountId } = here
    const sure = yesOrNo(said)
    if (sure === undefined) return answered(here, said)
    const { readingId, values, photos } = place
    if (!sure) return goTo({ at: 'value', readingId, photos })
    const reading = await readingOf(here)
    const call = { effect: 'prepareCorrection', input: { accountId, readingId, values, photos } } as const
    return perform(call, (outcome): Step<Place> => {
      const { kind } = outcome
      if (kind === 'notLinked') return finish(text('errors.accountGone'))
      if (kind === 'open') return open('readings', { accountId, notice: text('confirmations.stillOpen') })
      if (kind === 'wrong') return goTo({ at: 'value', readingId, photos }, text('confirmations.wrong'))
      if (kind === 'noPhoto') return goTo({ at: 'photo', readingId, values, photos: [] }, text('confirmations.noPhoto'))
      if (outcome.kind !== 'sent' || !reading) return goTo({ at: 'shown' }, text('confirmations.gone'))
      const { number, dueOn } = outcome
      const facts = { ...namedValue(reading), ...right(reading, values), period: reading.period, number, due: dueOn }
      return finishKeeping(text('confirmations.prepared', facts))
    })
  },
  example: text('confirmations.exampleSure'),
  takesNumbers: true,
}

const gone = screen(text('confirmations.gone'))

const right = ({ meter }: GivenReading, values: number[]) => ({ right: valuesText(meter, values) })

const readingOf = async (here: Here<Correcting>): Promise<GivenReading | undefined> =>
  (await givenHere(here)).find(
    ({ id, status }) => id === here.place.readingId && status !== 'superseded' && status !== 'rejected',
  )

/** The right value, a photo of the dial, or both at once; what became of a photo that was being fetched. */
async function answered(here: Here<Correcting>, said: Said): Promise<Step<Place>> {
  const { place } = here
  if (said.kind === 'text') return withValue(said.text, here, place)
  if (said.kind === 'due' && said.what.kind === 'file' && said.what.state === 'refused') {
    const { file, reason = 'unavailable' } = said.what
    if (!place.photos.includes(file)) return unclear
    return goTo(
      ahead({ ...place, photos: place.photos.filter((one) => one !== file) }),
      text(`readings.photo.${reason}`),
    )
  }
  if (said.kind !== 'files') return unclear
  const pictures = said.files.filter(({ kind }) => kind === 'photo' || kind === 'document')
  if (pictures.length === 0) return again(text('readings.onlyPhotos'))
  const { caption } = said
  return perform({ effect: 'keepPhoto', input: { files: pictures } }, (ids) => {
    const kept = { ...place, photos: [...place.photos, ...ids].slice(-10) }
    return caption === undefined ? moved(place, kept) : withValue(caption, here, kept)
  })
}

async function withValue(typed: string, here: Here<Correcting>, place: Correcting): Promise<Step<Place>> {
  const reading = await readingOf(here)
  if (!reading) return unclear
  const meter: MeterOnHand = { ...reading.meter, decimals: 3, ratio: 1 }
  const parsed = parseReadings(typed, [meter])
  const [entry] = parsed.ok ? parsed.entries : []
  if (!entry) return place.photos.length > here.place.photos.length ? moved(here.place, place) : unclear
  const tooLong = entry.values.some((value) => value >= capacity(meter.digits))
  if (tooLong) return again(text('confirmations.tooLong', { count: meter.digits }))
  return moved(here.place, { ...place, at: 'sure', values: entry.values })
}

/** On to what is still missing: the value, then the photo. */
function ahead(place: Correcting): Correcting {
  const { readingId, photos } = place
  if (place.at === 'value') return { at: 'value', readingId, photos }
  return { at: photos.length > 0 ? 'sure' : 'photo', readingId, photos, values: place.values }
}

function moved(from: Correcting, to: Correcting): Step<Place> {
  const next = ahead(to)
  return from.at === next.at ? stay(next, text('confirmations.photoKept')) : goTo(next)
}
