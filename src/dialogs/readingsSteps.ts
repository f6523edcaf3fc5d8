import { entersPeriod } from '../domain/period.ts'
import type { Judged } from '../domain/readings/judge.ts'
import { parseReadings } from '../domain/readings/parse.ts'
import { again, goTo, type Here, perform, type Said, type Step, stay, unclear } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { Entries, Place } from './readingsPlaces.ts'
import { judgedNow, problemText, refusalText } from './readingsTexts.ts'

export const periodOf = ({ today, rules }: Here<unknown>) => entersPeriod(today, rules.readingsWindow)

export const onHand = (here: Here<unknown>) => here.queries.meters.onHand(here.accountId, periodOf(here).period)

export type InDialog = Here<{ photos: string[] }>

/** The address, for a resident who has several: numbers of meters tell him little. */
export const whose = ({ resident, accountId }: Here<unknown>): Text[] => {
  const accounts = resident?.accounts ?? []
  if (accounts.length < 2) return []
  return accounts.filter(({ id }) => id === accountId).map(({ address }) => text('accounts.line', { address }))
}

/** The value of the one meter that is being asked for; people also answer with all of them at once. */
export async function readOne(typed: string, place: One, here: InDialog): Promise<Step<Place>> {
  const [asked, ...queue] = place.queue
  const { meters } = await onHand(here)
  const parsed = parseReadings(
    typed,
    meters.filter(({ id }) => id === asked),
  )
  if (!parsed.ok) {
    if (meters.length > 1 && parseReadings(typed, meters).ok) return readValues(typed, here)
    return parsed.problem.code === 'notReadings' ? unclear : problemStep(parsed.problem, here, place)
  }
  const entries = [...place.entries.filter(({ meterId }) => meterId !== asked), ...parsed.entries]
  const [judged] = await judgedNow(here, parsed.entries)
  if (judged?.refusal) return refusedStep([judged], place.entries, queue, here)
  return next(queue, entries, here)
}

/** Typed values: to the table when they are clear and possible, else to the one thing that is not. */
export async function readValues(typed: string, here: InDialog): Promise<Step<Place>> {
  const { meters } = await onHand(here)
  const parsed = parseReadings(typed, meters)
  if (!parsed.ok) return parsed.problem.code === 'notReadings' ? unclear : problemStep(parsed.problem, here)
  const judged = await judgedNow(here, parsed.entries)
  const refused = judged.filter(({ refusal }) => refusal)
  if (refused.length === 0) return toConfirm(parsed.entries, here)
  // Only the meter in doubt is asked for again; what was right is kept.
  const good = judged.filter(({ refusal }) => !refusal).map((one) => one.entry)
  return refusedStep(refused, good, [], here)
}

/** Says why a value cannot be taken. A value that would fit is offered as a button; else the meter is asked for again. */
async function refusedStep(refused: Judged[], entries: Entries, later: string[], here: InDialog): Promise<Step<Place>> {
  const { meters } = await onHand(here)
  const [first, ...others] = refused
  if (!first) return toConfirm(entries, here)
  const problem = refusalText(first, meters)
  const { photos } = here.place
  const { meterId } = first.entry
  const queue = [...others.map((one) => one.entry.meterId), ...later]
  const fits = first.refusal && 'suggestion' in first.refusal ? first.refusal.suggestion : undefined
  if (fits) return goTo({ at: 'unsure', meterId, candidates: [fits], queue, entries, photos }, problem)
  if (meters.length === 1) return again(problem)
  return goTo({ at: 'one', queue: [meterId, ...queue], entries, photos }, problem)
}

export async function toConfirm(entries: Entries, here: InDialog): Promise<Step<Place>> {
  const judged = await judgedNow(here, entries)
  const { meters } = await onHand(here)
  const order = (id: string) => meters.findIndex((meter) => meter.id === id)
  judged.sort((a, b) => order(a.entry.meterId) - order(b.entry.meterId))
  const agreed = judged.flatMap(({ entry: { meterId }, doubts }) => doubts.map(({ code }) => ({ meterId, code })))
  return goTo({ at: 'confirm', entries: judged.map((one) => one.entry), agreed, photos: here.place.photos })
}

/** The table again, when what it showed is no longer so. */
export async function changed(entries: Entries, here: InDialog): Promise<Step<Place>> {
  const step = await toConfirm(entries, here)
  return step.kind === 'goTo' ? stay(step.place, text('readings.changed')) : step
}

export const next = (queue: string[], entries: Entries, here: InDialog): Step<Place> | Promise<Step<Place>> => {
  if (queue.length > 0) return oneAfterAnother(queue, entries, here.place.photos)
  return entries.length > 0
    ? toConfirm(entries, here)
    : goTo({ at: 'values', photos: here.place.photos }, text('readings.nothingGiven'))
}

export const oneAfterAnother = (queue: string[], entries: Entries, photos: string[]): Step<Place> =>
  goTo({ at: 'one', queue, entries, photos })

type One = Extract<Place, { at: 'one' }>
type Problem = Extract<ReturnType<typeof parseReadings>, { ok: false }>['problem']

function problemStep(problem: Problem, here: InDialog, one?: One): Step<Place> | Promise<Step<Place>> {
  if (problem.code !== 'ambiguous') return problemText(problem, here).then(again)
  const { meterId, candidates, others } = problem
  const [, ...queue] = one?.queue ?? []
  const { photos } = here.place
  return goTo({ at: 'unsure', meterId, candidates, queue, entries: [...(one?.entries ?? []), ...others], photos })
}

/** The outcome of a photo that was being fetched, or a photo; anything else is for the router. */
export function photoOrNothing(said: Said, place: Place, read: Read = readValues): Step<Place> {
  if (said.kind === 'due' && said.what.kind === 'file' && said.what.state === 'refused') {
    const { file, reason = 'unavailable' } = said.what
    const kept = { ...place, photos: place.photos.filter((photo) => photo !== file) }
    return place.photos.includes(file) ? stay(kept, text(`readings.photo.${reason}`)) : unclear
  }
  return said.kind === 'files' ? keepPhotos(said, place, read) : unclear
}

type Read = (typed: string, here: InDialog) => Promise<Step<Place>>

/** A photo of the dial is kept beside the readings. Its caption is read as if it had been typed here. */
export function keepPhotos(
  { files, caption }: Pick<Extract<Said, { kind: 'files' }>, 'files'> & { caption?: string | undefined },
  place: Place,
  read: Read = readValues,
): Step<Place> {
  const pictures = files.filter(({ kind }) => kind === 'photo' || kind === 'document')
  if (pictures.length === 0) return again(text('readings.onlyPhotos'))
  return perform({ effect: 'keepPhoto', input: { files: pictures } }, async (ids, fresh) => {
    const kept = { ...place, photos: [...place.photos, ...ids].slice(-10) }
    const step = caption === undefined ? unclear : await read(caption, { ...fresh, place: kept })
    if (step.kind === 'again') return stay(kept, step.problem)
    return step.kind === 'unclear' ? stay(kept, text('readings.photoKept')) : step
  })
}
