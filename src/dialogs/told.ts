import { z } from 'zod'
import type { EffectCall } from '../effects/registry.ts'
import {
  type Choice,
  type Dialog,
  defineDialog,
  finish,
  goTo,
  type Here,
  open,
  perform,
  screen,
  unclear,
} from '../engine/dialog.ts'
import type { Text } from '../engine/text.ts'

interface Told<Subject extends string> {
  at: 'told'
  subject: Subject
}

interface Telling<Subject> {
  id: string
  subjects: readonly Subject[]
  /** A dialog that tells this person more of a subject than its screen does. */
  instead?(subject: Subject, here: Here<unknown>): string | undefined
  /** What is noted of a subject when it is opened. */
  notes?(subject: Subject): EffectCall
  /** What a subject's screen says, and the doors that lead on. */
  tell(subject: Subject, rules: Here<unknown>['rules']): { text: Text[]; doors: Choice[] }
}

/**
 * A dialog of short screens, one a subject, that is opened at its subject and asks nothing: what is typed is understood as at the menu.
 * An opening that is no subject of its own ends it at once.
 */
export const tells = <Subject extends string>({
  id,
  subjects,
  instead,
  notes,
  tell,
}: Telling<Subject>): Dialog<Told<Subject>> =>
  defineDialog<Told<Subject>>({
    id,
    version: 1,
    needs: 'nothing',
    place: z.object({ at: z.literal('told'), subject: z.enum(subjects) }),
    begin: (here) => {
      const subject = subjects.find((one) => one === here.opening)
      const better = subject && instead?.(subject, here)
      if (better) return open(better)
      if (!subject) return finish()
      const told = goTo<Told<Subject>>({ at: 'told', subject })
      const noted = notes?.(subject)
      return noted ? perform(noted, () => told) : told
    },
    places: {
      told: {
        ask: ({ place: { subject }, rules }) => {
          const { text, doors } = tell(subject, rules)
          return screen(text, doors)
        },
        answer: () => unclear,
        asksNothing: true,
      },
    },
  })
