import { calledSo } from '../domain/accountName.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import {
  again,
  choice,
  finish,
  goTo,
  pass,
  perform,
  type Screen,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { labelOf, linkedHere } from './accountNames.ts'
import { awayNow } from './consultantHours.ts'
import type { At, Place } from './consultantPlaces.ts'
import { activeHere, relayed } from './consultantRelay.ts'
import { sentBy } from './consultantSent.ts'
import { ask } from './consultantSubject.ts'

// Nobody is there: the two facts that consultants always ask are taken down, so that the answer can be the first word in the morning.

/** What the question is, in as many messages as he likes. It is kept from the first one on. */
export const questionPlace: PlaceRules<At<'question'>, Place> = {
  labelsFirst: true,
  takesEdits: true,
  ask: async (here) => {
    const active = here.place.asked && (await activeHere(here))
    if (!active) return screen(text('consultant.question'))
    const away = await awayNow(here)
    const { number } = active
    const said = away
      ? text('consultant.questionKept', { number, when: away.when })
      : text('consultant.questionKeptNow', { number })
    return screen(said, [choice('consultant.done', 'done')], { nav: 'menu' })
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, came, place } = here
    if (said.kind === 'choice') return done(here)
    const sent = sentBy(came)
    if (!sent) return again(text('consultant.cannotPass'))
    if (!place.asked) return sent.edits ? unclear : ask(here, place.subject, sent)
    return relayed(sent, place)
  },
  example: text('consultant.questionExample'),
}

/** Everything is said: which account it is about, unless that is known. */
async function done(here: Here<unknown>): Promise<Step<Place>> {
  const active = await activeHere(here)
  if (!active || active.accountId !== undefined) return stay({ at: 'waiting' })
  return stay((await linkedHere(here)).length > 0 ? { at: 'account' } : { at: 'address' })
}

export const accountPlace: PlaceRules<At<'account'>, Place> = {
  labelsFirst: true,
  ask: async (here): Promise<Screen> => {
    const linked = await linkedHere(here)
    const choices = linked.map((one) => choice(labelOf(one), one.id))
    return screen(text('consultant.whichAccount'), [...choices, choice('consultant.noAccount', 'none')], {
      nav: 'menu',
    })
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said } = here
    if (said.kind === 'choice' && said.value === 'none') return goTo({ at: 'address' })
    const linked = await linkedHere(here)
    const chosen =
      said.kind === 'text'
        ? calledSo(said.text, linked)
        : linked.find(({ id }) => said.kind === 'choice' && said.value === id)
    return chosen ? named(chosen.id) : unclear
  },
  example: text('whichAccount.example'),
}

export const named = (accountId: number): Step<Place> =>
  perform({ effect: 'nameAccount', input: { accountId } }, (): Step<Place> => stay({ at: 'waiting' }))

/** The address in his own words, of whoever has linked no account, or means another one. */
export const addressPlace: PlaceRules<At<'address'>, Place> = {
  labelsFirst: true,
  ask: () => screen(text('consultant.address'), [choice('consultant.skip', 'skip')], { nav: 'menu' }),
  answer: ({ said, came }): Step<Place> => {
    if (said.kind === 'choice') return stay({ at: 'waiting' })
    const sent = sentBy(came)
    if (!sent) return again(text('consultant.cannotPass'))
    return perform({ effect: 'relay', input: { sent } }, (heard): Step<Place> => {
      if (heard.kind !== 'heard') return finish(text('consultant.over'))
      return heard.isMore ? pass({ at: 'address' }) : stay({ at: heard.state === 'taken' ? 'talking' : 'waiting' })
    })
  },
  example: text('consultant.addressExample'),
}
