import { z } from 'zod'
import { isPeriod, type Period } from '../domain/period.ts'

const period = z.custom<Period>((value) => typeof value === 'string' && isPeriod(value))
const page = z.int().nonnegative()
/** Of what was shown on the page before: a month that was imported anew meanwhile is shown from its beginning. */
const version = z.string().exactOptional()

/** The places of the dialog of charges. What a button there answers with is the place it leads to. */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('balance') }),
  z.object({ at: z.literal('month'), period, page, version }),
  z.object({ at: z.literal('months'), from: period, to: period, page }),
  /** A month to choose: of the latest year that has charges, unless another is named. */
  z.object({ at: z.literal('pick'), year: z.int().exactOptional() }),
  /** All payments, the latest first, or those made in these months. */
  z.object({ at: z.literal('payments'), page, from: period.exactOptional(), to: period.exactOptional() }),
  /** Why a month costs more or less than the month before it, or the same month a year ago. */
  z.object({ at: z.literal('why'), period, against: z.enum(['month', 'year']), page, version }),
])
export type Place = z.infer<typeof place>

/** What the dialog may be opened with: a screen of it, and months named in the words that opened it. */
export const opening = z.union([
  z.enum(['month', 'why', 'payments']),
  z.object({
    show: z.enum(['months', 'why', 'payments']),
    from: period,
    to: period,
    beforeThis: z.literal(true).optional(),
  }),
])
