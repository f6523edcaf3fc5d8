import { choice, finish, type PlaceRules, perform, type Step, screen, stay, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { draftHere } from './requestsHere.ts'
import type { At, Place } from './requestsPlaces.ts'
import { amountOf } from './requestsTexts.ts'
import { firmYesOrNo } from './yesOrNo.ts'

/** Which of the files is to be taken out again. */
export const filesPlace: PlaceRules<At<'files'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const files = (await draftHere(here))?.lines.flatMap((line) => line.files) ?? []
    return screen(text(files.length > 0 ? 'requests.askFile' : 'requests.noFiles'), [
      ...files.map(({ id, name, kind }, nth) =>
        choice(text(`requests.file.${kind === 'photo' ? 'photo' : 'document'}`, { number: nth + 1, name }), id),
      ),
      choice('requests.backToDraft', 'back'),
    ])
  },
  answer: ({ said, place }): Step<Place> => {
    if (said.kind !== 'choice') return unclear
    const gathered: Place = { at: 'gathered', draft: place.draft }
    if (said.value === 'back') return stay(gathered)
    return perform(
      { effect: 'forgetDraftFile', input: { file: String(said.value) } },
      (): Step<Place> => stay(gathered, text('requests.takenOut')),
    )
  },
  example: text('requests.exampleFile'),
}

/** What was written is gone for good: nothing of it by one press. */
export const dropPlace: PlaceRules<At<'drop'>, Place> = {
  whole: true,
  ask: async (here) => {
    const draft = await draftHere(here)
    return screen(text('requests.sureToDrop', { amount: amountOf(draft?.lines ?? []) }), [
      choice('requests.dropYes', 'yes'),
      choice('requests.dropNo', 'no'),
    ])
  },
  answer: ({ said, place }): Step<Place> => {
    const sure = firmYesOrNo(said)
    if (sure === undefined) return unclear
    if (!sure) return stay({ at: 'gathered', draft: place.draft })
    return perform(
      { effect: 'dropDraft', input: { of: 'question' } },
      (): Step<Place> => finish(text('requests.dropped')),
    )
  },
  example: text('requests.exampleDrop'),
}
