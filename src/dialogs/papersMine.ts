import { localDateOf } from '../domain/localDate.ts'
import { mayReopen } from '../domain/requests/reopening.ts'
import { isOver } from '../domain/requests/states.ts'
import type { Written } from '../effects/requests/written.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import {
  again,
  type Choice,
  choice,
  finish,
  goTo,
  opens,
  perform,
  type Screen,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { RequestLine, ResidentsRequest } from '../queries/requests.ts'
import { named } from './papersGather.ts'
import type { At, Next, Place } from './papersPlaces.ts'
import { saidStop } from './papersStop.ts'
import { leftText, receivedText, titleOf } from './papersTexts.ts'
import { writtenIn } from './requestsMessage.ts'
import { address } from './typedAddress.ts'

type Sent = ResidentsRequest & { lines: RequestLine[] }

const isOfPapers = ({ kind }: Pick<ResidentsRequest, 'kind'>): boolean => kind === 'papers' || kind === 'account'

/** What has been handed in, the latest first. */
export const minePlace: PlaceRules<At<'mine'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const all = await sentBy(here)
    if (all.length === 0) return screen(text('papers.none'), [opens('documents.handIn', 'papers')])
    return screen(
      [text('papers.mine'), text('common.lines', { lines: all.map(lineOf) })],
      [
        ...all.map(({ id, number }) => choice(text('papers.numbered', { number }), id)),
        opens('documents.handIn', 'papers'),
      ],
    )
  },
  answer: async (here): Promise<Next> => {
    const { said } = here
    const one = (await sentBy(here)).find(({ id }) => said.kind === 'choice' && said.value === id)
    return one ? goTo({ at: 'one', request: one.id }) : unclear
  },
}

/** One of them: where it stands, in plain words, and what staff have said and sent. */
export const onePlace: PlaceRules<At<'one'>, Place> = {
  asksNothing: true,
  ask: async (here): Promise<Screen> => {
    const one = await sentHere(here)
    if (!one) return screen(text('papers.noSuch'), [opens('documents.mine', 'papers', 'mine')])
    const files = resultOf(one)
    const shown = here.place.files ? files : []
    return screen(
      [text('papers.oneTitle', { number: one.number, title: titleOf(one) }), ...standing(one), ...answerOf(one)],
      [
        ...addingTo(one, here),
        ...(files.length > 0 && !here.place.files ? [choice('papers.showFiles', 'files')] : []),
        ...linkingOf(one, here),
        opens('documents.mine', 'papers', 'mine'),
      ],
      shown.length > 0 ? { files: shown, keep: true } : {},
    )
  },
  answer: async (here): Promise<Next> => {
    const { said, place } = here
    const one = await sentHere(here)
    if (!one || said.kind !== 'choice') return unclear
    return said.value === 'files' ? stay({ ...place, files: true }) : unclear
  },
}

/** Something is added to what was sent: each message goes to staff at once. */
export const morePlace: PlaceRules<At<'more'>, Place> = {
  labelsFirst: true,
  takesNumbers: true,
  takesCancel: true,
  ask: async (here) => {
    const one = await sentHere(here)
    if (!one || !mayAdd(one, here))
      return screen(text(one ? 'papers.tooLate' : 'papers.noSuch'), [opens('documents.handIn', 'papers')])
    const count = one.lines.filter(({ author }) => author === 'resident').flatMap(({ files }) => files).length
    return screen(
      [
        text('papers.moreTitle', { number: one.number, title: titleOf(one) }),
        ...answerOf(one),
        receivedText(count, here),
      ],
      [choice('papers.moreDone', 'done')],
    )
  },
  answer: async (here): Promise<Next> => {
    const { said, came, place } = here
    const one = await sentHere(here)
    if (!one || said.kind === 'due') return unclear
    if (said.kind === 'choice' || saidStop(said)) return finish(text('papers.moreThanks', { number: one.number }))
    const written = writtenIn(came)
    if (!written || written.edits) return again(text('papers.cannotTake'))
    return added(here, place, written)
  },
  example: text('papers.exampleGather'),
}

