import type { Judged } from '../domain/readings/judge.ts'
import { parseReadings } from '../domain/readings/parse.ts'
import { wantPhoto } from '../domain/readings/photos.ts'
import { openDoubts, repairOf } from '../domain/readings/repair.ts'
import type { Here, Said } from '../engine/dialog.ts'
import { again, goTo, perform, type Step, stay, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { onHand, periodOf } from './readingsMeters.ts'
import type { Entries, Place } from './readingsPlaces.ts'
import { elsewhereText, judgedNow, problemText, refusalText } from './readingsTexts.ts'

/** `entries`: what has been given so far and still stands. */
export type InDialog = Here<{ photos: string[]; entries?: Entries | undefined }>

/** The value of the one meter that is being asked for; people also answer with all of them at once. */
export async function readOne(typed: string, place: One, here: InDialog): Promise<Step<Place>> {
  const [asked, ...queue] = place.queue
  const { meters } = await onHand(here)
  const parsed = parseReadings(
    typed,
    meters.filter(({ id }) => id === asked),
  )
  if (!parsed.ok || parsed.elsewhere) {
    if (meters.length > 1 && parseReadings(typed, meters).ok) return readValues(typed, here)
  }
  if (!parsed.ok) {
    return parsed.problem.code === 'notReadings' ? unclear : problemStep(parsed.problem, here, place)
  }
  const entries = [...place.entries.filter(({ meterId }) => meterId !== asked), ...parsed.entries]
  const [judged] = await judgedNow(here, parsed.entries)
  if (judged?.refusal && asked !== undefined) {
    if (repairOf(judged)) return goTo({ at: 'doubt', meterId: asked, queue, entries, photos: here.place.photos })
    const photos = here.place.photos
    return goTo({ at: 'one', queue: place.queue, entries: place.entries, photos }, refusalText(judged, meters))
  }
  return next(queue, entries, here)
}

/** Typed values: to the table when they are clear and possible, else to the one thing that is not. */
export async function readValues(typed: string, here: InDialog): Promise<Step<Place>> {
  const { meters } = await onHand(here)
  const parsed = parseReadings(typed, meters)
  if (!parsed.ok) return parsed.problem.code === 'notReadings' ? unclear : problemStep(parsed.problem, here)
  const before = here.place.entries?.filter(({ meterId }) => meters.some(({ id }) => id === meterId))
  const elsewhere = (parsed.elsewhere ?? []).map((service) => elsewhereText(service, here.rules))
  return toPossible(together(before, parsed.entries), here, parsed.entries, elsewhere)
}

/**
 * To the table, by way of the meters among `typed` whose value is not possible: only these are asked for again, and what is right is
 * kept. `notices` come first.
 */
export async function toPossible(
  entries: Entries,
  here: InDialog,
  typed: Entries = entries,
  notices: Text[] = [],
): Promise<Step<Place>> {
  const { meters } = await onHand(here)
  const judged = await judgedNow(here, entries)
  const isTyped = ({ entry }: Judged) => typed.some(({ meterId }) => meterId === entry.meterId)
  const refused = judged.filter((one) => isTyped(one) && one.refusal && !repairOf(one))
  if (refused.length === 0) return noticed(await toConfirm(entries, here), notices)
  const problem = text('common.lines', { lines: [...notices, ...refused.map((one) => refusalText(one, meters))] })
  if (meters.length === 1) return again(problem)
  const queue = refused.map((one) => one.entry.meterId)
  const kept = entries.filter(({ meterId }) => !queue.includes(meterId))
  return goTo({ at: 'one', queue, entries: kept, photos: here.place.photos }, problem)
}

/** Values given before, but those of meters that a new value was given for. */
const together = (before: Entries = [], typed: Entries): Entries => [
  ...before.filter((one) => !typed.some(({ meterId }) => meterId === one.meterId)),
  ...typed,
]

const noticed = (step: Step<Place>, said: Text[]): Step<Place> =>
  step.kind === 'goTo' && said.length > 0 ? goTo(step.place, text('common.lines', { lines: said })) : step

/**
 * The table, by way of what has to be asked about first: a value that can be put right, or is taken only when it is really so; then
 * the photo that a meter requires.
 */
export async function toConfirm(entries: Entries, here: InDialog): Promise<Step<Place>> {
  const { meters } = await onHand(here)
  const order = (id: string) => meters.findIndex((meter) => meter.id === id)
  const sorted = entries.toSorted((a, b) => order(a.meterId) - order(b.meterId))
  const judged = await judgedNow(here, sorted)
  const { photos } = here.place
  const doubtful = judged.find((one, index) => isAsked(one, sorted[index]?.sure))
  if (doubtful) return goTo({ at: 'doubt', meterId: doubtful.entry.meterId, queue: [], entries: sorted, photos })
  const agreed = judged.flatMap(({ entry: { meterId }, doubts }) => doubts.map(({ code }) => ({ meterId, code })))
  const cut = judged.map(({ entry }, index) => ({ ...sorted[index], ...entry }))
  const isTaken = judged.every(({ refusal }) => !refusal)
  if (isTaken && photos.length === 0 && wantPhoto(cut, meters).length > 0)
    return goTo({ at: 'photo', entries: cut, photos })
  const replaces = cut.flatMap(({ meterId }) => meters.find(({ id }) => id === meterId)?.current?.readingId ?? [])
  return goTo({ at: 'confirm', entries: cut, agreed, shown: { period: periodOf(here).period, replaces }, photos })
}

const isAsked = (judged: Judged, sure: string[] | undefined): boolean =>
  judged.refusal ? repairOf(judged, sure) !== undefined : openDoubts(judged, sure).length > 0

/** The table again, when what it showed is no longer so. */
export const changed = async (entries: Entries, here: InDialog): Promise<Step<Place>> =>
  staying(await toConfirm(entries, here), text('readings.changed'))

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
  const { meterId, candidates, others, more } = problem
  const [, ...queue] = one?.queue ?? []
  const { photos } = here.place
  const given = together((one ?? here.place).entries, others)
  const unsure = [meterId, ...(more ?? []).map((one) => one.meterId)]
  const entries = given.filter((entry) => !unsure.includes(entry.meterId))
  return goTo({ at: 'unsure', meterId, candidates, queue, entries, photos, ...(more && { more }) })
}

