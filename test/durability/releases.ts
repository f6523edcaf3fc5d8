import { z } from 'zod'
import { dialogs as ours } from '../../src/dialogs/index.ts'
import { type Dialog, defineDialog, type Here, type Said } from '../../src/engine/dialog.ts'
import { again, finish, goTo, type Step, screen, unclear } from '../../src/engine/saying.ts'
import { text } from '../../src/engine/text.ts'
import type { Dialogs } from '../../src/engine/turn.ts'

const words = (said: string) => text('common.words', { words: said })

type Answering<Place> = Here<unknown> & { said: Said; place: Place }

const oldPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('name') }),
  z.object({ at: z.literal('age'), name: z.string() }),
])
type OldPlace = z.infer<typeof oldPlace>

const oldCensus = defineDialog<OldPlace>({
  id: 'census',
  version: 1,
  needs: 'nothing',
  place: oldPlace,
  begin: () => goTo({ at: 'name' }),
  places: {
    name: {
      ask: () => screen(words('Как вас зовут?')),
      answer: ({ said }): Step<OldPlace> => (said.kind === 'text' ? goTo({ at: 'age', name: said.text }) : unclear),
    },
    age: {
      ask: ({ place: { name } }) => screen(words(`Сколько вам лет, ${name}?`)),
      answer: ({ said, place: { name } }) =>
        said.kind === 'text' ? finish(words(`По-старому: ${name}, ${said.text}`)) : unclear,
    },
  },
})

const newPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('person') }),
  z.object({ at: z.literal('years'), person: z.object({ name: z.string() }) }),
])
type NewPlace = z.infer<typeof newPlace>

/** The first question is asked differently: who has not answered it yet begins anew. */
const newCensus = defineDialog<NewPlace>({
  id: 'census',
  version: 2,
  needs: 'nothing',
  place: newPlace,
  begin: () => goTo({ at: 'person' }),
  upgrade: (saved) => {
    const old = oldPlace.safeParse(saved)
    return old.success && old.data.at === 'age' ? { at: 'years', person: { name: old.data.name } } : undefined
  },
  places: {
    person: {
      ask: () => screen(words('Представьтесь, пожалуйста.')),
      answer: ({ said }): Step<NewPlace> =>
        said.kind === 'text' ? goTo({ at: 'years', person: { name: said.text } }) : unclear,
    },
    years: {
      ask: ({ place: { person } }) => screen(words(`${person.name}, сколько вам полных лет?`)),
      answer: ({ said, place: { person } }: Answering<{ person: { name: string } }>) => {
        if (said.kind !== 'text') return unclear
        return /^\d+$/.test(said.text)
          ? finish(words(`Записано: ${person.name}, ${said.text}`))
          : again(words('Нужно число.'))
      },
    },
  },
})

const pollPlace = z.object({ at: z.literal('asked') })

const poll = defineDialog<z.infer<typeof pollPlace>>({
  id: 'poll',
  version: 1,
  needs: 'nothing',
  place: pollPlace,
  begin: () => goTo({ at: 'asked' }),
  places: {
    asked: {
      ask: () => screen(words('Всё ли понятно?')),
      answer: ({ said }) => {
        if (said.kind !== 'text') return unclear
        return said.text === 'да' ? finish(words('Спасибо за ответ!')) : again(words('Да или нет?'))
      },
    },
  },
})

const release = (...more: Dialog[]): Dialogs => new Map([...ours, ...more.map((one) => [one.id, one] as const)])

/** Two releases that follow each other: the later one has a dialog changed and another added. */
export const oldRelease = release(oldCensus as unknown as Dialog)
export const newRelease = release(newCensus as unknown as Dialog, poll as unknown as Dialog)