/** Adds a message to what was sent. */
export function added(here: Here<unknown>, place: Extract<Place, { at: 'more' }>, written: Written): Next {
  const { request } = place
  const left = (files: { name: string; why: Parameters<typeof leftText>[0][number]['why'] }[]) =>
    leftText(named(files, written.files), here)
  return perform({ effect: 'addToRequest', input: { request, written } }, (outcome): Next => {
    switch (outcome.kind) {
      case 'added':
        return outcome.isMore && outcome.left.length === 0
          ? { kind: 'reshow', place }
          : stay(place, left(outcome.left) ?? text('papers.moreTaken'))
      case 'full':
        return stay(place, left(outcome.left))
      case 'gone':
        return goTo({ at: 'mine' }, text('papers.noSuch'))
      case 'over':
        if (!outcome.mayReopen) return goTo({ at: 'one', request }, text('papers.tooLate'))
        return perform({ effect: 'reopenRequest', input: { request, written } }, (reopened): Next => {
          if (reopened.kind === 'reopened')
            return stay(place, left(reopened.left) ?? text('papers.reopened', { dueOn: reopened.dueOn }))
          return reopened.kind === 'empty'
            ? stay(place, left(reopened.left))
            : goTo({ at: 'one', request }, text('papers.tooLate'))
        })
    }
  })
}

const sentBy = async ({ resident, queries }: Here<unknown>): Promise<ResidentsRequest[]> =>
  resident ? (await queries.requests.all(resident.id)).filter(isOfPapers) : []

export async function sentHere({ resident, queries, place }: Here<{ request: string }>): Promise<Sent | undefined> {
  const one = resident && (await queries.requests.one(resident.id, { id: place.request }))
  return one && isOfPapers(one) ? one : undefined
}

const lineOf = (one: ResidentsRequest): Text =>
  text('papers.line', {
    number: one.number,
    at: one.sentAt,
    title: titleOf(one),
    state: text(`papers.state.${one.state}`),
  })

/** Where it stands, and by when an answer is promised. */
export const standing = (one: ResidentsRequest): Text[] => [
  text('papers.standing', { at: one.sentAt, state: text(`papers.state.${one.state}`) }),
  ...(one.dueOn !== undefined && !isOver(one.state) && one.state !== 'waiting'
    ? [text('papers.due', { dueOn: one.dueOn })]
    : []),
]

/** What staff have said last. */
export function answerOf(one: Sent): Text[] {
  const last = one.lines.findLast(({ author, text: words }) => author === 'consultant' && words !== '')
  return last ? [text('papers.staffSay', { words: last.text })] : []
}

/** What staff have sent. */
export const resultOf = (one: Sent) =>
  one.lines
    .filter(({ author }) => author === 'consultant')
    .flatMap(({ files }) => files)
    .flatMap(({ id, kind, name }) => (kind === 'video' ? [] : [{ id, kind, name }]))

const mayAdd = (one: ResidentsRequest, { today, rules }: Pick<Here<unknown>, 'today' | 'rules'>): boolean =>
  !isOver(one.state) ||
  mayReopen(
    one.state,
    one.overAt === undefined ? undefined : localDateOf(new Date(one.overAt), rules.timeZone),
    today,
    rules.requests.reopenDays,
  )

export const addingTo = (one: ResidentsRequest, here: Pick<Here<unknown>, 'today' | 'rules'>): Choice[] =>
  one.state !== 'done' && mayAdd(one, here) ? [opens('papers.addMore', 'papers', { request: one.id, more: true })] : []

/** An account that has been opened can be linked: at one press, where the address was understood and staff have told the number. */
export function linkingOf(one: Sent, { rules }: Pick<Here<unknown>, 'rules'>): Choice[] {
  if (one.kind !== 'account' || one.state !== 'done') return []
  const words = one.lines
    .filter(({ author }) => author === 'consultant')
    .flatMap(({ text: said }) => said.split(/[^\p{L}\d]+/u))
  const number = words.findLast((word) => rules.accountPattern.test(word))
  const parts = address.safeParse(one.details.parts).data
  return [opens('papers.linkOpened', 'linking', number !== undefined && parts ? { address: parts, number } : 'address')]
}
