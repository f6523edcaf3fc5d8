import type { StreetDirectory } from '../domain/address/directory.ts'
import type { ChannelPolicy } from '../domain/channelPolicy.ts'
import type { Balance } from '../domain/charges/standing.ts'
import type { DrawnDocument } from '../domain/documents/drawn.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'
import type { Queued } from '../domain/queuePace.ts'
import type { Receipt, ToPay } from '../domain/receipt/receipt.ts'
import type { RequestKind } from '../domain/requests/states.ts'
import type { Rules } from '../domain/rules.ts'
import type { Office } from '../domain/visits/office.ts'
import type { FreeTime } from '../domain/visits/slots.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import type { WorkingHours } from '../domain/workingHours.ts'
import type { Sql } from '../infra/database.ts'
import { together } from '../infra/together.ts'
import {
  asCalled,
  type LinkedAccount,
  type LostAccount,
  linkedAccounts,
  lostAccount,
  type OtherLink,
  otherLink,
  otherLinks,
  proofOf,
} from './accounts.ts'
import { type Booking, bookingOf, upcomingBookings } from './bookings.ts'
import {
  balanceOf,
  type ChargeMonth,
  chargedPeriods,
  chargesBetween,
  type PaymentMade,
  paymentsBetween,
} from './charges.ts'
import { type ChargesFile, type ChargesPicture, chargesFile, chargesPicture } from './chargesFile.ts'
import { type GivenReading, givenReadings, type HandedOver, handedOver } from './confirmations.ts'
import { type ActiveHandOff, activeHandOff, type ClosedHandOff, closedHandOff } from './desk.ts'
import { deskPace } from './deskPace.ts'
import { type AccountDistrict, districtsOf } from './districts.ts'
import { documentOf, documentsOf } from './documents.ts'
import { type MeterWithPast, metersWithPast } from './history.ts'
import { type MetersOfAccount, metersOf } from './meters.ts'
import { type NewsItem, newsItem, newsTopicsOf } from './news.ts'
import { officeById } from './offices.ts'
import { type Unrated, unratedOf } from './ratings.ts'
import { receiptPeriods, receiptsOf, toPay } from './receipts.ts'
import { type UnwantedReminder, unwantedReminders } from './reminders.ts'
import {
  allRequests,
  draftOf,
  openRequests,
  type RefusedFile,
  type RequestInDraft,
  type RequestLine,
  type ResidentsRequest,
  refusedFile,
  requestOf,
  requestsOfBooking,
} from './requests.ts'
import { streetDirectoryReader } from './streets.ts'
import { type TalkVersion, talkVersion } from './talk.ts'
import { type FreeDay, freeDays, freeTimesOn, type Nearest, nearestTimes, openOffices, type Where } from './visits.ts'
import { hoursReader } from './workingHours.ts'

