import { z } from 'zod'
import { entersPeriod } from '../domain/period.ts'
import { parseReadings } from '../domain/readings/parse.ts'
import {
  again,
  choice,
  defineDialog,
  finish,
  goTo,
  type Here,
  perform,
  type Said,
  type Step,
  screen,
  unclear,
} from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import {
  acceptedText,
  confirmTable,
  judgedNow,
  lastReadings,
  meterName,
  problemText,
  refusalText,
  valuesText,
} from './readingsTexts.ts'
import { yesOrNo } from './yesOrNo.ts'

const entry = z.object({ meterId: z.string(), values: z.array(z.number()) })
const photos = z.array(z.string())
const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('values'), photos }),
  /** Asks the meters in `queue` one after another; `entries` are already given. */
  z.object({ at: z.literal('one'), queue: z.array(z.string()).min(1), entries: z.array(entry), photos }),
  z.object({
    at: z.literal('unsure'),
    meterId: z.string(),
    candidates: z.array(z.array(z.number())),
    entries: z.array(entry),
    photos,
  }),
  /** `agreed`: the doubts that the table shows; «Верно» says yes to these and to no others. */
  z.object({
    at: z.literal('confirm'),
    entries: z.array(entry).min(1),
    agreed: z.array(z.object({ meterId: z.string(), code: z.string() })),
    photos,
  }),
])
type Place = z.infer<typeof place>
type Entries = z.infer<typeof entry>[]

/** Submits the readings of an account's meters: all at once or one at a time, and one table to confirm. */
export const readings = defineDialog<Place>({
  id: 'readings',
  version: 1,
  needs: 'account',
  place,
  begin: async (here) => {
    const { meters } = await onHand(here)
    if (meters.length === 0) return finish(text('readings.noMeters'))
    const start: Place = { at: 'values', photos: [] }
    const typed = z.object({ text: z.string() }).safeParse(here.opening)
    if (!typed.success) return goTo(start)
    const step = await readValues(typed.data.text, { ...here, place: start })
    return step.kind === 'unclear' ? goTo(start) : step.kind === 'again' ? goTo(start, step.problem) : step
  },
  places: {
    values: {
      ask: async (here) => {
        const { meters } = await onHand(here)
        const oneByOne = meters.length > 1 ? [choice('readings.oneByOne', 'oneByOne')] : []
        return screen(lastReadings(meters, periodOf(here)), oneByOne)
      },
      answer: async (here) => {
        const { said, place } = here
        if (said.kind === 'choice') {
          const { meters } = await onHand(here)
          return oneAfterAnother(
            meters.map(({ id }) => id),
            [],
            place.photos,
          )
        }
        if (said.kind === 'text') return readValues(said.text, here)
        return photoOrNothing(said, place)
      },
      example: text('readings.example'),
    },
    one: {
      ask: async (here) => {
        const { meters } = await onHand(here)
        const meter = meters.find(({ id }) => id === here.place.queue[0])
        if (!meter) return screen(text('readings.meterGone'), [choice('readings.skip', 'skip')])
        return screen(
          text(['readings.askOne', 'readings.askZones2', 'readings.askZones3'][meter.zones - 1] ?? '', {
            meter: meterName(meter),
            last: valuesText(meter, meter.previous?.values),
          }),
          [choice('readings.skip', 'skip')],
        )
      },
      answer: async (here) => {
        const { said, place } = here
        const [asked, ...queue] = place.queue
        const { meters } = await onHand(here)
        const meter = meters.find(({ id }) => id === asked)
        if (said.kind === 'choice' || !meter) return next(queue, place.entries, here)
        if (said.kind !== 'text') return photoOrNothing(said, place)
        const parsed = parseReadings(said.text, [meter])
        if (!parsed.ok)
          return parsed.problem.code === 'notReadings' ? unclear : problemStep(parsed.problem, here, place)
        const [judged] = await judgedNow(here, parsed.entries)
        if (judged?.refusal) return again(refusalText(judged, meters))
        return next(queue, [...place.entries.filter(({ meterId }) => meterId !== asked), ...parsed.entries], here)
      },
      example: text('readings.exampleOne'),
    },
    unsure: {
      ask: async (here) => {
        const { meters } = await onHand(here)
        const meter = meters.find(({ id }) => id === here.place.meterId)
        if (!meter) return screen(text('readings.meterGone'))
        const read = here.place.candidates.map((values, index) => choice(valuesText(meter, values), index))
        return screen(text('readings.whichValue', { meter: meterName(meter) }), read)
      },
      answer: async (here) => {
        const { said, place } = here
        const values = said.kind === 'choice' ? place.candidates[Number(said.value)] : undefined
        if (values) return toConfirm([...place.entries, { meterId: place.meterId, values }], here)
        return said.kind === 'text' ? readValues(said.text, here) : photoOrNothing(said, place)
      },
    },
    confirm: {
      ask: async (here) => {
        const { meters } = await onHand(here)
        const judged = await judgedNow(here, here.place.entries)
        const missing = meters.filter(({ id }) => !here.place.entries.some(({ meterId }) => meterId === id))
        const right = judged.some(({ refusal }) => refusal) ? [] : [choice('readings.right', 'yes')]
        return screen(confirmTable(judged, meters, missing, periodOf(here)), [
          ...right,
          ...(missing.length > 0 ? [choice('readings.addMissing', 'missing')] : []),
          choice('readings.change', 'no'),
        ])
      },
      answer: async (here) => {
        const { said, place } = here
        if (said.kind === 'choice' && said.value === 'missing') {
          const { meters } = await onHand(here)
          const missing = meters.filter(({ id }) => !place.entries.some(({ meterId }) => meterId === id))
          return oneAfterAnother(
            missing.map(({ id }) => id),
            place.entries,
            place.photos,
          )
        }
        const right = yesOrNo(said)
        if (right === false) return goTo({ at: 'values', photos: place.photos })
        if (right === undefined) return said.kind === 'text' ? readValues(said.text, here) : photoOrNothing(said, place)
        return perform(
          {
            effect: 'submitReadings',
            input: { accountId: here.accountId, entries: place.entries, agreed: place.agreed, photos: place.photos },
          },
          (outcome, fresh) => {
            if (outcome.kind === 'notLinked') return finish(text('errors.accountGone'))
            return outcome.kind === 'judged'
              ? changed(place.entries, { ...fresh, place })
              : finish(acceptedText(outcome))
          },
        )
      },
      example: text('readings.exampleConfirm'),
      idle: { minutes: 60, text: text('readings.notConfirmed') },
    },
  },
})

