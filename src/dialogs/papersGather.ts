import { needed } from '../domain/papers/matters.ts'
import { opening } from '../domain/papers/progress.ts'
import type { Here, PlaceRules, Said } from '../engine/dialog.ts'
import type { Input } from '../engine/event.ts'
import { again, choice, finish, goTo, perform, reshow, screen, stay, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { anew, draftHere, keepDetails } from './papersDraft.ts'
import type { At, Next, Of, Place } from './papersPlaces.ts'
import { saidStop } from './papersStop.ts'
import { fileText, leftText, receivedText, titleOf } from './papersTexts.ts'
import { writtenIn } from './requestsMessage.ts'

const idle = { minutes: 120, text: text('papers.notSent') }

/** Photos and files are gathered, and words beside them; the list of them is one screen. */
export const gatherPlace: PlaceRules<At<'gather'>, Place> = {
  labelsFirst: true,
  takesNumbers: true,
  takesEdits: true,
  takesCancel: true,
  idle,
  ask: async (here) => {
    const draft = await draftHere(here, 'papers')
    if (!draft?.matter) return screen(text('papers.gone'), [choice('papers.beginAnew', 'anew')])
    const { matter, files, words } = draft
    const list = needed[matter].map((paper) => text('papers.paperLine', { paper: text(`papers.paper.${paper}`) }))
    return screen(
      [
        text('papers.title', { title: titleOf({ kind: 'papers', subject: matter }) }),
        list.length > 0
          ? text('papers.needed', { lines: list })
          : text(matter === 'visit' ? 'papers.freely.visit' : 'papers.freely.other'),
        receivedText(files.length, here),
        ...(words.length > 0 ? [text('papers.wordsKept')] : []),
      ],
      [
        ...(files.length > 0 ? [choice('papers.toCheck', 'next'), choice('papers.dropLast', 'drop')] : []),
        choice('papers.beginAnew', 'anew'),
      ],
    )
  },
  answer: async (here): Promise<Next> => {
    const { said, came, place } = here
    const draft = await draftHere(here, 'papers')
    if (!draft?.matter) return lost('papers', said)
    if (saidStop(said)) return finish(text('papers.stopped'))
    if (said.kind !== 'choice') return gathered(here, 'papers', came, place)
    if (said.value === 'next') return goTo({ at: 'check', of: 'papers', draft: draft.id })
    return said.value === 'drop' ? dropped(draft.files.at(-1), place) : anew('papers')
  },
  example: text('papers.exampleGather'),
}

/** One of the papers that open an account. */
export const paperPlace: PlaceRules<At<'paper'>, Place> = {
  labelsFirst: true,
  takesEdits: true,
  takesCancel: true,
  idle,
  ask: async (here) => {
    const { paper } = here.place
    const draft = await draftHere(here, 'account')
    if (!draft?.claimant) return screen(text('papers.gone'), [choice('papers.beginAnew', 'anew')])
    const all = opening[draft.claimant]
    const own = draft.files.filter((file) => file.paper === paper)
    return screen(
      [
        text('papers.paperOf', {
          number: all.indexOf(paper) + 1,
          of: all.length,
          paper: text(`papers.paper.${paper}`),
        }),
        ...(own.length > 0 ? [text('papers.ofThisPaper', { count: own.length })] : []),
        receivedText(draft.files.length, here),
      ],
      [
        ...(own.length > 0
          ? [choice('papers.nextPaper', 'given'), choice('papers.dropLast', 'drop')]
          : [choice('papers.noSuchPaper', 'none')]),
        choice('papers.beginAnew', 'anew'),
      ],
    )
  },
  answer: async (here): Promise<Next> => {
    const { said, came, place } = here
    const draft = await draftHere(here, 'account')
    if (!draft?.claimant) return lost('account', said)
    if (saidStop(said)) return finish(text('papers.stopped'))
    if (said.kind !== 'choice') return gathered(here, 'account', came, place)
    if (said.value === 'drop')
      return dropped(
        draft.files.findLast((file) => file.paper === place.paper),
        place,
      )
    const known = said.value === 'given' || said.value === 'none'
    return known ? keepDetails('account', { [place.paper]: said.value as string }) : anew('account')
  },
  example: text('papers.exampleGather'),
}

/** The draft is not there any more: sent from the other messenger, gone with the consent, or too old. */
const lost = (of: Of, said: Said): Next =>
  said.kind === 'due'
    ? unclear
    : anew(of, said.kind === 'choice' && said.value === 'anew' ? undefined : text('papers.gone'))

/** A message is kept at once, a piece of an album beside the others; the one screen says what there is now. */
function gathered(here: Here<unknown>, of: Of, came: Input, place: Extract<Place, { at: 'gather' | 'paper' }>): Next {
  if (came.kind === 'due') return unclear
  const written = writtenIn(came)
  if (!written) return again(text('papers.cannotTake'))
  const paper = place.at === 'paper' ? place.paper : undefined
  return perform({ effect: 'keepDraft', input: { of, written: { ...written, paper } } }, (outcome): Next => {
    if (outcome.kind === 'unknown') return reshow(place)
    const notice = leftText(named(outcome.left, written.files), here)
    return notice ? stay(place, notice) : reshow(place)
  })
}

/** A photo that was left is no name to its sender. */
export const named = <Why>(
  left: readonly { name: string; why: Why }[],
  files: readonly { kind: string; name: string }[] = [],
) =>
  left.map(({ name, why }) => ({
    file: fileText({ name, kind: files.find((one) => one.name === name)?.kind ?? '' }),
    why,
  }))

const dropped = (file: { id: string } | undefined, place: Place): Next =>
  file ? perform({ effect: 'forgetDraftFile', input: { file: file.id } }, (): Next => reshow(place)) : reshow(place)
