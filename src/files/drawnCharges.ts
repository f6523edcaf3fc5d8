import type { Charges } from '../domain/charges/charges.ts'
import { layersOf } from '../domain/charges/layers.ts'
import type { Period } from '../domain/period.ts'
import type { ChatId } from '../engine/event.ts'
import type { ChargesDrawing } from '../engine/outgoing.ts'
import { text, type Words } from '../engine/text.ts'
import { chargesCsv } from './charges/csv.ts'
import type { ChargesFacts, Say } from './charges/facts.ts'
import { chargesPdf } from './charges/pdf.ts'
import { chargesSvg } from './charts/charges.ts'
import { pngOf } from './charts/png.ts'
import type { Draughtsman } from './drawn.ts'
import { fontFile } from './fontFiles.ts'
import { parsedFont, widthIn } from './parsedFont.ts'

type Versioned<Facts> = Facts & { version: string }
type Of<Kind extends ChargesDrawing['kind']> = Draughtsman<Extract<ChargesDrawing, { kind: Kind }>>

/**
 * The picture of charges by service, and the files of charges and payments. Each draws the facts that were asked for or fails: what the
 * billing has sent since is another version, kept by the platforms under another name, and its words are not those said with it.
 */
export function chargesDraughtsmen(deps: {
  words: Words
  /** Whether the person in a chat may be shown the account's sums there at this moment. */
  maySee(chat: ChatId, accountId: number): Promise<boolean>
  picture(accountId: number, from: Period, to: Period): Promise<Versioned<{ months: Charges[] }>>
  file(accountId: number, from: Period, to: Period): Promise<Versioned<Omit<ChargesFacts, 'from' | 'to'>> | undefined>
}): { charges: Of<'charges'>; chargesCsv: Of<'chargesCsv'>; chargesPdf: Of<'chargesPdf'> } {
  const maySee = (chat: ChatId, { accountId }: ChargesDrawing) => deps.maySee(chat, accountId)
  const saying = ({ language }: ChargesDrawing): Say => {
    return (key, values) => deps.words.plain(language, text(key, values))
  }
  async function facts({ accountId, from, to, version }: ChargesDrawing): Promise<ChargesFacts> {
    return { ...asked(await deps.file(accountId, from, to), version), from, to }
  }
  return {
    charges: {
      maySee,
      async draw(drawing) {
        const { accountId, from, to, version } = drawing
        const { months } = asked(await deps.picture(accountId, from, to), version)
        const [font, say] = [await parsedFont(fontFile('regular')), saying(drawing)]
        const layers = layersOf(months)
        const [first, last] = [layers.months.at(0)?.period ?? from, layers.months.at(-1)?.period ?? to]
        const svg = chargesSvg(
          layers,
          {
            title: say('chargesPicture.chart.title'),
            subtitle: say(first === last ? 'chargesPicture.chart.oneMonth' : 'chargesPicture.chart.someMonths', {
              from: first,
              to: last,
            }),
            rest: (count) => say('chargesPicture.rest', { count }),
            taken: say('chargesPicture.chart.taken'),
            none: say('chargesPicture.chart.none'),
            month: (period) => say('chargesPicture.chart.oneMonth', { to: period }),
            sum: (sum) => say('chargesPicture.sum', { sum }),
          },
          (line, size) => widthIn(font, line, size),
        )
        return pngOf(svg)
      },
    },
    chargesCsv: { maySee, draw: async (drawing) => chargesCsv(await facts(drawing), saying(drawing)) },
    chargesPdf: {
      maySee,
      draw: async (drawing) => chargesPdf(await facts(drawing), saying(drawing), drawing.language),
    },
  }
}

function asked<Facts extends { version: string }>(facts: Facts | undefined, version: string): Facts {
  if (facts?.version !== version) throw new Error('the charges are not those that were asked for any more')
  return facts
}
