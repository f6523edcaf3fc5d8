import { calledName } from '../domain/firstName.ts'
import type { EffectOutcome } from '../effects/registry.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import {
  finish,
  letBe,
  open,
  opens,
  pass,
  passAsking,
  perform,
  reshow,
  type Step,
  stay,
  unclear,
} from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whenText } from './consultantHours.ts'
import { type Place, place } from './consultantPlaces.ts'
import { activeHere } from './consultantRelay.ts'

/** The same place, where the desk is heard before anything else. */
export const hearing = <Here>(rules: PlaceRules<Here, Place>): PlaceRules<Here, Place> => ({
  ...rules,
  answer: (here) => {
    const { said } = here
    if (said.kind !== 'due') return rules.answer(here)
    return said.what.kind === 'summons' ? hear(said.what.about.line) : unclear
  },
})

type Word = Extract<EffectOutcome<'hearDesk'>, { kind: 'word' }>

/** The desk has something for this conversation, wherever it stands: only a person's coming or words bring it into the talk. */
export const hear = (line: string): Step<Place> =>
  perform({ effect: 'hearDesk', input: { line } }, (heard, here): Step<Place> | Promise<Step<Place>> => {
    const stands = place.safeParse(here.place).data
    if (heard.kind === 'nothing') return letBe()
    if (heard.kind === 'word') return told(heard, here, stands)
    const talking: Place = { at: 'talking' }
    return stands?.at === 'talking' ? pass(talking, heard.shown) : passAsking(talking, heard.shown)
  })

async function told({ word, handOff }: Word, here: Here<unknown>, stands: Place | undefined): Promise<Step<Place>> {
  const isThere = stands?.at === 'waiting' || stands?.at === 'talking'
  const inQueue = (said: Text): Step<Place> =>
    isThere ? stay({ at: 'waiting' }, said) : letBe({ text: said, choices: [] })
  switch (word.kind) {
    case 'taken':
    case 'passed': {
      const said = text(`consultant.${word.kind}`, { name: calledName(word.name) })
      const isTaken = word.kind === 'taken' && (await activeHere(here))?.state === 'taken'
      // His own words have been faster, and led him into the talk already.
      if (isTaken && stands?.at === 'talking') return pass(stands)
      return stay({ at: 'talking' }, isTaken ? undefined : said)
    }
    case 'queued':
      return inQueue(text('consultant.queued'))
    case 'place':
      return stands?.at === 'waiting' ? reshow(stands) : letBe()
    case 'morning':
      return inQueue(text('consultant.notToday'))
    case 'held': {
      const when = whenText(new Date(word.until), here)
      return isThere ? stay({ at: 'waiting' }) : letBe({ text: text('consultant.held', { when }), choices: [] })
    }
    case 'closed': {
      if (word.elsewhere || word.by === 'resident') return isThere ? finish(text('consultant.over')) : letBe()
      const said = text(`consultant.closed.${word.by}`)
      if (isThere) return stay({ at: 'rating', handOff }, said)
      return letBe({ text: said, choices: [opens('consultant.rate', 'consultant', { rate: handOff })] })
    }
    case 'led': {
      const { accountId } = (await activeHere(here)) ?? {}
      const notice = text('consultant.led')
      return open(word.dialog, {
        ...{ notice, comesBack: true },
        ...(word.opening !== undefined && { opening: word.opening }),
        ...(accountId !== undefined && { accountId }),
      })
    }
  }
}
