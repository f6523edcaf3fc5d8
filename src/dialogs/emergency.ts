import { opens } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { tells } from './told.ts'

const subjects = ['gas', 'fire', 'leak', 'stuck', 'noWater', 'noHeat', 'noLight', 'lift', 'house'] as const

/** Whom to call: leaks, gas, lifts and the like are no matter of a billing centre. Numbers are the centre's settings, never guessed. */
export const emergency = tells({
  id: 'emergency',
  subjects,
  tell: (subject, { emergency: call }) => {
    const dispatch = call.dispatchPhone
      ? text('emergency.dispatchAt', { dispatch: call.dispatchPhone })
      : text('emergency.dispatchWhere')
    return {
      text: [
        text(`emergency.${subject}`, { phone: call.phone, gas: call.gasPhone }),
        ...(notForDispatchers.has(subject) ? [] : [dispatch]),
      ],
      doors: [opens('menu.consultant', 'consultant')],
    }
  },
})

/** Whom the managing company's dispatchers cannot help faster than the emergency services do. */
const notForDispatchers = new Set<string>(['gas', 'fire'])
