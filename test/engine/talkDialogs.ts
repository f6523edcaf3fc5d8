import { z } from 'zod'
import { resume } from '../../src/dialogs/resume.ts'
import { type Dialog, defineDialog } from '../../src/engine/dialog.ts'
import {
  again,
  choice,
  finish,
  goTo,
  type Json,
  opens,
  pass,
  reshow,
  type Step,
  screen,
  unclear,
} from '../../src/engine/saying.ts'
import { text } from '../../src/engine/text.ts'
import type { Dialogs } from '../../src/engine/turn.ts'

export const words = (said: string) => text('common.words', { words: said })
const shown = (said: string) => ({ text: { text: said, spans: [] }, files: [] })

/** What the dialogs below were told, in order. */
export const heard: unknown[] = []

const menuPlace = z.object({ at: z.literal('menu') })

const menu = defineDialog<z.infer<typeof menuPlace>>({
  id: 'menu',
  version: 1,
  needs: 'nothing',
  place: menuPlace,
  begin: () => goTo({ at: 'menu' }),
  places: {
    menu: {
      ask: () => screen(words('Меню'), [opens('menu.readings', 'form'), opens('menu.help', 'terse')], { nav: 'none' }),
      answer: () => unclear,
    },
  },
})

const formPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('first') }),
  z.object({ at: z.literal('second'), said: z.string() }),
])
type FormPlace = z.infer<typeof formPlace>

/** Two questions: whoever stands at the second has something to lose. */
const form = defineDialog<FormPlace>({
  id: 'form',
  version: 1,
  needs: 'nothing',
  place: formPlace,
  begin: () => goTo({ at: 'first' }),
  places: {
    first: {
      ask: () => screen(words('Первый вопрос')),
      answer: ({ said }): Step<FormPlace> => (said.kind === 'text' ? goTo({ at: 'second', said: said.text }) : unclear),
    },
    second: {
      ask: () => screen(words('Второй вопрос'), [choice(words('Готово'), 'done')]),
      answer: ({ said }): Step<FormPlace> => {
        if (said.kind === 'choice') return finish(words('Форма готова'))
        return said.kind === 'text' && said.text === '13' ? again(words('Не то число')) : unclear
      },
    },
  },
})

const tersePlace = z.object({ at: z.literal('asked') })

/** Understands nothing at all. */
const terse = defineDialog<z.infer<typeof tersePlace>>({
  id: 'terse',
  version: 1,
  needs: 'nothing',
  place: tersePlace,
  begin: () => goTo({ at: 'asked' }),
  places: { asked: { ask: () => screen(words('Да или нет?')), answer: () => unclear } },
})

const bulletin = defineDialog<z.infer<typeof tersePlace>>({
  ...terse,
  id: 'bulletin',
  news: ({ about }) => (about === 'old' ? undefined : screen(words(`Новость ${about}`), [opens('menu.help', 'terse')])),
})

const talkPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('waiting'), place: z.number() }),
  z.object({ at: z.literal('talking') }),
  z.object({ at: z.literal('rating') }),
])
type TalkPlace = z.infer<typeof talkPlace>

/** What a line of the desk means here: `word`, or `word:more`. */
function told(line: string): Step<TalkPlace> {
  const [word, more = ''] = line.split(':')
  if (word === 'says') return pass({ at: 'talking' }, ...more.split('|').map(shown))
  if (word === 'edits') return pass({ at: 'talking' }, { ...shown('исправлено'), corrects: Number(more) })
  if (word === 'answers') return pass({ at: 'talking' }, { ...shown('ответ'), repliesTo: more })
  if (word === 'taken') return goTo({ at: 'talking' })
  if (word === 'place') return reshow({ at: 'waiting', place: Number(more) })
  if (word === 'closed') return goTo({ at: 'rating' })
  if (word === 'fails') throw new Error('a fault of ours')
  return unclear
}

const lineOf = (opening: Json | undefined): string | undefined => {
  const read = z.object({ line: z.string() }).safeParse(opening)
  return read.success ? read.data.line : undefined
}

/** A talk with a person: what waits for him, the talk itself, and what comes after. */
const consultant = defineDialog<TalkPlace>({
  id: 'consultant',
  version: 1,
  needs: 'consent',
  place: talkPlace,
  begin: ({ opening, steps }) => {
    heard.push({ opening, steps: steps() })
    const line = lineOf(opening)
    if (line !== undefined) return told(line)
    if (opening !== undefined) return pass({ at: 'talking' })
    return goTo({ at: 'waiting', place: 3 })
  },
  places: {
    waiting: {
      ask: ({ place: { place } }) => screen(words(`Вы ${place}-й`), [choice(words('Не жду'), 'leave')]),
      answer: ({ said }): Step<TalkPlace> => {
        if (said.kind === 'choice') return finish(words('Ответим позже'))
        return said.kind === 'due' && said.what.kind === 'summons' ? told(said.what.about.line) : unclear
      },
    },
    talking: {
      takesAll: true,
      ask: () => screen(words('Вы говорите с консультантом'), [choice(words('Закончить'), 'end')], { nav: 'none' }),
      answer: ({ said }): Step<TalkPlace> => {
        heard.push(said)
        if (said.kind === 'choice') return goTo({ at: 'rating' })
        if (said.kind === 'due') return said.what.kind === 'summons' ? told(said.what.about.line) : unclear
        if (said.kind === 'passed' && said.input.kind === 'text' && said.input.text === 'сломайся')
          throw new Error('a fault of ours')
        return pass({ at: 'talking' })
      },
    },
    rating: {
      ask: () => screen(words('Оцените разговор'), [choice(words('5'), 5)]),
      answer: ({ said }): Step<TalkPlace> => (said.kind === 'choice' ? finish(words('Спасибо за оценку')) : unclear),
    },
  },
})

const all = [menu, form, terse, bulletin, consultant, resume]

export const talkDialogs: Dialogs = new Map(all.map((dialog) => [dialog.id, dialog as unknown as Dialog]))
