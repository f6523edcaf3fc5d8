import { z } from 'zod'
import { isLocalDate, type LocalDate } from '../domain/localDate.ts'
import { visitTopics } from '../domain/visits/topics.ts'
import type { Here } from '../engine/dialog.ts'

const date = z.custom<LocalDate>((value) => typeof value === 'string' && isLocalDate(value))
const minute = z.int().min(0).max(1439)
const part = z.enum(['morning', 'afternoon'])
const topic = z.enum(visitTopics)
/** What has been said of the time before it could be chosen. */
export const wished = z.object({
  ...{ date: date.exactOptional(), minute: minute.exactOptional(), part: part.exactOptional() },
  soonest: z.literal(true).exactOptional(),
})
/** `moves`: the booking that is to be moved. */
const moves = z.uuid().exactOptional()
const soFar = { topic: topic.exactOptional(), moves, wished: wished.exactOptional() }
const choice = { office: z.string(), topic, moves }

/** The places of the dialog of visits. Facts of offices and bookings are read anew wherever one stands. */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('mine') }),
  /** `file`: for a calendar. */
  z.object({ at: z.literal('booking'), booking: z.uuid(), file: z.literal(true).exactOptional() }),
  z.object({ at: z.literal('cancel'), booking: z.uuid() }),
  z.object({ at: z.literal('district'), ...soFar }),
  z.object({ at: z.literal('office'), district: z.string(), ...soFar }),
  z.object({ at: z.literal('topic'), office: z.string(), moves, wished: wished.exactOptional() }),
  z.object({ at: z.literal('days'), ...choice }),
  /** `near`: the time that was asked for and cannot be had; those next to it are shown. */
  z.object({ at: z.literal('times'), ...choice, date, part: part.exactOptional(), near: minute.exactOptional() }),
  /** A time that is offered in place of one that cannot be had. */
  z.object({ at: z.literal('instead'), ...choice, date, minute }),
  /** `hold`: the place that is held meanwhile. */
  z.object({ at: z.literal('confirm'), ...choice, date, minute, hold: z.uuid() }),
])

export type Place = z.infer<typeof place>
export type At<Name extends Place['at']> = Here<Extract<Place, { at: Name }>>
/** An office and what it is visited for. */
export type Chosen = Pick<Extract<Place, { at: 'days' }>, 'office' | 'topic' | 'moves'>
/** What is known before an office is chosen. */
export type SoFar = Pick<Extract<Place, { at: 'district' }>, 'topic' | 'moves' | 'wished'>

/** What the dialog may be opened with: what is booked, a new visit, a booking, or a time that was named in the words that opened it. */
export const opening = z.union([
  z.enum(['mine', 'new']),
  z.object({ booking: z.uuid(), file: z.literal(true).optional() }),
  z.object({ wished }),
])

/** The same choice without the place that it was made at. */
export const chosen = ({ office, topic, moves }: Chosen): Chosen => ({ office, topic, ...(moves && { moves }) })
export const soFarOf = ({ topic, moves, wished }: SoFar): SoFar => ({
  ...(topic && { topic }),
  ...(moves && { moves }),
  ...(wished && { wished }),
})
