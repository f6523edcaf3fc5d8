import { z } from 'zod'

const ofReading = { readingId: z.uuid(), photos: z.array(z.string()) }
const values = z.array(z.number()).min(1)

/** The places of the dialog of confirmations; from `which` on a reading is corrected whose receipt is closed. */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('shown') }),
  z.object({ at: z.literal('which') }),
  z.object({ at: z.literal('value'), ...ofReading }),
  z.object({ at: z.literal('photo'), ...ofReading, values }),
  z.object({ at: z.literal('sure'), ...ofReading, values }),
])
export type Place = z.infer<typeof place>