/** All that a dialog may read. Reads asked for by many turns at once go to the database as one. */
export interface Queries {
  accounts: {
    /** A resident's linked accounts, as he calls them and as a messenger of this policy may carry them. */
    linked(residentId: string, policy: ChannelPolicy): Promise<LinkedAccount[]>
    /** Others who have linked an account of his; one of them by the link. */
    others(residentId: string, accountId: number): Promise<OtherLink[]>
    other(residentId: string, link: string): Promise<(OtherLink & { accountId: number }) | undefined>
    /** How he has linked an open account. */
    proof(residentId: string, accountId: number): Promise<'address' | 'code' | undefined>
    /** What became of an account that is linked no more. */
    lost(residentId: string, accountId: number, policy: ChannelPolicy): Promise<LostAccount | undefined>
  }
  meters: {
    /** The meters in service of an account with their last readings and what was already given for the period. */
    onHand(accountId: number, period: Period): Promise<MetersOfAccount>
  }
  history: {
    /** The meters of an account with their readings of two years and more; those taken out of late are the last. */
    ofAccount(accountId: number, present: Period): Promise<MeterWithPast[]>
  }
  confirmations: {
    /** The latest readings of an account that were given in a chat, with what became of them; the latest first. */
    ofAccount(accountId: number): Promise<GivenReading[]>
    /** The readings' confirmation, or a prepared correction, that a photo was handed over with. */
    ofPhoto(photo: string, accounts: number[]): Promise<HandedOver | undefined>
  }
  charges: {
    /** What an account owes by the billing's last word. */
    balance(accountId: number): Promise<Balance | undefined>
    /** The months that have charges, the latest first; all that was charged from one to another, the earliest first. */
    periods(accountId: number): Promise<Period[]>
    between(accountId: number, from: Period, to: Period): Promise<ChargeMonth[]>
    /** What was paid from one day to another, the latest first. */
    payments(accountId: number, from: LocalDate, to: LocalDate): Promise<PaymentMade[]>
    /** What a picture shows, and what a file holds, of the months from one to another. */
    picture(accountId: number, from: Period, to: Period): Promise<ChargesPicture>
    file(accountId: number, from: Period, to: Period): Promise<ChargesFile | undefined>
  }
  receipts: {
    /** The months that have receipts, the latest first; a month's, as they are to be paid on a day. */
    periods(accountId: number): Promise<Period[]>
    ofMonth(accountId: number, period: Period, day: LocalDate): Promise<Receipt[]>
    /** What is to be known to pay on a day. */
    toPay(accountId: number, day: LocalDate): Promise<ToPay>
  }
  desk: {
    /** The hand-off that a resident has under way; one of his that is over. */
    active(residentId: string): Promise<ActiveHandOff | undefined>
    closed(residentId: string, handOff: string): Promise<ClosedHandOff | undefined>
    /** One of his talks, to be asked for as a transcript. */
    talk(residentId: string, handOff: string): Promise<TalkVersion | undefined>
    /** Consultants' hours, and today's pace. */
    hours(now: Date, rules: Rules): Promise<WorkingHours>
    pace(now: Date, rules: Rules): Promise<Omit<Queued, 'place'>>
  }
  visits: {
    /** The offices that one can book a visit to, by district and name; one of them all, open or not. */
    offices(now: Date, rules: Rules): Promise<Office[]>
    office(id: string): Promise<Office | undefined>
    /** The districts of a resident's accounts. */
    districts(residentId: string): Promise<AccountDistrict[]>
    /** The days of an office that have free times for a topic, and the times of one; the earliest first. What is held for the resident who `asks` is
     * free for him. */
    freeDays(officeId: string, topic: VisitTopic, now: Date, rules: Rules, asks?: string): Promise<FreeDay[]>
    freeTimes(
      officeId: string,
      topic: VisitTopic,
      date: LocalDate,
      now: Date,
      rules: Rules,
      asks?: string,
    ): Promise<FreeTime[]>
    /** The next free time at each office there, the soonest first. */
    nearest(where: Where, topic: VisitTopic, now: Date, rules: Rules): Promise<Nearest[]>
    /** What a resident has booked and not yet visited, the soonest first; one of his bookings or holds, whatever became of it. */
    upcoming(residentId: string, now: Date, rules: Rules): Promise<Booking[]>
    booking(residentId: string, id: string): Promise<Booking | undefined>
  }
  requests: {
    /** What a resident has prepared of a kind and not sent. */
    draft(residentId: string, kind: RequestKind): Promise<RequestInDraft | undefined>
    /** What he has sent: of all kinds, the latest first; `open`: what nobody has finished. */
    open(residentId: string): Promise<ResidentsRequest[]>
    all(residentId: string): Promise<ResidentsRequest[]>
    /** One of them with all that was said of it: by its id, or the id of one of its lines or files. */
    one(
      residentId: string,
      by: { id: string } | { line: string } | { file: string },
    ): Promise<(ResidentsRequest & { lines: RequestLine[] }) | undefined>
    /** What was sent beforehand for a visit, the latest first. */
    ofBooking(residentId: string, booking: string): Promise<ResidentsRequest[]>
    /** A file that could not be kept, and why. */
    refused(residentId: string, file: string): Promise<RefusedFile | undefined>
  }
  documents: {
    /** The documents drawn for a resident that still hold on a day, the latest first; one of his by its number. */
    valid(residentId: string, day: LocalDate): Promise<DrawnDocument[]>
    one(residentId: string, number: number): Promise<DrawnDocument | undefined>
  }
  reminders: {
    /** The kinds of reminders that a resident wants none of, on a day. */
    unwanted(residentId: string, today: LocalDate): Promise<UnwantedReminder[]>
    /** The latest of what came to its end on a day and may be rated. */
    unrated(residentId: string, day: LocalDate, timeZone: string): Promise<Unrated | undefined>
  }
  news: {
    /** The topics that a resident has subscribed to; news by the id of their mailing. */
    topics(residentId: string): Promise<string[]>
    item(id: string): Promise<NewsItem | undefined>
  }
  streets: {
    /** Every street of the accounts, as typed addresses are looked up in. */
    directory(): Promise<StreetDirectory>
  }
}

