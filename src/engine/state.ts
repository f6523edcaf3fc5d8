import { z } from 'zod'
import { type ChannelPolicy, channelPolicies } from '../domain/channelPolicy.ts'
import { type Language, languages } from '../domain/language.ts'
import type { Choice, Json } from './saying.ts'

/** Where a conversation stands. `trail`: the places of the dialog that «Назад» leads through, the latest last. */
export interface Standing {
  dialog: string
  version: number
  place: Json
  accountId: number
  trail: Json[]
}

/** A dialog to begin once what it needs (consent, an account) is there. */
export interface Waiting {
  dialog: string
  opening?: Json | undefined
}

/**
 * The present screen's buttons with the words they show and are typed by. `stamp` stands in their tokens; `shownAt` is the revision whose message shows them
 * when that is a later one.
 */
export interface ShownScreen {
  stamp: number
  shownAt?: number | undefined
  page: number
  buttons: { label: string; means: Choice['means']; also?: string[] | undefined }[]
  /** The press that led here: the same press again is a second click. */
  from?: string | undefined
  /** Holds what must not be lost (a confirmation, the consent): it is never edited into something else. */
  keeps?: boolean | undefined
  /** Tells something besides what the place asks (news, an offer). */
  aside?: boolean | undefined
  /** What is said to it is for the place that its first button opens. */
  hears?: boolean | undefined
  /** The album that it tells of: further pieces of it are told of in its place. */
  album?: string | undefined
  /** The policy by which its words were chosen; none says `full`. */
  policy?: ChannelPolicy | undefined
}

/** All that is saved of a conversation between two events. A public format: release N reads what N+1 writes. */
export interface State {
  /** Of the newest release that saved it (`generationOf`). */
  generation?: number | undefined
  language: Language
  /** Plain mode (простой вид): texts in their plain form, no pictures. */
  plain?: boolean | undefined
  textButtonsOnly?: boolean | undefined
  at?: Standing | undefined
  waiting: Waiting[]
  parked?: Standing | undefined
  screen?: ShownScreen | undefined
  /** The message last read as an answer, the place it answered and the dialog it led to: an edit of it is read again from there. */
  answered?: { message: string; at: Standing; led?: string | undefined } | undefined
  /** Answers in a row that were not understood. */
  unclear: number
  /** When a group was last told that the bot speaks in private only (milliseconds). */
  groupToldAt?: number | undefined
  /** The keys of texts that are said once in a chat and have been. */
  told?: string[] | undefined
  /** News that fell due while a person held the chat. */
  postponed?: { dialog: string; about: string; notice?: string | undefined }[] | undefined
  /** The notice that was told last and when (milliseconds), until the person says or presses something. */
  unanswered?: { notice: string; at: number } | undefined
  /** The last steps (`steps.ts`), the latest last. */
  steps?: string[] | undefined
}

export const newState = (language: Language = 'ru'): State => ({ language, waiting: [], unclear: 0 })

/** The state as saved, or `undefined` when what was saved is not one. */
export function readState(saved: unknown): State | undefined {
  const read = stateSchema.safeParse(saved)
  return read.success ? (read.data as State) : undefined
}

/** Of the release that saved it, also when the rest of it cannot be read. */
export function generationIn(saved: unknown): number {
  const read = z.object({ generation: z.int() }).safeParse(saved)
  return read.success ? read.data.generation : 0
}

/** What comes out of a JSON column is JSON: to look through it all again is what most of reading a state took. */
const json = z.custom<Json>((value) => value !== undefined)
const standing = z.object({
  dialog: z.string(),
  version: z.int(),
  place: json,
  accountId: z.int(),
  trail: z.array(json),
})
const ways = ['menu', 'back', 'cancel', 'resume']
const means = z.custom<Choice['means']>((value) => {
  if (typeof value !== 'object' || value === null) return false
  if ('go' in value) return ways.some((way) => way === value.go)
  if ('open' in value)
    return typeof value.open === 'string' && (!('accountId' in value) || Number.isInteger(value.accountId))
  return 'answer' in value
})
const stateSchema = z.looseObject({
  generation: z.int().optional(),
  language: z.enum(languages),
  plain: z.boolean().optional(),
  textButtonsOnly: z.boolean().optional(),
  at: standing.optional(),
  waiting: z.array(z.object({ dialog: z.string(), opening: json.optional() })),
  parked: standing.optional(),
  screen: z
    .object({
      stamp: z.int(),
      shownAt: z.int().optional(),
      page: z.int().nonnegative(),
      buttons: z.array(z.object({ label: z.string(), means, also: z.array(z.string()).optional() })),
      from: z.string().optional(),
      keeps: z.boolean().optional(),
      aside: z.boolean().optional(),
      hears: z.boolean().optional(),
      album: z.string().optional(),
      policy: z.enum(channelPolicies).optional(),
    })
    .optional(),
  answered: z.object({ message: z.string(), at: standing, led: z.string().optional() }).optional(),
  unclear: z.int().nonnegative(),
  groupToldAt: z.number().optional(),
  told: z.array(z.string()).optional(),
  postponed: z.array(z.object({ dialog: z.string(), about: z.string(), notice: z.string().optional() })).optional(),
  unanswered: z.object({ notice: z.string(), at: z.number() }).optional().catch(undefined),
  steps: z.array(z.string()).optional().catch(undefined),
})
