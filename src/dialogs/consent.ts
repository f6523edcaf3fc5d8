import { z } from 'zod'
import { choice, defineDialog, finish, goTo, open, perform, screen, speak, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { firmYesOrNo } from './yesOrNo.ts'

/**
 * Raised whenever the text of the consent changes. 1 spoke of accounts and readings and holds for these as long as it is not withdrawn;
 * 2 speaks of charges, payments, receipts and the payer's name too, 3 of the documents that a resident hands in.
 */
export const consentVersion = 3

const place = z.discriminatedUnion('at', [
  /** `shown`: the version of the text that was read. `again`: an older consent holds, and does not speak of what is wanted now. */
  z.object({ at: z.literal('asked'), shown: z.int(), again: z.literal(true).optional() }),
  z.object({ at: z.literal('refused') }),
])
type Place = z.infer<typeof place>

const asked: Place = { at: 'asked', shown: consentVersion }

/**
 * Consent to the processing of personal data: a message of its own with a button of its own, never bundled with anything else
 * (156-ФЗ, since 1 September 2025). Nothing about a person is stored before it. Whoever gave an older one is asked for the new one when he
 * first opens what the old one does not speak of (`Dialog.consent`), and keeps the old one when he refuses.
 */
export const consent = defineDialog<Place>({
  id: 'consent',
  version: 2,
  needs: 'nothing',
  place,
  upgrade: (saved) => place.safeParse({ shown: 1, ...Object(saved) }).data,
  /** `quiet`: consent has just been taken back, and is not asked for again in the same breath. */
  begin: ({ resident, opening }) => {
    if ((resident?.consentVersion ?? 0) >= consentVersion) return finish()
    if (resident?.consented) return goTo({ ...asked, again: true })
    return goTo(opening === 'quiet' ? { at: 'refused' } : asked)
  },
  places: {
    asked: {
      ask: ({ place: { again } }) =>
        screen(
          [text(again ? 'consent.again' : 'consent.greeting'), text('consent.text')],
          [choice('consent.agree', 'yes'), choice('consent.refuse', 'no'), choice('consent.otherLanguage', 'language')],
          { nav: again ? 'menu' : 'none', keep: true },
        ),
      answer: ({ said, language, place }) => {
        if (said.kind === 'choice' && said.value === 'language')
          return speak(language === 'ru' ? 'en' : 'ru', { ...place, shown: consentVersion })
        const agreed = firmYesOrNo(said)
        if (agreed === undefined) return unclear
        if (!agreed) return place.again ? open('menu', { notice: text('consent.asBefore') }) : goTo({ at: 'refused' })
        // Nobody agrees to a text that he has not read.
        if (place.shown !== consentVersion) return goTo({ ...place, shown: consentVersion }, text('consent.changed'))
        const given = { version: consentVersion, shown: { language, text: text('consent.text') } }
        return perform({ effect: 'giveConsent', input: given }, () => finish(text('consent.thanks')))
      },
      example: text('consent.example'),
    },
    refused: {
      ask: () => screen(text('consent.refused'), [choice('consent.think', 'again')], { nav: 'none' }),
      answer: ({ said }) => (said.kind === 'choice' || firmYesOrNo(said) ? goTo(asked) : unclear),
    },
  },
})