const periodOf = ({ today, rules }: Here<unknown>) => entersPeriod(today, rules.readingsWindow)

const onHand = (here: Here<unknown>) => here.queries.meters.onHand(here.accountId, periodOf(here).period)

type InDialog = Here<{ photos: string[] }>

/** Typed values: to the table when they are clear and possible, else to the one thing that is not. */
async function readValues(typed: string, here: InDialog): Promise<Step<Place>> {
  const { meters } = await onHand(here)
  const parsed = parseReadings(typed, meters)
  if (!parsed.ok) return parsed.problem.code === 'notReadings' ? unclear : problemStep(parsed.problem, here)
  const judged = await judgedNow(here, parsed.entries)
  const refused = judged.filter(({ refusal }) => refusal)
  const [first] = refused
  if (!first) return toConfirm(parsed.entries, here)
  const problem = refusalText(first, meters)
  if (meters.length === 1) return again(problem)
  // Only the meter in doubt is asked for again; what was right is kept.
  const good = judged.filter(({ refusal }) => !refusal).map((one) => one.entry)
  return goTo(
    { at: 'one', queue: refused.map((one) => one.entry.meterId), entries: good, photos: here.place.photos },
    problem,
  )
}

async function toConfirm(entries: Entries, here: InDialog): Promise<Step<Place>> {
  const judged = await judgedNow(here, entries)
  const agreed = judged.flatMap(({ entry: { meterId }, doubts }) => doubts.map(({ code }) => ({ meterId, code })))
  return goTo({ at: 'confirm', entries: judged.map((one) => one.entry), agreed, photos: here.place.photos })
}

/** The table again, when what it showed is no longer so. */
async function changed(entries: Entries, here: InDialog): Promise<Step<Place>> {
  const step = await toConfirm(entries, here)
  return step.kind === 'goTo' ? goTo(step.place, text('readings.changed')) : step
}

const next = (queue: string[], entries: Entries, here: InDialog): Step<Place> | Promise<Step<Place>> => {
  if (queue.length > 0) return oneAfterAnother(queue, entries, here.place.photos)
  return entries.length > 0
    ? toConfirm(entries, here)
    : goTo({ at: 'values', photos: here.place.photos }, text('readings.nothingGiven'))
}

const oneAfterAnother = (queue: string[], entries: Entries, photos: string[]): Step<Place> =>
  goTo({ at: 'one', queue, entries, photos })

type Problem = Extract<ReturnType<typeof parseReadings>, { ok: false }>['problem']

function problemStep(
  problem: Problem,
  here: InDialog,
  one?: Extract<Place, { at: 'one' }>,
): Step<Place> | Promise<Step<Place>> {
  if (problem.code !== 'ambiguous') return problemText(problem, here).then(again)
  const { meterId, candidates, others } = problem
  return goTo({
    at: 'unsure',
    meterId,
    candidates,
    entries: [...(one?.entries ?? []), ...others],
    photos: here.place.photos,
  })
}

/** A photo of the dial is kept beside the readings; the numbers are still asked for in words. */
function photoOrNothing(said: Said, place: Place): Step<Place> {
  if (said.kind === 'due' && said.what.kind === 'file' && said.what.state === 'refused') {
    const { file, reason = 'unavailable' } = said.what
    const kept = { ...place, photos: place.photos.filter((photo) => photo !== file) }
    return place.photos.includes(file) ? goTo(kept, text(`readings.photo.${reason}`)) : unclear
  }
  if (said.kind !== 'files') return unclear
  const pictures = said.files.filter(({ kind }) => kind === 'photo' || kind === 'document')
  if (pictures.length === 0) return again(text('readings.onlyPhotos'))
  return perform({ effect: 'keepPhoto', input: { files: pictures } }, async (ids, fresh) => {
    const kept = { ...place, photos: [...place.photos, ...ids].slice(-10) }
    const step = said.caption === undefined ? unclear : await readValues(said.caption, { ...fresh, place: kept })
    return step.kind === 'goTo' ? step : goTo(kept, text('readings.photoKept'))
  })
}
