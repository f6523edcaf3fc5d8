import { z } from 'zod'
import { defineDialog, finish, goTo, opens, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

const subjects = ['gas', 'fire', 'leak', 'stuck', 'noWater', 'noHeat', 'noLight', 'lift', 'house'] as const

const place = z.object({ at: z.literal('told'), subject: z.enum(subjects) })

/** Whom the managing company's dispatchers cannot help faster than the emergency services do. */
const notForDispatchers = new Set<string>(['gas', 'fire'])

/** Whom to call: leaks, gas, lifts and the like are no matter of a billing centre. Numbers are the centre's settings, never guessed. */
export const emergency = defineDialog<z.infer<typeof place>>({
  id: 'emergency',
  version: 1,
  needs: 'nothing',
  place,
  begin: ({ opening }) => {
    const subject = subjects.find((one) => one === opening)
    return subject ? goTo({ at: 'told', subject }) : finish()
  },
  places: {
    told: {
      ask: ({ place: { subject }, rules: { emergency: call } }) => {
        const dispatch = call.dispatchPhone
          ? text('emergency.dispatchAt', { dispatch: call.dispatchPhone })
          : text('emergency.dispatchWhere')
        return screen(
          [
            text(`emergency.${subject}`, { phone: call.phone, gas: call.gasPhone }),
            ...(notForDispatchers.has(subject) ? [] : [dispatch]),
          ],
          [opens('menu.consultant', 'consultant')],
        )
      },
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
