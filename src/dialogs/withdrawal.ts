import { z } from 'zod'
import { defineDialog } from '../engine/dialog.ts'
import { choice, finish, goTo, open, perform, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { firmYesOrNo } from './yesOrNo.ts'

const place = z.object({ at: z.literal('sure') })

/** Withdrawal of consent, in two steps. */
export const withdrawal = defineDialog<z.infer<typeof place>>({
  id: 'withdrawal',
  version: 1,
  needs: 'nothing',
  place,
  begin: ({ resident }) => (resident?.consented ? goTo({ at: 'sure' }) : finish(text('withdrawal.nothing'))),
  places: {
    sure: {
      ask: () => screen(text('withdrawal.sure'), [choice('withdrawal.yes', 'yes'), choice('withdrawal.no', 'no')]),
      answer: ({ said }) => {
        const sure = firmYesOrNo(said)
        if (sure === undefined) return unclear
        if (!sure) return finish(text('withdrawal.kept'))
        return perform({ effect: 'withdrawConsent', input: {} }, () =>
          open('consent', { opening: 'quiet', notice: text('withdrawal.done') }),
        )
      },
      whole: true,
    },
  },
})
