import { matterOf, usualAnswers } from '../domain/papers/matters.ts'
import type { NotTaken } from '../domain/requests/fileLimits.ts'
import type { Here } from '../engine/dialog.ts'
import { type Text, text } from '../engine/text.ts'
import type { ResidentsRequest } from '../queries/requests.ts'
import type { Draft } from './papersDraft.ts'

/** What papers are for, by name. */
export const titleOf = ({ kind, subject }: Pick<ResidentsRequest, 'kind' | 'subject'>): Text => {
  if (kind === 'account') return text('papers.accountTitle')
  const matter = matterOf(subject) ?? 'other'
  return text(`papers.matter.${matter}`)
}

/** A file as its sender knows it: photos have no name. */
export const fileText = ({ kind, name }: { kind: string; name: string }): Text =>
  kind === 'photo' ? text('papers.photo') : text('papers.fileNamed', { name })

const limits = ({ rules }: Pick<Here<unknown>, 'rules'>) => {
  const { most, megabytes, togetherMegabytes } = rules.requests.files
  return { count: most, most, megabytes, together: togetherMegabytes }
}

/** «Получено: 3 файла, ещё можно 7 (до 30 МБ)»; before the first one how to send them. */
export function receivedText(count: number, here: Pick<Here<unknown>, 'rules'>): Text {
  const { most } = limits(here)
  if (count === 0) return text('papers.howTo', limits(here))
  const left = Math.max(0, most - count)
  return left === 0 ? text('papers.receivedAll', { count }) : text('papers.received', { count, left })
}

/** Which files were not taken, and what to do about each. */
export const leftText = (
  left: readonly { file: Text; why: NotTaken }[],
  here: Pick<Here<unknown>, 'rules'>,
): Text | undefined =>
  left.length === 0
    ? undefined
    : text('common.lines', {
        lines: left.map(({ file, why }) => text(`papers.notTaken.${why}`, { file, ...limits(here) })),
      })

/** Why a file could not be kept, and what to do. */
export function refusedText(
  file: { name: string; kind: string; why: string },
  here: Pick<Here<unknown>, 'rules'>,
): Text {
  const why = refusals.find((one) => one === file.why) ?? 'unavailable'
  return text(`papers.refused.${why}`, { file: fileText(file), ...limits(here) })
}

const refusals = [
  ...(['empty', 'tooLarge', 'unavailable', 'infected', 'wrongKind', 'archive', 'office'] as const),
  ...(['locked', 'broken', 'hugePicture', 'tooMuch'] as const),
]

/** What was answered: by a button, or in words. */
export const factLines = ({ facts }: Pick<Draft, 'facts'>): Text[] =>
  Object.entries(facts).flatMap(([fact, said]) => {
    if (said === null || said === undefined) return []
    const known = usualAnswers.find((one) => one === said)
    return [
      text('papers.factLine', {
        fact: text(`papers.factName.${fact}`),
        value: known ? text(`papers.usual.${known}`) : said,
      }),
    ]
  })
