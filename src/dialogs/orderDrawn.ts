import { showsSums } from '../domain/channelPolicy.ts'
import type { DrawnDocument } from '../domain/documents/drawn.ts'
import type { PlaceRules } from '../engine/dialog.ts'
import { choice, open, opens, type Step, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { documentFile, whereElse } from './orderFile.ts'
import type { At, Place } from './orderPlaces.ts'
import { titleText } from './orderTexts.ts'
import { drawing } from './orderWay.ts'

/** A document with its file: what it is, until when it holds, that nobody signed it, and how one that is sealed is come by. */
export const drawnPlace: PlaceRules<At<'drawn'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const document = await documentHere(here)
    if (!document) return screen(text('order.gone'), [another])
    if (!showsSums(here.policy)) return screen(text('order.policy'), whereElse(here))
    const { number, validUntil, asOf, shows } = document
    const isOnPaper = here.rules.documents.ways.some((way) => way !== 'chat')
    return screen(
      [
        ...(await whose(here)),
        titleText(document),
        ...saysOfDebt(document),
        text('order.marks', { number, asOf, until: validUntil }),
        ...(isOnPaper ? [text('order.sealed')] : []),
        ...(shows === 'full' ? [] : [text(`order.shows.${shows}`)]),
      ],
      [
        choice('order.again', 'again'),
        ...(isOnPaper ? [choice('order.onPaper', 'paper')] : []),
        ...(document.language === 'ru' ? [] : [choice('order.inRussian', 'ru')]),
        ...(shows === 'nameless' ? [opens('linking.byCode', 'linking', 'code')] : []),
        another,
      ],
      // A document is to be found again, and a file cannot be edited into words.
      { files: [documentFile(document)], keep: true },
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, accountId } = here
    const document = await documentHere(here)
    if (said.kind !== 'choice' || !document) return unclear
    const { kind, months, number: shown, language } = document
    const asked = { kind, ...(months && { months }) }
    if (said.value === 'paper') return open('order', { opening: { ...asked, paper: true }, accountId })
    if (said.value === 'ru') return drawing(here, asked, { language: 'ru' })
    return said.value === 'again' ? drawing(here, asked, { language, shown }) : unclear
  },
}

const another = opens('order.another', 'orders')

async function documentHere({ resident, queries, place, accountId }: At<'drawn'>): Promise<DrawnDocument | undefined> {
  const document = resident && (await queries.documents.one(resident.id, place.number))
  return document?.accountId === accountId ? document : undefined
}

/** A certificate that is asked for as one of no debt may be one of debt: that is said at once. */
function saysOfDebt({ kind, figures, asOf }: DrawnDocument): Text[] {
  if (kind !== 'debt') return []
  const sum = figures.reduce((all, { kopecks }) => all + Math.max(0, kopecks), 0)
  return [sum > 0 ? text('order.saysDebt', { sum, asOf }) : text('order.saysNoDebt', { asOf })]
}
