import { localDateOf } from '../domain/localDate.ts'
import type { NotTaken } from '../domain/requests/fileLimits.ts'
import type { RequestFile, RequestWords } from '../domain/requests/lines.ts'
import { type QuestionTopic, questionTopics } from '../domain/requests/questionTopics.ts'
import { mayReopen } from '../domain/requests/reopening.ts'
import { isOver } from '../domain/requests/states.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { ResidentsRequest } from '../queries/requests.ts'
import { linkedOne } from './accountNames.ts'

export const topicText = (topic: QuestionTopic): Text => text(`requests.topic.${topic}`)

/** What an обращение is about; of one with a subject that is not known any more: something else. */
export const subjectText = (subject: string | undefined): Text =>
  topicText(questionTopics.find((one) => one === subject) ?? 'other')

/** What it is about, and which account where the resident has several. */
export async function aboutTexts(here: Here<unknown>, subject: string | undefined, accountId?: number): Promise<Text> {
  const several = (here.resident?.accounts.length ?? 0) > 1
  const account = several && accountId !== undefined ? await linkedOne(here, accountId) : undefined
  return text('common.lines', {
    lines: [
      text('requests.about', { topic: subjectText(subject) }),
      ...(account ? [text('requests.account', { account: account.line })] : []),
    ],
  })
}

/** «2 сообщения, 3 фото». */
export function amountText(messages: number, files: readonly Pick<RequestFile, 'kind'>[]): Text {
  const kind = files.every((file) => file.kind === 'photo') ? 'photos' : 'files'
  const few = text(`requests.amount.${kind}`, { count: files.length })
  const words = text('requests.amount.messages', { count: messages })
  if (files.length === 0) return words
  return messages === 0 ? few : text('requests.amount.both', { words, files: few })
}

export const amountOf = (lines: readonly RequestWords[]): Text =>
  amountText(
    lines.filter(({ text: words }) => words !== '').length,
    lines.flatMap(({ files }) => files),
  )

export const limitsText = ({ requests: { files } }: Here<unknown>['rules']): Text =>
  text('requests.limits', { most: files.most, megabytes: files.megabytes })

/** Which files were not taken, and why. */
export const leftText = (
  left: readonly { name: string; why: NotTaken }[],
  { rules }: Pick<Here<unknown>, 'rules'>,
): Text => {
  const { most, megabytes, togetherMegabytes } = rules.requests.files
  return text('common.lines', {
    lines: left.map(({ name, why }) => text(`requests.left.${why}`, { name, most, megabytes, togetherMegabytes })),
  })
}

type State = Pick<ResidentsRequest, 'state' | 'dueOn'>

/** How it stands, in a few words; until when an answer is promised. */
export function stateText({ state, dueOn }: State, { today }: Pick<Here<unknown>, 'today'>): Text {
  if (isOver(state) || state === 'waiting' || dueOn === undefined) return text(`requests.state.${state}`)
  const when = text(dueOn < today ? 'requests.late' : 'requests.due', { date: dueOn })
  return text('requests.stateDue', { state: text(`requests.state.${state}`), when })
}

/** Whether it can still be opened again. */
export const mayReopenHere = (
  { state, overAt, changedAt }: ResidentsRequest,
  { today, rules }: Here<unknown>,
): boolean =>
  mayReopen(state, localDateOf(new Date(overAt ?? changedAt), rules.timeZone), today, rules.requests.reopenDays)
