import { topicOfWords } from '../domain/requests/questionWords.ts'
import {
  choice,
  goTo,
  type Here,
  open,
  type PlaceRules,
  perform,
  type Said,
  type Step,
  screen,
  unclear,
} from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { linkedHere } from './accountNames.ts'
import { type NotOurs, notOurs, whomToCall } from './emergency.ts'
import { keepIn } from './requestsKeeping.ts'
import type { At, Place } from './requestsPlaces.ts'

/** What is often written to us and is not our matter, the likeliest first. */
const offered = ['leak', 'noWater', 'noHeat', 'noLight', 'lift', 'gas', 'house'] as const satisfies readonly NotOurs[]

/** Leaks, lifts, no water (domain rules, §8): whom to call. What was written about it can be sent all the same: it may be about the charges for it. */
export const notOursPlace: PlaceRules<At<'notOurs'>, Place> = {
  labelsFirst: true,
  ask: ({ place: { matter, words }, rules }) => {
    if (!matter)
      return screen(
        text('requests.notOurs.which'),
        offered.map((one) => choice(text(`requests.notOurs.${one}`), one)),
      )
    return screen(whomToCall(matter, rules), [
      choice(words ? 'requests.notOurs.sendThis' : 'requests.notOurs.writeStill', 'write'),
    ])
  },
  answer: async (here): Promise<Step<Place>> => {
    const { said, place } = here
    if (said.kind !== 'choice') return unclear
    const matter = place.matter ? undefined : notOurs.find((one) => one === said.value)
    if (matter) return toldWhomToCall(matter, { ...place, at: 'notOurs' })
    if (said.value !== 'write') return unclear
    const { topic, words } = place
    if (!words) return topic ? goTo({ at: 'write', topic }) : open('requests', { opening: 'new' })
    const [only, another] = await linkedHere(here)
    const accountId = place.account !== undefined ? place.account : another ? null : (only?.id ?? null)
    return keepIn(here, { subject: topic ?? topicOfWords(words.text), accountId, written: words }, false)
  },
}

/** Says it, and notes that it was said. */
export const toldWhomToCall = (matter: NotOurs, place: Omit<At<'notOurs'>['place'], 'matter'>): Step<Place> =>
  perform({ effect: 'noteNotOurs', input: { matter } }, (): Step<Place> => goTo({ ...place, matter }))

/** What is not ours among what was said, when it is plainly about nothing else. */
export function matterIn({ said, meant }: Here<unknown> & { said: Said }): NotOurs | undefined {
  const [dialog, matter] = (said.kind === 'text' ? meant(said.text) : undefined)?.split(':') ?? []
  return dialog === 'emergency' ? notOurs.find((one) => one === matter) : undefined
}
