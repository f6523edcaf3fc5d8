import { z } from 'zod'
import { documentKinds, documentWays } from '../domain/documents/kinds.ts'
import { isPeriod, type Period } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'

const period = z.custom<Period>((value) => typeof value === 'string' && isPeriod(value))
const kind = z.enum(documentKinds)
const months = z.object({ from: period, to: period })
const asked = { kind, months: months.exactOptional() }
/** Why a document was not drawn (`Judged`). */
const undrawn = z.enum(['none', 'unknown', 'stale', 'mismatch', 'unsplit', 'reversed'])

/** The places of the dialog in which one document is asked for, about one account. */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('period'), kind }),
  /** `paper`: it is wanted signed and sealed; it is not offered to be drawn. */
  z.object({
    at: z.literal('way'),
    ...asked,
    undrawn: undrawn.exactOptional(),
    paper: z.literal(true).exactOptional(),
  }),
  z.object({ at: z.literal('office'), ...asked }),
  z.object({ at: z.literal('confirm'), ...asked, way: z.enum(documentWays), office: z.string().exactOptional() }),
  z.object({ at: z.literal('drawn'), number: z.int() }),
])

export type Place = z.infer<typeof place>
export type At<Name extends Place['at']> = Here<Extract<Place, { at: Name }>>
/** What is asked for, and of which months. */
export type Asked = Pick<Extract<Place, { at: 'way' }>, 'kind' | 'months'>

/** What the dialog may be opened with: a kind, or a document that was drawn before. */
export const opening = z.union([
  z.object({ kind, months: months.optional(), paper: z.literal(true).optional() }),
  z.object({ number: z.int() }),
])

/** The same without the place that it was said at. */
export const askedOf = ({ kind, months }: Asked): Asked => ({ kind, ...(months && { months }) })
