import { showsSums } from '../domain/channelPolicy.ts'
import { type DocumentWay, isDrawnKind } from '../domain/documents/kinds.ts'
import type { Language } from '../domain/language.ts'
import type { Office } from '../domain/visits/office.ts'
import type { IssuedDocument } from '../effects/orders/issueDocument.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import {
  again,
  choice,
  finish,
  goTo,
  open,
  opens,
  perform,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { whereElse, whyNotHere } from './orderFile.ts'
import { type Asked, type At, askedOf, type Place } from './orderPlaces.ts'
import { termText, titleText } from './orderTexts.ts'

/** How it is to be received, where that is to be asked: drawn at once after all, as a file of staff's, in an office, by post. What cannot be had here is said with the reason. */
export const wayPlace: PlaceRules<At<'way'>, Place> = {
  ask: async (here) => {
    const { place } = here
    const [ways, why] = [await waysOf(here), await whyNot(here)]
    return screen(
      [
        ...(await whose(here)),
        titleText(place),
        ...(place.undrawn ? [text(`order.undrawn.${place.undrawn}`)] : []),
        ...(why ? [text(`order.${why}`)] : []),
        text(ways.length > 0 ? 'order.whichWay' : 'order.noWay'),
        ...(ways.some((way) => way !== 'now') ? [termText(place.kind, here, ways.includes('now'))] : []),
      ],
      [
        ...ways.map((way) => choice(`order.way.${way}`, way)),
        ...(why === 'needsCode' ? [opens('linking.byCode', 'linking', 'code')] : []),
        ...(why === 'policy' ? whereElse(here) : []),
        ...(ways.length === 0 ? [opens('menu.consultant', 'consultant')] : []),
      ],
    )
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    const wished = (await waysOf(here)).find((way) => said.kind === 'choice' && said.value === way)
    if (!wished) return unclear
    if (wished === 'now') return drawing(here, place)
    if (wished !== 'office') return goTo({ at: 'confirm', ...askedOf(place), way: wished })
    const [only, ...others] = await officesOf(here)
    if (!only) return again(text('order.officeGone'))
    return others.length > 0
      ? goTo({ at: 'office', ...askedOf(place) })
      : goTo({ at: 'confirm', ...askedOf(place), way: 'office', office: only.id })
  },
  example: text('order.exampleWay'),
}

/** What can be had as a file at once needs no question: it comes, and one on paper can be ordered below it. */
export function receiving(
  here: Pick<Here<unknown>, 'accountId' | 'language' | 'policy'>,
  wanted: Omit<At<'way'>['place'], 'at'>,
): Step<Place> {
  const place = { at: 'way' as const, ...wanted }
  return isDrawnNow({ place, policy: here.policy }) ? drawing(here, wanted) : goTo(place)
}

const isDrawnNow = ({ place, policy }: Pick<At<'way'>, 'place' | 'policy'>): boolean =>
  isDrawnKind(place.kind) && !place.undrawn && !place.paper && showsSums(policy)

async function waysOf(here: At<'way'>): Promise<('now' | DocumentWay)[]> {
  const { rules, place, accountId } = here
  const { ways } = rules.documents
  const byStaff = async (way: DocumentWay): Promise<boolean> => {
    if (!ways.includes(way)) return false
    if (way === 'office') return (await officesOf(here)).length > 0
    const why = await whyNotHere(place.kind, accountId, here)
    // What is sent by post goes to the account's own address, past the messenger.
    return way === 'post' ? why !== 'needsCode' : !why && !isDrawnNow(here) && !place.paper
  }
  const offered = await Promise.all(
    (['chat', 'office', 'post'] as const).map(async (way) => ((await byStaff(way)) ? [way] : [])),
  )
  return [...(isDrawnNow(here) ? ['now' as const] : []), ...offered.flat()]
}

/** Why it is not sent here, where it is not. */
async function whyNot(here: At<'way'>): Promise<'policy' | 'needsCode' | undefined> {
  const { place, accountId, policy } = here
  if (isDrawnNow(here) || place.paper) return undefined
  if (isDrawnKind(place.kind) && !place.undrawn) return showsSums(policy) ? undefined : 'policy'
  const why = await whyNotHere(place.kind, accountId, here)
  return why === 'unlinked' ? undefined : why
}

/** The offices that hand out papers. */
export async function officesOf({ queries, now, rules }: Here<unknown>): Promise<Office[]> {
  return (await queries.visits.offices(now, rules)).filter(({ topics }) => topics.includes('certificates'))
}

/**
 * Has a document drawn; when it cannot be, asks again how it is to be received, by staff then. `shown`: the one that stands there: it is sent once more
 * as long as the billing tells the same, and there is a new one when it does not.
 */
export function drawing(
  { accountId, language: own }: Pick<Here<unknown>, 'accountId' | 'language'>,
  wanted: Asked,
  { language = own, shown }: { language?: Language; shown?: number } = {},
): Step<Place> {
  const asked = askedOf(wanted)
  if (!isDrawnKind(asked.kind)) return unclear
  return perform(
    { effect: 'issueDocument', input: { accountId, of: asked.kind, months: asked.months, language } },
    (outcome): Step<Place> => {
      if (outcome.kind === 'issued')
        return (outcome.number === shown ? stay<Place> : goTo<Place>)({ at: 'drawn', number: outcome.number })
      if (outcome.kind === 'undrawn') return goTo({ at: 'way', ...asked, undrawn: outcome.why })
      return refused(outcome.kind, asked)
    },
  )
}

/** What was refused when it was asked for: said, and asked again where that makes sense. */
export function refused(
  why: Exclude<IssuedDocument['kind'], 'issued' | 'undrawn'> | 'needsCode' | 'officeGone',
  asked: Asked,
): Step<Place> {
  if (why === 'notLinked') return finish(text('order.notLinked'))
  if (why === 'notOffered') return open('orders', { notice: text('order.notOffered') })
  return stay({ at: 'way', ...asked }, refusals[why])
}

const refusals: Record<'withheld' | 'needsCode' | 'officeGone', Text> = {
  withheld: text('order.policy'),
  needsCode: text('order.needsCode'),
  officeGone: text('order.officeGone'),
}