/** The outcome of a photo that was being fetched, or a photo; anything else is for the router. */
export async function photoOrNothing(said: Said, here: Here<Place>, read: Read = readValues): Promise<Step<Place>> {
  const { place } = here
  if (said.kind === 'files') return keepPhotos(said, place, read)
  if (said.kind !== 'due' || said.what.kind !== 'file' || said.what.state !== 'refused') return unclear
  const { file, reason = 'unavailable' } = said.what
  if (!place.photos.includes(file)) return unclear
  const kept = { ...place, photos: place.photos.filter((photo) => photo !== file) }
  if (kept.at !== 'confirm') return stay(kept, text(`readings.photo.${reason}`))
  const step = await toConfirm(kept.entries, { ...here, place: kept })
  const wants = step.kind === 'goTo' && step.place.at === 'photo'
  const why = text(`readings.photoWhy.${reason}`)
  return staying(step, wants ? text('readings.photoRefused', { why }) : text(`readings.photo.${reason}`))
}

const staying = (step: Step<Place>, notice?: Text): Step<Place> =>
  step.kind === 'goTo' ? stay(step.place, notice) : step

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
    const there = { ...fresh, place: kept }
    const step = caption === undefined ? unclear : await read(caption, there)
    if (step.kind !== 'again' && step.kind !== 'unclear') return step
    const problem = step.kind === 'again' ? step.problem : undefined
    // There nothing but the photo was missing.
    if (kept.at === 'photo') return noticed(await toConfirm(kept.entries, there), problem ? [problem] : [])
    return stay(kept, problem ?? text('readings.photoKept'))
  })
}
