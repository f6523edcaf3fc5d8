import type { MeterOnHand } from '../domain/meter.ts'
import type { Doubt, Judged } from '../domain/readings/judge.ts'
import type { Entry } from '../domain/readings/parse.ts'
import type { EffectOutcome } from '../effects/registry.ts'
import { type Text, text } from '../engine/text.ts'
import type { Place } from './readingsPlaces.ts'
import { meterName, type Receipt, refusalText, valuesText } from './readingsTexts.ts'

/** One table: what is given, what has run through, what is doubtful, what is left out, and which receipt it enters. */
export function confirmTable(
  judged: Judged[],
  { agreed, photos }: Pick<Extract<Place, { at: 'confirm' }>, 'agreed' | 'photos'>,
  meters: MeterOnHand[],
  others: MeterOnHand[],
  receipt: Receipt,
): Text[] {
  const doubts = judged.flatMap((one) => {
    const meter = meters.find(({ id }) => id === one.entry.meterId)
    if (!meter) return []
    if (one.refusal) return [refusalText(one, meters)]
    const said = agreed.filter(({ meterId }) => meterId === meter.id).map(({ code }) => code)
    return one.doubts.flatMap((doubt) => toldOf(doubt, said.includes(doubt.code), meter))
  })
  const standing = meters.flatMap(({ id, current }) => (current ? [{ meterId: id, values: current.values }] : []))
  const given = others.flatMap((meter) => (meter.current ? [text('readings.givenLine', valuesOf(meter))] : []))
  const missing = others.filter(({ current }) => !current).map(meterName)
  return [
    text('readings.check'),
    text('common.lines', { lines: confirmLines(judged, meters, standing) }),
    ...doubts,
    ...(given.length > 0 ? [text('readings.given', { lines: given })] : []),
    ...(missing.length > 0 ? [text('readings.missing', { lines: missing })] : []),
    ...(photos.length > 0 ? [text('readings.withPhoto')] : []),
    text(receipt.late ? 'readings.entersLate' : 'readings.enters', { period: receipt.period }),
  ]
}

const valuesOf = (meter: MeterOnHand) => ({ meter: meterName(meter), now: valuesText(meter, meter.current?.values) })

/** A line a value. `replaced`: what was given for the same receipt before; of a value that corrects it both are told. */
const confirmLines = (judged: Judged[], meters: MeterOnHand[], replaced: Entry[]): Text[] =>
  judged.map((one) => {
    const { meterId, values } = one.entry
    const meter = meters.find(({ id }) => id === meterId)
    const before = replaced.find((entry) => entry.meterId === meterId && entry.values.join() !== values.join())
    return meter ? confirmLine(one, meter, before?.values) : text('readings.meterGone')
  })

function confirmLine({ entry, consumption }: Judged, meter: MeterOnHand, replaced: number[] | undefined): Text {
  const values = {
    ...{ meter: meterName(meter), now: valuesText(meter, entry.values) },
    ...{ used: valuesText(meter, consumption), before: valuesText(meter, replaced) },
  }
  if (replaced) return text(consumption ? 'readings.confirmCorrected' : 'readings.confirmCorrectedFirst', values)
  return text(consumption ? 'readings.confirmLine' : 'readings.confirmFirst', values)
}

/** What the table says of a doubt. The receipt that late readings enter stands under the table anyway. */
function toldOf(doubt: Doubt, agreed: boolean, meter: MeterOnHand): Text[] {
  const name = { meter: meterName(meter), unit: meter.unit }
  switch (doubt.code) {
    case 'W_ROLLOVER':
      return [text(agreed ? 'readings.agreed.W_ROLLOVER' : 'readings.told.W_ROLLOVER', name)]
    case 'W_HIGH':
      return [text(agreed ? 'readings.agreed.W_HIGH' : 'readings.told.W_HIGH', { ...name, used: doubt.consumption })]
    case 'W_VERIFICATION':
      return [text('readings.told.W_VERIFICATION', { ...name, until: doubt.until })]
    case 'W_ZERO':
      return [text('readings.told.W_ZERO', name)]
    default:
      return []
  }
}

type Confirmation = Extract<EffectOutcome<'submitReadings'>, { confirmation: string }>

/**
 * The confirmation (подтверждение): what was taken and what it replaces, its number, moment and the receipt it enters; the address
 * when there are several.
 */
export const acceptedText = (
  { kind, confirmation, submittedAt, period, taken, meters, replaced }: Confirmation,
  whose: Text[],
): Text =>
  text(kind === 'same' ? 'readings.same' : 'readings.accepted', {
    lines: [...whose, ...confirmLines(taken, meters, replaced)],
    confirmation,
    at: submittedAt,
    period,
  })
