import { z } from 'zod'
import type { InboundFile } from '../engine/event.ts'

/** `sure`: codes of the doubts about these values that the resident has answered «so it is» to. */
const entry = z.object({ meterId: z.string(), values: z.array(z.number()), sure: z.array(z.string()).optional() })
const photos = z.array(z.string())
const candidates = z.array(z.array(z.number()))

/** The places of the dialog of readings. */
export const place = z.discriminatedUnion('at', [
  /** `entries`: values that are to be changed; those not given anew stay. */
  z.object({ at: z.literal('values'), photos, entries: z.array(entry).optional() }),
  /** Asks the meters in `queue` one after another; `entries` are already given. */
  z.object({ at: z.literal('one'), queue: z.array(z.string()).min(1), entries: z.array(entry), photos }),
  z.object({
    at: z.literal('unsure'),
    meterId: z.string(),
    candidates,
    /** Other meters whose numbers can be read in several ways too; they are asked about next. */
    more: z.array(z.object({ meterId: z.string(), candidates })).optional(),
    /** Meters to be asked for after this one. */
    queue: z.array(z.string()),
    entries: z.array(entry),
    photos,
  }),
  /** One value that is not taken as it is, or only when it is really so; `queue` is asked for afterwards. */
  z.object({
    at: z.literal('doubt'),
    meterId: z.string(),
    queue: z.array(z.string()),
    entries: z.array(entry).min(1),
    photos,
  }),
  /** Values that are taken only with a photo, among others, and there is none yet. */
  z.object({ at: z.literal('photo'), entries: z.array(entry).min(1), photos }),
  /**
   * `agreed`: the doubts that the table shows; «Верно» says yes to these and to no others. `shown`: the receipt that the table names,
   * and the readings that it says are replaced.
   */
  z.object({
    at: z.literal('confirm'),
    entries: z.array(entry).min(1),
    agreed: z.array(z.object({ meterId: z.string(), code: z.string() })),
    shown: z.object({ period: z.string(), replaces: z.array(z.string()) }).optional(),
    photos,
  }),
])
export type Place = z.infer<typeof place>
export type Entries = z.infer<typeof entry>[]

/** Readings typed, or a photo sent, without opening the dialog first. */
export const sentAtOnce = z.union([
  z.object({ text: z.string() }),
  z.object({
    files: z.array(z.custom<InboundFile>((file) => typeof file === 'object')),
    caption: z.string().optional(),
  }),
])
