import { z } from 'zod'
import { nextMonth } from '../domain/reminders/again.ts'
import { dutyKinds, reminderKinds } from '../domain/reminders/kinds.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import {
  type Choice,
  choice,
  finish,
  goTo,
  perform,
  type Screen,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { remindersNews } from './remindersNews.ts'

const place = z.object({ at: z.literal('list') })
export type Place = z.infer<typeof place>

/** What is answered to a reminder itself: «завтра», «не в этом месяце», «уже передал». */
const answered = z.union([
  z.object({ later: z.enum(dutyKinds), about: z.string() }),
  z.object({ notThisMonth: z.enum(dutyKinds) }),
  z.object({ done: z.enum(dutyKinds) }),
])

/** What residents are told unasked (напоминания): each kind is switched by itself, and is answered from the message. */
export const reminders = defineDialog<Place>({
  id: 'reminders',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening, today }) => {
    const read = answered.safeParse(opening)
    return read.success ? heeded(read.data, nextMonth(today)) : goTo({ at: 'list' })
  },
  places: {
    list: {
      ask: list,
      answer: async (here): Promise<Step<Place>> => {
        const { said } = here
        const kind = said.kind === 'choice' && reminderKinds.find((one) => one === said.value)
        if (!kind) return unclear
        const isWanted = (await unwanted(here)).every((one) => one.kind !== kind)
        return perform({ effect: 'chooseReminders', input: { kind, want: isWanted ? 'off' : 'on' } }, () =>
          stay({ at: 'list' }),
        )
      },
      asksNothing: true,
    },
  },
  news: remindersNews,
})

function heeded(said: z.infer<typeof answered>, from: ReturnType<typeof nextMonth>): Step<Place> {
  if ('later' in said)
    return perform(
      { effect: 'putOffReminder', input: { kind: said.later, about: said.about } },
      ({ day }): Step<Place> =>
        finish(day === undefined ? text('reminders.tooLate') : text('reminders.tomorrow', { day })),
    )
  const [kind, words] =
    'done' in said
      ? [said.done, text(`reminders.done.${said.done}`)]
      : [said.notThisMonth, text('reminders.notThisMonth', { day: from })]
  return perform({ effect: 'chooseReminders', input: { kind, want: { from } } }, (): Step<Place> => finish(words))
}

const unwanted = async ({ resident, queries, today }: Here<unknown>) =>
  resident ? queries.reminders.unwanted(resident.id, today) : []

async function list(here: Here<Place>): Promise<Screen> {
  const off = await unwanted(here)
  const kinds = reminderKinds.map((kind) => ({
    kind,
    name: text(`reminders.kind.${kind}`),
    isOff: off.find((one) => one.kind === kind),
  }))
  const lines = kinds.flatMap(({ name, isOff }): Text[] => {
    if (!isOff) return []
    const { until } = isOff
    return [
      until === undefined ? text('reminders.item', { item: name }) : text('reminders.itemUntil', { item: name, until }),
    ]
  })
  const choices = kinds.map(
    ({ kind, name, isOff }): Choice =>
      choice(text(isOff ? 'reminders.switchOn' : 'reminders.switchOff', { name }), kind),
  )
  const isToBeLookedFor = off.some(({ kind }) => kind === 'request' || kind === 'document')
  return screen(
    [
      text('reminders.title'),
      lines.length === 0 ? text('reminders.all') : text('common.lines', { lines: [text('reminders.none'), ...lines] }),
      ...(lines.length > 0 && lines.length < kinds.length ? [text('reminders.rest')] : []),
      ...(isToBeLookedFor ? [text('reminders.lookFor')] : []),
    ],
    choices,
    { nav: 'menu' },
  )
}
