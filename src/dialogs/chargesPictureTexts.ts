import { type Layer, type Layers, layersOf, summaryOfLayers } from '../domain/charges/layers.ts'
import type { Kopecks } from '../domain/money.ts'
import type { Period } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import type { Drawn } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { ChargesPicture } from '../queries/chargesFile.ts'

/** The picture in short, for those who do not see it; where there is none (`inWords`), with every service of it and every month. */
export function pictureWords({ months }: ChargesPicture, inWords: boolean): Text[] {
  const layers = layersOf(months)
  const summary = summaryOfLayers(layers)
  const [from, to] = [layers.months.at(0)?.period, layers.months.at(-1)?.period]
  if (!summary || !from || !to) return [text('chargesPicture.none')]
  const { total, average, most, least } = summary
  const extremes = {
    ...{ mostIn: most.period, most: sumText(most.charged) },
    ...{ leastIn: least.period, least: sumText(least.charged) },
  }
  const [largest] = layers.layers
  return [
    text('chargesPicture.summary', {
      ...{ count: summary.months, from, to },
      ...{ total: sumText(total), average: sumText(average) },
    }),
    ...(most.charged > least.charged ? [text('chargesPicture.extremes', extremes)] : []),
    ...(inWords ? sameInWords(layers) : largest ? [text('chargesPicture.largest', named(largest))] : []),
    ...(months.some(({ penalty }) => penalty !== 0) ? [text('chargesPicture.withoutPenalty')] : []),
  ]
}

export const pictureOf = (
  { months, version }: ChargesPicture,
  { from, to }: { from: Period; to: Period },
  { accountId, language }: Pick<Here<unknown>, 'accountId' | 'language'>,
): Drawn => ({
  id: ['charges', accountId, from, to, language, version].join(':'),
  as: 'photo',
  drawn: { kind: 'charges', accountId, from, to, version, language },
  name: text('chargesPicture.fileName'),
  otherwise: [text('chargesPicture.notDrawn'), ...sameInWords(layersOf(months))],
  denied: text('chargesPicture.denied'),
})

/** What the picture shows, line by line, the latest month first. */
const sameInWords = ({ layers, months }: Layers): Text[] => [
  text('chargesPicture.services', { lines: layers.map((layer) => text('chargesPicture.service', named(layer))) }),
  text('chargesPicture.months', {
    lines: months
      .toReversed()
      .map(({ period, charged }) =>
        charged === undefined
          ? text('chargesPicture.gap', { period })
          : text('chargesPicture.month', { period, sum: sumText(charged) }),
      ),
  }),
]

const named = ({ name, services, total }: Layer): { name: string | Text; sum: Text } => ({
  name: name ?? text('chargesPicture.rest', { count: services }),
  sum: sumText(total),
})

/** In words: never a bare minus (domain rules, §1). */
const sumText = (kopecks: Kopecks): Text =>
  kopecks < 0 ? text('chargesPicture.inFavour', { sum: -kopecks }) : text('chargesPicture.sum', { sum: kopecks })
