import { defineDialog } from '../engine/dialog.ts'
import { choice, finish, finishKeeping, goTo, open, opens, perform, screen, stay } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { answerDoubt, askDoubt } from './readingsDoubts.ts'
import { onHand, periodOf } from './readingsMeters.ts'
import { readingsNews } from './readingsNews.ts'
import { answerPhoto, askPhoto } from './readingsPhoto.ts'
import { type Place, place, sentAtOnce } from './readingsPlaces.ts'
import { changed, type InDialog, keepPhotos, next, photoOrNothing, readOne, readValues } from './readingsSteps.ts'
import { acceptedText, confirmTable } from './readingsTable.ts'
import { judgedNow, lastReadings, meterName, valuesText } from './readingsTexts.ts'
import { answerUnsure, askUnsure } from './readingsUnsure.ts'
import { yesOrNo } from './yesOrNo.ts'

/** Submits the readings of an account's meters: all at once or one at a time, and one table to confirm. */
export const readings = defineDialog<Place>({
  id: 'readings',
  version: 3,
  needs: 'account',
  place,
  upgrade: (saved) => place.safeParse(saved).data,
  begin: async (here) => {
    const { meters } = await onHand(here)
    const start: Place = { at: 'values', photos: [] }
    const opening = sentAtOnce.safeParse(here.opening)
    if (meters.length === 0) {
      const sent = opening.success && 'text' in opening.data ? opening.data.text : ''
      const step = await readValues(sent, { ...here, place: start })
      return finish(step.kind === 'again' ? step.problem : text('readings.noMeters'))
    }
    if (!opening.success) return goTo(start)
    const step =
      'files' in opening.data
        ? keepPhotos(opening.data, start)
        : await readValues(opening.data.text, { ...here, place: start })
    return step.kind === 'unclear' ? goTo(start) : step.kind === 'again' ? goTo(start, step.problem) : step
  },
  places: {
    values: {
      ask: async (here) => {
        const { meters } = await onHand(here)
        return screen(
          [...(await whose(here)), ...lastReadings(meters, periodOf(here), here, here.place.entries)],
          [
            ...(meters.length > 1 ? [choice('readings.oneByOne', 'oneByOne')] : []),
            ...(meters.every(({ current }) => current) ? [] : [choice('readings.later', 'later')]),
            opens('readings.submitted', 'confirmations', undefined, here.accountId),
          ],
        )
      },
      answer: async (here) => {
        const { said, place, accountId } = here
        if (said.kind === 'choice' && said.value === 'later')
          return perform({ effect: 'remindLater', input: { accountId } }, ({ at }) =>
            at === undefined ? stay(place, text('readings.lastDay')) : finish(text('readings.laterPromised', { at })),
          )
        if (said.kind === 'choice') {
          const { meters } = await onHand(here)
          const queue = meters.map(({ id }) => id)
          return next(queue, place.entries ?? [], here)
        }
        if (said.kind === 'text') return readValues(said.text, here)
        return photoOrNothing(said, here)
      },
      example: text('readings.example'),
      takesNumbers: true,
      switchesAccount: ({ place: { entries, photos } }) => !entries?.length && photos.length === 0,
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
          [
            ...(meter.previous ? [choice('readings.sameAgain', 'same')] : []),
            choice('readings.skip', 'skip'),
            ...(here.place.entries.length > 0 ? [choice('readings.done', 'done')] : []),
          ],
        )
      },
      answer: async (here) => {
        const { said, place } = here
        if (said.kind === 'choice' && said.value === 'done') return next([], place.entries, here)
        const [asked, ...queue] = place.queue
        const { meters } = await onHand(here)
        const meter = meters.find(({ id }) => id === asked)
        if (said.kind === 'choice' && said.value === 'same' && meter?.previous) {
          const others = place.entries.filter(({ meterId }) => meterId !== asked)
          return next(queue, [...others, { meterId: meter.id, values: meter.previous.values }], here)
        }
        if (said.kind === 'choice' || !meter) return next(queue, place.entries, here)
        const read = (typed: string, inDialog: InDialog) => readOne(typed, place, inDialog)
        return said.kind === 'text' ? read(said.text, here) : photoOrNothing(said, here, read)
      },
      example: text('readings.exampleOne'),
      takesNumbers: true,
    },
    unsure: {
      ask: askUnsure,
      answer: answerUnsure,
      example: text('readings.exampleOne'),
      takesNumbers: true,
    },
    doubt: {
      ask: askDoubt,
      answer: answerDoubt,
      example: text('readings.exampleDoubt'),
      takesNumbers: true,
      idle: { minutes: 60, text: text('readings.notConfirmed') },
    },
    photo: {
      ask: askPhoto,
      answer: answerPhoto,
      example: text('readings.examplePhoto'),
      takesNumbers: true,
      idle: { minutes: 60, text: text('readings.notConfirmed') },
    },
    confirm: {
      ask: async (here) => {
        const { meters } = await onHand(here)
        const judged = await judgedNow(here, here.place.entries)
        const others = meters.filter(({ id }) => !here.place.entries.some(({ meterId }) => meterId === id))
        const missing = others.filter(({ current }) => !current)
        const right = judged.some(({ refusal }) => refusal) ? [] : [choice('readings.right', 'yes')]
        return screen(
          [...(await whose(here)), ...confirmTable(judged, here.place, meters, others, periodOf(here))],
          [
            ...right,
            ...(missing.length > 0 ? [choice('readings.addMissing', 'missing')] : []),
            choice('readings.change', 'no'),
          ],
        )
      },
      answer: async (here) => {
        const { said, place } = here
        if (said.kind === 'choice' && said.value === 'missing') {
          const { meters } = await onHand(here)
          const missing = meters.filter(
            ({ id, current }) => !current && !place.entries.some(({ meterId }) => meterId === id),
          )
          const queue = missing.map(({ id }) => id)
          return queue.length > 0 ? next(queue, place.entries, here) : changed(place.entries, here)
        }
        const right = yesOrNo(said)
        if (right === false) return goTo({ at: 'values', photos: place.photos, entries: place.entries })
        if (right === undefined) return said.kind === 'text' ? readValues(said.text, here) : photoOrNothing(said, here)
        const { entries, agreed, shown, photos } = place
        return perform(
          { effect: 'submitReadings', input: { accountId: here.accountId, entries, agreed, shown, photos } },
          async (outcome, fresh) => {
            if (outcome.kind === 'notLinked') return open('accountGone', { opening: here.accountId })
            if (outcome.kind === 'judged') return changed(place.entries, { ...fresh, place })
            if (outcome.kind === 'noPhoto') return changed(place.entries, { ...fresh, place: { ...place, photos: [] } })
            return finishKeeping(acceptedText(outcome, await whose(fresh)))
          },
        )
      },
      example: text('readings.exampleConfirm'),
      takesNumbers: true,
      whole: true,
      idle: { minutes: 60, text: text('readings.notConfirmed') },
    },
  },
  news: readingsNews,
})
