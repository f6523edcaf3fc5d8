import type { LocalDate } from '../localDate.ts'
import type { OfficeHours } from './officeHours.ts'
import type { VisitTopic } from './topics.ts'

/**
 * A district office. `hours` as they are written, `opening` as they are understood. `closedFrom` to `closedTo`, both included: closed; without
 * the last day until further notice, without the first until then.
 */
export interface Office {
  id: string
  name: string
  district: string
  address: string
  phone?: string
  hours: string
  opening: OfficeHours
  windows: number
  slotMinutes: number
  topics: readonly VisitTopic[]
  closedFrom?: LocalDate
  closedTo?: LocalDate
}

/** A time at an office, of which it has as many places as windows. `minute`: since the local midnight of that day. */
export interface Slot {
  officeId: string
  date: LocalDate
  minute: number
}

export function isClosedOn({ closedFrom, closedTo }: Office, day: LocalDate): boolean {
  if (closedFrom === undefined && closedTo === undefined) return false
  return (closedFrom === undefined || day >= closedFrom) && (closedTo === undefined || day <= closedTo)
}
