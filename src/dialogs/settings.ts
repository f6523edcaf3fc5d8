import { z } from 'zod'
import { defineDialog } from '../engine/dialog.ts'
import { choice, goTo, opens, screen, speak, speakPlainly, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'

const place = z.object({ at: z.literal('settings') })

/** Language, plain mode (простой вид), and what a resident may do about his data. */
export const settings = defineDialog<z.infer<typeof place>>({
  id: 'settings',
  version: 1,
  needs: 'nothing',
  place,
  begin: () => goTo({ at: 'settings' }),
  places: {
    settings: {
      ask: ({ resident }) =>
        screen(
          text(resident?.consented ? 'settings.title' : 'settings.titleBeforeConsent'),
          [
            choice('settings.otherLanguage', 'language'),
            choice('settings.plain', 'plain'),
            ...(resident?.consented ? [opens('settings.reminders', 'reminders'), opens('settings.news', 'news')] : []),
            ...(resident?.consented ? [opens('settings.withdraw', 'withdrawal')] : []),
            ...(resident ? [opens('settings.delete', 'deletion')] : []),
          ],
          { nav: 'menu' },
        ),
      answer: ({ said, language, plain }) => {
        if (said.kind !== 'choice') return unclear
        if (said.value === 'plain') return speakPlainly(!plain, { at: 'settings' })
        return said.value === 'language' ? speak(language === 'ru' ? 'en' : 'ru', { at: 'settings' }) : unclear
      },
      asksNothing: true,
    },
  },
})
