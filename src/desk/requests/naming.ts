import { documentKinds } from '../../domain/documents/kinds.ts'
import { type LocalDate, localDateOf } from '../../domain/localDate.ts'
import { matterOf } from '../../domain/papers/matters.ts'
import { questionTopics } from '../../domain/requests/questionTopics.ts'
import { isOver, type RequestState } from '../../domain/requests/states.ts'
import { type Text, text } from '../../engine/text.ts'
import type { DeskRequest } from './request.ts'

/** «Обращение № 1042 · Начисления»; what a request without a subject is about is not told. */
export function nameText({ kind, number, subject }: Pick<DeskRequest, 'kind' | 'number' | 'subject'>): Text {
  const values = { number, kind: kindText(kind) }
  const about = subject === null ? undefined : subjectText(kind, subject)
  return about ? text('desk.request.nameAbout', { ...values, subject: about }) : text('desk.request.name', values)
}

export const kindText = (kind: DeskRequest['kind']): Text => text(`desk.request.kind.${kind}`)

export function subjectText(kind: DeskRequest['kind'], subject: string): Text | undefined {
  const topic = kind === 'question' && questionTopics.find((one) => one === subject)
  if (topic) return text(`desk.request.topic.${topic}`)
  const matter = kind === 'papers' && matterOf(subject)
  if (matter) return text(`papers.matter.${matter}`)
  const document = kind === 'order' && documentKinds.find((one) => one === subject)
  return document ? text(`desk.request.document.${document}`) : undefined
}

/** What a request has come to, as staff calls it. */
export const isText = (state: RequestState): Text => text(`desk.request.is.${state}`)

/** Until when it is to be answered, or since when it is overdue; nothing when that is over. */
export function dueText({ state, dueOn }: Pick<DeskRequest, 'state' | 'dueOn'>, today: LocalDate): Text | undefined {
  if (dueOn === null || isOver(state)) return undefined
  if (dueOn < today) return text('desk.request.overdue', { due: dueOn })
  return dueOn === today ? text('desk.request.dueToday') : text('desk.request.due', { due: dueOn })
}

export const todayIn = (now: Date, { timeZone }: { timeZone: string }): LocalDate => localDateOf(now, timeZone)
