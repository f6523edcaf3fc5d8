import type { LocalDate } from '../../domain/localDate.ts'
import type { VisitTopic } from '../../domain/visits/topics.ts'
import type { Booking } from '../../queries/bookings.ts'
import type { Nearest } from '../../queries/visits.ts'

/** A time that a resident has chosen, and for what. `moves`: the booking of his that is to be moved there. `accountId`: what it is about. */
export interface VisitChoice {
  officeId: string
  topic: VisitTopic
  date: LocalDate
  minute: number
  moves?: string | undefined
  accountId?: number | undefined
}

/**
 * Why a time cannot be had, judged anew at every step; nothing is kept of the try. `taken`, `officeClosed` (closed, or such a time is no more):
 * with the nearest time there is instead, at that office if it has any. `tooLate`: it has begun. `limit`: see `LimitReached`. `missed`: he did
 * not come too often and may book from that day on. `cannotMove`: the booking to be moved is `gone`, or begins too soon.
 */
export type VisitRefusal =
  | { kind: 'taken' | 'officeClosed'; next: Nearest | undefined }
  | { kind: 'tooLate' }
  | { kind: 'outOfHorizon'; until: LocalDate }
  | { kind: 'limit'; of: 'topic'; booking: string }
  | { kind: 'limit'; of: 'all'; most: number }
  | { kind: 'missed'; until: LocalDate }
  | { kind: 'cannotMove'; why: 'gone' | 'tooLate' }

/** `held`: the place is his until `booking.heldUntil`. */
export type HoldOutcome = { kind: 'held'; booking: Booking } | VisitRefusal

/** `moved`: the booking that it was moved from. */
export type ConfirmOutcome = { kind: 'booked'; booking: Booking; moved?: Booking } | VisitRefusal
