import { z } from 'zod'
import { choice, defineDialog, finish, goTo, perform, screen, speak, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { firmYesOrNo } from './yesOrNo.ts'

/** Raised whenever the text of the consent changes. */
const consentVersion = 1

const place = z.discriminatedUnion('at', [z.object({ at: z.literal('asked') }), z.object({ at: z.literal('refused') })])

/**
 * Consent to the processing of personal data: a message of its own with a button of its own, never bundled with anything else
 * (156-ФЗ, since 1 September 2025). Nothing about a person is stored before it.
 */
export const consent = defineDialog<z.infer<typeof place>>({
  id: 'consent',
  version: 1,
  needs: 'nothing',
  place,
  /** `quiet`: consent has just been taken back, and is not asked for again in the same breath. */
  begin: ({ resident, opening }) => {
    if (resident?.consented) return finish()
    return goTo({ at: opening === 'quiet' ? 'refused' : 'asked' })
  },
  places: {
    asked: {
      ask: () =>
        screen(
          [text('consent.greeting'), text('consent.text')],
          [choice('consent.agree', 'yes'), choice('consent.refuse', 'no'), choice('consent.otherLanguage', 'language')],
          { nav: 'none', keep: true },
        ),
      answer: ({ said, language }) => {
        if (said.kind === 'choice' && said.value === 'language')
          return speak(language === 'ru' ? 'en' : 'ru', { at: 'asked' })
        const agreed = firmYesOrNo(said)
        if (agreed === undefined) return unclear
        if (!agreed) return goTo({ at: 'refused' })
        const given = { version: consentVersion, shown: { language, text: text('consent.text') } }
        return perform({ effect: 'giveConsent', input: given }, () => finish(text('consent.thanks')))
      },
      example: text('consent.example'),
    },
    refused: {
      ask: () => screen(text('consent.refused'), [choice('consent.think', 'again')], { nav: 'none' }),
      answer: ({ said }) => (said.kind === 'choice' || firmYesOrNo(said) ? goTo({ at: 'asked' }) : unclear),
    },
  },
})
