import type { Fact, UsualAnswer } from '../domain/papers/matters.ts'
import { plainText } from '../domain/plainText.ts'
import type { PlaceRules } from '../engine/dialog.ts'
import { again, type Choice, choice, finish, goTo, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { draftHere, keepDetails } from './papersDraft.ts'
import type { At, Next, Place } from './papersPlaces.ts'
import { saidStop } from './papersStop.ts'

/** What is most often answered, as buttons; anything else is typed. */
const usual: Partial<Record<Fact, readonly UsualAnswer[]>> = {
  meter: ['HVS', 'GVS', 'EL', 'HEAT', 'GAS'],
  where: ['kitchen', 'bathroom', 'toilet', 'corridor'],
}

const longest = 300

/** One question about what the papers are for, answered in words or passed over. */
export const factPlace: PlaceRules<At<'fact'>, Place> = {
  labelsFirst: true,
  takesNumbers: true,
  takesCancel: true,
  idle: { minutes: 120, text: text('papers.notSent') },
  ask: async (here) => {
    const { fact } = here.place
    return screen(text(`papers.ask.${fact}`), [...usualOf(fact), choice('papers.skip', 'skip')])
  },
  answer: async (here): Promise<Next> => {
    const { said, place } = here
    const { fact } = place
    if (said.kind === 'due') return unclear
    if (saidStop(said)) return finish(text('papers.stopped'))
    if (!(await draftHere(here, 'papers'))?.matter) return goTo({ at: 'matter' }, text('papers.gone'))
    if (said.kind === 'choice') return keepDetails('papers', { [fact]: said.value === 'skip' ? null : said.value })
    if (said.kind !== 'text') return unclear
    const words = said.text.trim()
    if (words.length > longest) return again(text('papers.tooLong', { count: longest }))
    return plainText(words) === '' ? unclear : keepDetails('papers', { [fact]: words })
  },
  example: text('papers.exampleFact'),
}

const usualOf = (fact: Fact): Choice[] =>
  (usual[fact] ?? []).map((value) => choice(text(`papers.usual.${value}`), value))
