import { z } from 'zod'
import { choice, defineDialog, finish, goTo, open, perform, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { firmYesOrNo } from './yesOrNo.ts'

const place = z.object({ at: z.literal('sure') })

/** Deletion of a resident's data, in two steps; says what stays and why. */
export const deletion = defineDialog<z.infer<typeof place>>({
  id: 'deletion',
  version: 1,
  needs: 'nothing',
  place,
  begin: ({ resident }) => (resident ? goTo({ at: 'sure' }) : finish(text('deletion.nothing'))),
  places: {
    sure: {
      ask: () => screen(text('deletion.sure'), [choice('deletion.yes', 'yes'), choice('deletion.no', 'no')]),
      answer: ({ said }) => {
        const sure = firmYesOrNo(said)
        if (sure === undefined) return unclear
        if (!sure) return finish(text('deletion.kept'))
        return perform({ effect: 'deleteMyData', input: {} }, ({ readingsKept, requestsKept }) => {
          const done = text(readingsKept > 0 ? 'deletion.doneReadingsStay' : 'deletion.done')
          const lines = [done, ...(requestsKept > 0 ? [text('deletion.requestsStay')] : [])]
          return open('consent', { opening: 'quiet', notice: text('common.lines', { lines }) })
        })
      },
      whole: true,
    },
  },
})
