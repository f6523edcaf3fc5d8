import { z } from 'zod'
import { clockTime, isWithin } from '../domain/hours.ts'
import { localMinuteOfDay } from '../domain/localDate.ts'
import { defineDialog, goTo, opens, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const place = z.object({ at: z.literal('told') })

/** Where a consultant can be reached: in the chat on the centre's site, within the hours, which are told by the clock. */
export const consultant = defineDialog<z.infer<typeof place>>({
  id: 'consultant',
  version: 1,
  needs: 'nothing',
  place,
  begin: () => goTo({ at: 'told' }),
  places: {
    told: {
      ask: ({ now, rules: { consultantsHours, timeZone, cabinetUrl, phone } }) => {
        const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
        const open = isWithin(localMinuteOfDay(now, timeZone), consultantsHours)
        return screen(
          [
            text('consultant.where', hours),
            text(open ? 'consultant.now' : 'consultant.later', hours),
            ...(phone ? [text('consultant.phone', { phone })] : []),
            ...(cabinetUrl ? [text('elsewhere.cabinetAt', { url: cabinetUrl })] : []),
          ],
          [opens('menu.help', 'help')],
        )
      },
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