const linkedTo = together(linkedAccounts)

/** `sql` runs on the pool, or on the transaction of a turn. */
export function createQueries(sql: Sql, streets = streetDirectoryReader(sql)): Queries {
  return {
    accounts: {
      linked: async (residentId, policy) => asCalled(await linkedTo(sql, residentId), policy),
      others: (residentId, accountId) => otherLinks(sql, residentId, accountId),
      other: (residentId, link) => otherLink(sql, residentId, link),
      proof: (residentId, accountId) => proofOf(sql, residentId, accountId),
      lost: (residentId, accountId, policy) => lostAccount(sql, residentId, accountId, policy),
    },
    meters: { onHand: (accountId, period) => metersOf(sql, { accountId, period }) },
    history: { ofAccount: (accountId, present) => metersWithPast(sql, accountId, present) },
    confirmations: {
      ofAccount: (accountId) => givenReadings(sql, accountId),
      ofPhoto: (photo, accounts) => handedOver(sql, photo, accounts),
    },
    charges: {
      balance: (accountId) => balanceOf(sql, accountId),
      periods: (accountId) => chargedPeriods(sql, accountId),
      between: (accountId, from, to) => chargesBetween(sql, accountId, from, to),
      payments: (accountId, from, to) => paymentsBetween(sql, accountId, from, to),
      picture: (accountId, from, to) => chargesPicture(sql, accountId, from, to),
      file: (accountId, from, to) => chargesFile(sql, accountId, from, to),
    },
    receipts: {
      periods: (accountId) => receiptPeriods(sql, accountId),
      ofMonth: (accountId, period, day) => receiptsOf(sql, accountId, period, day),
      toPay: (accountId, day) => toPay(sql, accountId, day),
    },
    desk: {
      active: (residentId) => activeHandOff(sql, residentId),
      closed: (residentId, handOff) => closedHandOff(sql, residentId, handOff),
      talk: (residentId, handOff) => talkVersion(sql, residentId, handOff),
      hours: (now, rules) => hoursReader(sql, rules)(now),
      pace: (now, rules) => deskPace(sql, now, rules),
    },
    visits: {
      offices: (now, rules) => openOffices(sql, now, rules),
      office: (id) => officeById(sql, id),
      districts: (residentId) => districtsOf(sql, residentId),
      freeDays: (...of) => freeDays(sql, ...of),
      freeTimes: (...of) => freeTimesOn(sql, ...of),
      nearest: (where, topic, now, rules) => nearestTimes(sql, where, topic, now, rules),
      upcoming: (residentId, now, rules) => upcomingBookings(sql, residentId, now, rules),
      booking: (residentId, id) => bookingOf(sql, residentId, id),
    },
    requests: {
      draft: (residentId, kind) => draftOf(sql, residentId, kind),
      open: (residentId) => openRequests(sql, residentId),
      all: (residentId) => allRequests(sql, residentId),
      one: (residentId, by) => requestOf(sql, residentId, by),
      ofBooking: (residentId, booking) => requestsOfBooking(sql, residentId, booking),
      refused: (residentId, file) => refusedFile(sql, residentId, file),
    },
    documents: {
      valid: (residentId, day) => documentsOf(sql, residentId, day),
      one: (residentId, number) => documentOf(sql, residentId, number),
    },
    reminders: {
      unwanted: (residentId, today) => unwantedReminders(sql, residentId, today),
      unrated: (residentId, day, timeZone) => unratedOf(sql, residentId, day, timeZone),
    },
    news: { topics: (residentId) => newsTopicsOf(sql, residentId), item: (id) => newsItem(sql, id) },
    streets: { directory: streets },
  }
}
