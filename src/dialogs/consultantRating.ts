import type { PlaceRules } from '../engine/dialog.ts'
import {
  type Choice,
  choice,
  finish,
  goTo,
  type Json,
  perform,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { At, Place } from './consultantPlaces.ts'
import { goOn, relayed } from './consultantRelay.ts'
import { sentBy } from './consultantSent.ts'
import { dontRate, markIn, marks } from './marks.ts'
import { transcriptFile } from './transcriptFile.ts'

/** A talk is over: how it was, and what can be done further. Words that are no mark open it again. Nobody need answer: what is told later stands alone. */
export const ratingPlace: PlaceRules<At<'rating'>, Place> = {
  takesNumbers: true,
  asksNothing: true,
  ask: ({ parked }) =>
    screen(
      text('consultant.rating'),
      [
        ...marks.map((mark) => choice(text(`consultant.mark.${mark}`), mark)),
        ...(parked === undefined ? further : [transcript, ...goOnWith(parked)]),
        choice(dontRate, 'none'),
      ],
      { nav: 'menu' },
    ),
  answer: async (here): Promise<Step<Place>> => {
    const { said, came, place } = here
    const mark = markIn(said)
    const { handOff } = place
    if (mark !== undefined) return marked(handOff, mark)
    if (said.kind === 'choice') return chosen(said.value, handOff)
    const sent = sentBy(came)
    return sent ? relayed(sent, place) : unclear
  },
}

/** His mark; a word about it is asked for. A talk that goes on is gone back to. */
export const marked = (handOff: string, rating: number): Step<Place> =>
  perform(
    { effect: 'rateTalk', input: { handOff, said: { rating } } },
    ({ kind }): Step<Place> => (kind === 'rated' ? stay({ at: 'comment', handOff }) : stay({ at: 'waiting' })),
  )

/** He would rather not: he is not asked of this talk again. */
export const declined = (handOff: string): Step<Place> =>
  perform(
    { effect: 'rateTalk', input: { handOff, said: 'declined' } },
    (): Step<Place> => finish(text('consultant.notRated')),
  )

/** A word about it, if he likes. */
export const commentPlace: PlaceRules<At<'comment'>, Place> = {
  labelsFirst: true,
  asksNothing: true,
  ask: ({ parked }) => screen(text('consultant.comment'), [...further, ...goOnWith(parked)], { nav: 'menu' }),
  answer: (here): Step<Place> => {
    const { said, came, place } = here
    const { handOff } = place
    if (said.kind === 'choice') return chosen(said.value, handOff)
    if (said.kind !== 'text') return unclear
    const sent = sentBy(came)
    const words = said.text.trim().slice(0, longestComment)
    if (words === '') return unclear
    return perform({ effect: 'rateTalk', input: { handOff, said: { words } } }, ({ kind }): Step<Place> => {
      // The talk has been opened again meanwhile: the words belong there.
      if (kind !== 'rated' && sent) return relayed(sent, place)
      return finish(text('consultant.thanks'))
    })
  },
}

const longestComment = 1000

const transcript = choice('consultant.transcript', 'transcript')
const further = [transcript, choice('consultant.more', 'more')]

function chosen(value: Json, handOff: string): Step<Place> {
  if (value === 'none') return declined(handOff)
  return value === 'transcript' ? goTo({ at: 'transcript', handOff }) : goOn
}

/** What was said, as a file. */
export const transcriptPlace: PlaceRules<At<'transcript'>, Place> = {
  labelsFirst: true,
  asksNothing: true,
  ask: async ({ resident, queries, language, place: { handOff } }) => {
    const talk = resident && (await queries.desk.talk(resident.id, handOff))
    return screen(
      text(talk ? 'consultant.transcriptHere' : 'consultant.noTranscript'),
      [choice('consultant.rate', 'rate'), choice('consultant.more', 'more')],
      { files: talk ? [transcriptFile(handOff, talk, { language })] : [] },
    )
  },
  answer: ({ said, came, place }): Step<Place> => {
    if (said.kind === 'choice') return said.value === 'rate' ? stay({ ...place, at: 'rating' }) : goOn
    const sent = sentBy(came)
    return sent ? relayed(sent, place) : unclear
  },
}

/** What was left half done for the talk. */
const goOnWith = (parked: string | undefined): Choice[] =>
  parked === undefined ? [] : [{ label: text('consultant.goOn'), means: { go: 'resume' } }]
