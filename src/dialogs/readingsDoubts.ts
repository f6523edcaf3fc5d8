import type { MeterOnHand } from '../domain/meter.ts'
import type { Doubt, Judged } from '../domain/readings/judge.ts'
import { openDoubts, type Repair, repairOf } from '../domain/readings/repair.ts'
import type { Here, Said } from '../engine/dialog.ts'
import { type Choice, choice, goTo, type Screen, type Step, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { onHand } from './readingsMeters.ts'
import type { Entries, Place } from './readingsPlaces.ts'
import { next, oneAfterAnother, photoOrNothing, readOne } from './readingsSteps.ts'
import { judgedNow, meterName, refusedBecause, valuesText } from './readingsTexts.ts'
import { yesOrNo } from './yesOrNo.ts'

type DoubtPlace = Extract<Place, { at: 'doubt' }>
type InDoubt = Here<DoubtPlace>

/** One doubtful value: what is wrong with it, and what it most likely should be, as a button. */
export async function askDoubt(here: InDoubt): Promise<Screen> {
  const found = await doubtIn(here)
  if (!found) return screen(text('readings.meterGone'), [choice('readings.skip', 'skip')])
  const { meter, meters, judged, repair, doubts } = found
  const named = (id: string) => meters.find((one) => one.id === id)
  const wrong = judged.refusal ? [refusedBecause(judged, meter)] : doubtTexts(doubts, judged, meter)
  const question = repair ? repairText(repair, meter, named) : questionOf(doubts)
  return screen(
    [...wrong, ...(question ? [question] : [])],
    [...choicesOf(found), choice('readings.writeAnew', 'anew')],
  )
}

export async function answerDoubt(here: InDoubt & { said: Said }): Promise<Step<Place>> {
  const { said, place } = here
  const { meterId, queue, entries } = place
  const others = entries.filter((one) => one.meterId !== meterId)
  const found = await doubtIn(here)
  if (said.kind === 'choice' && !found) {
    const step = await next(queue, others, here)
    return step.kind === 'goTo' ? goTo(step.place, text('readings.meterGone')) : step
  }
  const meant = yesOrNo(said)
  const chosen = said.kind === 'choice' ? said.value : undefined
  if (found?.repair && (chosen === 'repair' || (meant && chosen !== 'sure')))
    return next(queue, repaired(entries, meterId, found.repair), here)
  if (found && !found.judged.refusal && (chosen === 'sure' || meant))
    return next(queue, agreedTo(entries, meterId, found.doubts), here)
  if (chosen === 'anew' || meant === false) return oneAfterAnother([meterId, ...queue], others, place.photos)
  const one = { at: 'one' as const, queue: [meterId, ...queue], entries: others, photos: place.photos }
  if (said.kind === 'text') return readOne(said.text, one, here)
  return said.kind === 'choice'
    ? unclear
    : photoOrNothing(said, here, (typed, inDialog) => readOne(typed, one, inDialog))
}

interface Found {
  meter: MeterOnHand
  meters: MeterOnHand[]
  judged: Judged
  doubts: Doubt[]
  repair: Repair | undefined
}

/** The doubt as it stands now; nothing when the meter is gone. */
async function doubtIn(here: InDoubt): Promise<Found | undefined> {
  const { meterId, entries } = here.place
  const { meters } = await onHand(here)
  const meter = meters.find(({ id }) => id === meterId)
  const judged = (await judgedNow(here, entries)).find(({ entry }) => entry.meterId === meterId)
  if (!meter || !judged) return undefined
  const sure = entries.find((one) => one.meterId === meterId)?.sure
  return { meter, meters, judged, doubts: openDoubts(judged, sure), repair: repairOf(judged, sure) }
}

function choicesOf({ repair, judged, doubts, meter, meters }: Found): Choice[] {
  const sure = repair ? 'readings.noAllRight' : isRollOver(doubts) ? 'readings.passedZero' : 'readings.allRight'
  return [
    ...(repair ? [choice(repairLabel(repair, meter, meters), 'repair')] : []),
    ...(judged.refusal ? [] : [choice(text(sure), 'sure')]),
  ]
}

function repairLabel(repair: Repair, meter: MeterOnHand, meters: MeterOnHand[]): Text {
  if (repair.kind === 'value') return text('readings.repair.yes', { value: valuesText(meter, repair.values) })
  if (repair.kind === 'zones') return text('readings.repair.exchangeZones', zonesOf(repair, meter))
  const other = meters.find(({ id }) => id === repair.withMeterId)
  return text(other?.service === meter.service ? 'readings.repair.exchangeSame' : 'readings.repair.exchange')
}

function repairText(repair: Repair, meter: MeterOnHand, named: (id: string) => MeterOnHand | undefined): Text {
  const values = { suggestion: valuesText(meter, repair.values) }
  if (repair.kind === 'value') return text('readings.repair.perhaps', values)
  if (repair.kind === 'zones') return text('readings.repair.zonesMoved', { ...zonesOf(repair, meter), ...values })
  const other = named(repair.withMeterId)
  return text('readings.repair.moved', { meter: meterName(meter), other: other ? meterName(other) : '' })
}

const zonesOf = ({ zones: [first, second] }: Extract<Repair, { kind: 'zones' }>, { zones }: MeterOnHand) => ({
  first: text(`readings.zone.${zones}.${first}`),
  second: text(`readings.zone.${zones}.${second}`),
})

const isRollOver = (doubts: Doubt[]): boolean => doubts.every(({ code }) => code === 'W_ROLLOVER') && doubts.length > 0

const questionOf = (doubts: Doubt[]): Text | undefined =>
  isRollOver(doubts) ? undefined : text('readings.repair.isItSo')

/** Values that changed places are doubtful for their size already, or else for nothing but that. */
function doubtTexts(doubts: Doubt[], { entry }: Judged, meter: MeterOnHand): Text[] {
  const values = { meter: meterName(meter), unit: meter.unit, now: valuesText(meter, entry.values) }
  const told = doubts.flatMap((doubt) => {
    if (doubt.code === 'W_ROLLOVER')
      return [text('readings.doubt.W_ROLLOVER', { ...values, previous: doubt.previous, used: doubt.consumption })]
    return doubt.code === 'W_HIGH' ? [text('readings.doubt.W_HIGH', { ...values, used: doubt.consumption })] : []
  })
  return told.length > 0 ? told : [text('readings.doubt.W_SWAP', values)]
}

function repaired(entries: Entries, meterId: string, repair: Repair): Entries {
  const own = entries.find((one) => one.meterId === meterId)
  return entries.map((one) => {
    if (one.meterId === meterId) return { meterId, values: repair.values }
    const isOther = repair.kind === 'exchange' && one.meterId === repair.withMeterId
    return isOther ? { meterId: one.meterId, values: own?.values ?? one.values } : one
  })
}

/** Who says that his values did not change places says it of both meters. */
function agreedTo(entries: Entries, meterId: string, doubts: Doubt[]): Entries {
  const swap = doubts.find((doubt) => doubt.code === 'W_SWAP')
  return entries.map((one) => {
    const codes =
      one.meterId === meterId ? doubts.map(({ code }) => code) : one.meterId === swap?.withMeterId ? ['W_SWAP'] : []
    return codes.length > 0 ? { ...one, sure: [...new Set([...(one.sure ?? []), ...codes])] } : one
  })
}
