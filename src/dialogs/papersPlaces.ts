import { z } from 'zod'
import { facts, papers } from '../domain/papers/matters.ts'
import type { Here } from '../engine/dialog.ts'
import type { Step } from '../engine/saying.ts'
import { address } from './typedAddress.ts'

/** Papers that are handed in, and those that open an account: a resident prepares one of each at a time. */
const of = z.enum(['papers', 'account'])
export type Of = z.infer<typeof of>

const booking = z.uuid().exactOptional()
const typed = z.string().max(300)

/** The places of the dialog of papers. What has been given stands in the draft, which any chat of the resident's goes on with. */
export const place = z.discriminatedUnion('at', [
  /** Something was begun before; `booking`: the visit that papers are now to be sent for. */
  z.object({ at: z.literal('unsent'), of, booking }),
  /** Papers to open an account have been sent and nobody has finished with them. */
  z.object({ at: z.literal('underway'), request: z.uuid() }),
  z.object({ at: z.literal('matter') }),
  z.object({ at: z.literal('account') }),
  z.object({ at: z.literal('code') }),
  z.object({ at: z.literal('fact'), fact: z.enum(facts) }),
  z.object({ at: z.literal('gather') }),
  z.object({ at: z.literal('address') }),
  /** `streets`: which of them may be meant; `rest`: what follows the street. */
  z.object({ at: z.literal('street'), streets: z.array(z.string()), rest: z.string(), typed }),
  z.object({ at: z.literal('flat'), address }),
  z.object({ at: z.literal('claimant') }),
  z.object({ at: z.literal('paper'), paper: z.enum(papers) }),
  z.object({ at: z.literal('check'), of, draft: z.uuid() }),
  z.object({ at: z.literal('sent'), request: z.uuid() }),
  z.object({ at: z.literal('mine') }),
  /** `files`: those that staff have sent are shown. */
  z.object({ at: z.literal('one'), request: z.uuid(), files: z.literal(true).exactOptional() }),
  z.object({ at: z.literal('more'), request: z.uuid() }),
])
export type Place = z.infer<typeof place>
export type At<Name extends Place['at']> = Here<Extract<Place, { at: Name }>>
export type Next = Step<Place>

/** What the dialog may be opened with: papers for an account to be opened, what was sent, one of those, one just now, or a visit to send papers for. */
export const opening = z.union([
  z.enum(['account', 'mine']),
  z.object({ request: z.uuid(), more: z.literal(true).optional() }),
  z.object({ sent: z.uuid() }),
  z.object({ booking: z.uuid() }),
])
