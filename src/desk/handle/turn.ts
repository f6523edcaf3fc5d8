import type { Rules } from '../../domain/rules.ts'
import { type Text, text, type Words } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { HoursReader } from '../../queries/workingHours.ts'
import type { DeskButton, DeskPlace, StaffEvent } from '../channel.ts'
import type { Consultant } from '../consultants.ts'
import { type AboutRequest, staffLanguage } from '../records.ts'
import { post, postInGeneral } from '../writing.ts'
import type { Spot } from './spot.ts'

/** An event of a forum being handled, in one transaction: who acts, and in whose topic. */
export interface Turn {
  sql: Sql
  now: Date
  rules: Rules
  words: Words
  hours: HoursReader
  newId(): string
  /** Where a message, or a topic, is opened in the staff's client. */
  linkTo(place: Required<DeskPlace>, message?: string): string
  event: StaffEvent
  who: Consultant
  /** Nothing in the general topic and in one that staff has opened for itself. */
  spot: Spot | undefined
}

/** Words for whoever asked for something; none when what was done speaks for itself. `alert`: it was not done. */
export interface Answered {
  text?: Text
  alert?: true
}

export const done = (key: string, values?: Text['values']): Answered => ({ text: text(key, values) })
export const notDone = (key: string, values?: Text['values']): Answered => ({ text: text(key, values), alert: true })

/** Says something where the event was: under the message, when it came with one. */
export async function reply(
  { sql, now, event, spot }: Pick<Turn, 'sql' | 'now' | 'event' | 'spot'>,
  said: Text,
  more: { buttons?: DeskButton[][]; mentions?: string[]; about?: AboutRequest } = {},
): Promise<void> {
  const { place, input } = event
  const message = 'message' in input && input.kind !== 'press' && (spot || !place.thread) ? input.message : undefined
  const act = { kind: 'say', text: said, ...more, ...(message !== undefined && { repliesTo: message }) } as const
  if (spot) await post(sql, spot.topicId, act, now)
  else await postInGeneral(sql, place.forum, act, now)
}

/** Whether something of this name happens for the first time (within the days that seen events are kept). */
export async function isFirst(sql: Sql, name: string, now: Date): Promise<boolean> {
  const added = await sql(
    'seen.once',
    'INSERT INTO seen (event, at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event',
    [name, now],
  )
  return added.length > 0
}

export const plainly = ({ words }: Pick<Turn, 'words'>, said: Text): string => words.plain(staffLanguage, said)
