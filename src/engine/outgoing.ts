import type { ChargeKind } from '../domain/charges/charges.ts'
import type { Language } from '../domain/language.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'

/** A stretch of a text with a look of its own. Offsets and lengths are in UTF-16 code units, as Telegram's entities are. */
export type Span =
  | { style: 'bold' | 'code'; at: number; length: number }
  | { style: 'link'; url: string; at: number; length: number }

export interface RichText {
  text: string
  spans: Span[]
}

/** A button: `token` (at most 64 bytes) comes back in a `choice` event. */
export interface Button {
  label: string
  token: string
}

/** A file to show: stored, when `id` names a row of `files`, or drawn at delivery. */
export type ShownFile = StoredFile | DrawnFile

interface StoredFile {
  id: string
  kind: 'photo' | 'document' | 'voice'
  name: string
}

/**
 * A picture or a document that is made when it is sent. `id` names all that it shows, down to the version of the facts: what a platform has
 * under this id is not drawn again. `otherwise` is said in its place below the text when it cannot be drawn; `denied` is all that
 * is said when whoever is to see it may not any more.
 */
export interface DrawnFile extends StoredFile {
  drawn: Drawing
  otherwise: RichText
  denied: RichText
}

/** What to draw: ids and months, never the facts themselves. */
export type Drawing =
  | ConsumptionDrawing
  | ChargesDrawing
  | ReceiptDrawing
  | ReceiptFileDrawing
  | PaymentCodeDrawing
  | TranscriptDrawing
  | VisitDrawing
  | DocumentDrawing
  | OrderFileDrawing

/** A meter's consumption by month. */
export interface ConsumptionDrawing {
  kind: 'consumption'
  accountId: number
  meterId: string
  /** The month that is the present one in the picture. */
  present: Period
  language: Language
}

/** A month's receipt of a kind, as it stood at that `version` on a day. `masked`: without the payer's name, the flat and the whole number. */
export interface ReceiptDrawing {
  kind: 'receipt'
  accountId: number
  period: Period
  of: ChargeKind
  on: LocalDate
  masked: boolean
  version: string
  language: Language
}

/** A receipt as the billing made it. */
export interface ReceiptFileDrawing {
  kind: 'receiptFile'
  accountId: number
  sha256: string
}

/** The code by which what is due of a kind on a day is paid, as it stood at that `version`. */
export interface PaymentCodeDrawing {
  kind: 'paymentCode'
  accountId: number
  of: ChargeKind
  on: LocalDate
  masked: boolean
  version: string
}

/**
 * An account's charges from one month to another, both included: a picture by service, or charges and payments as a table or a document.
 * `version` is that of the facts that were asked for: of others nothing is drawn.
 */
export type ChargesDrawing = ({ kind: 'charges' } | { kind: 'chargesCsv' } | { kind: 'chargesPdf' }) & {
  accountId: number
  from: Period
  to: Period
  version: string
  language: Language
}

/** A resident's talk with consultants, up to the line that `version` names. */
export interface TranscriptDrawing {
  kind: 'transcript'
  handOffId: string
  version: string
  language: Language
}

/** A visit that is booked, as a file for calendars. */
export interface VisitDrawing {
  kind: 'visit'
  booking: string
  language: Language
}

/** Words of a person as they were shown at a revision; `part`: the message of theirs that is meant, from 1 (each file of an album has its own). */
export interface PartShown {
  revision: number
  part: number
}

/** A document that was given a number: what the billing told on that day, or nothing. */
export interface DocumentDrawing {
  kind: 'document'
  number: number
}

/** A file that staff has made for an order. It is stored, but whoever is to have it must still be allowed to at that moment. */
export interface OrderFileDrawing {
  kind: 'orderFile'
  order: string
  file: string
}

/**
 * What a person is shown. All of it is resolved: words, spans and buttons are stored as they were said.
 * `buttons` are rows; the engine gives at most ten buttons a screen (VK's floor for inline keyboards).
 * `replaces` is the platform's id of the message to edit in place; where that cannot be done a new message is sent.
 * `repliesTo` is the message of this chat that it answers; where that is gone it is shown all the same.
 * What was shown before is named by its revision, for its messages are known only when this is delivered: `revises` a screen that is to be edited
 * in place, `corrects` words of a person to be so, `answers` words of a person that are answered.
 * `textButtonsOnly`: the chat's client knows neither buttons under a message nor edits (an old VK client).
 * `mailing`: one of very many, which give way to what people wait for.
 * `erase` takes away an inbound message (a typed password) where the platform lets a bot do so.
 */
export type Outgoing =
  | {
      kind: 'show'
      text: RichText
      buttons: Button[][]
      files: ShownFile[]
      replaces?: string
      revises?: number
      corrects?: number
      repliesTo?: string
      answers?: PartShown
      textButtonsOnly?: true
      mailing?: true
    }
  | { kind: 'typing' }
  | { kind: 'erase'; message: string }

/** It gives way to what people are answered. */
export const isMailing = (outgoing: Outgoing): boolean => outgoing.kind === 'show' && outgoing.mailing === true
