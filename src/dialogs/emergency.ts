import { type Here, opens } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import { tells } from './told.ts'

/** What is no matter of a billing centre. */
export const notOurs = ['gas', 'fire', 'leak', 'stuck', 'noWater', 'noHeat', 'noLight', 'lift', 'house'] as const
export type NotOurs = (typeof notOurs)[number]

/** Whom to call: leaks, gas, lifts and the like are no matter of a billing centre. Numbers are the centre's settings, never guessed. */
export const emergency = tells({
  id: 'emergency',
  subjects: notOurs,
  notes: (matter) => ({ effect: 'noteNotOurs', input: { matter } }),
  tell: (subject, rules) => ({ text: whomToCall(subject, rules), doors: [opens('menu.consultant', 'consultant')] }),
})

export function whomToCall(subject: NotOurs, { emergency: call }: Here<unknown>['rules']): Text[] {
  const dispatch = call.dispatchPhone
    ? text('emergency.dispatchAt', { dispatch: call.dispatchPhone })
    : text('emergency.dispatchWhere')
  return [
    text(`emergency.${subject}`, { phone: call.phone, gas: call.gasPhone }),
    ...(notForDispatchers.has(subject) ? [] : [dispatch]),
  ]
}

/** Whom the managing company's dispatchers cannot help faster than the emergency services do. */
const notForDispatchers = new Set<string>(['gas', 'fire'])
