import { z } from 'zod'
import { subjects } from '../domain/deskSubjects.ts'
import type { Here } from '../engine/dialog.ts'

const file = z.object({
  kind: z.enum(['photo', 'document', 'voice', 'video']),
  ref: z.string(),
  name: z.string(),
  size: z.number().exactOptional(),
})

const sent = z.object({
  message: z.string().optional(),
  text: z.string().optional(),
  files: z.array(file).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number(), title: z.string().exactOptional() }).optional(),
  repliesTo: z.string().optional(),
  album: z.string().optional(),
})

/**
 * `told`: where consultants are, when not here. `question`: asked when nobody is there; `asked` since the first words are kept. `account`, `address`:
 * what these are about. `unsent`: words of a talk that was over too long ago. `rating`, `comment`, `transcript`: of a talk that is over.
 */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('told') }),
  z.object({ at: z.literal('subject') }),
  z.object({ at: z.literal('question'), subject: z.enum(subjects), asked: z.literal(true).optional() }),
  z.object({ at: z.literal('account') }),
  z.object({ at: z.literal('address') }),
  z.object({ at: z.literal('waiting') }),
  z.object({ at: z.literal('talking') }),
  z.object({ at: z.literal('unsent'), sent }),
  z.object({ at: z.literal('rating'), handOff: z.uuid() }),
  z.object({ at: z.literal('comment'), handOff: z.uuid() }),
  z.object({ at: z.literal('transcript'), handOff: z.uuid() }),
])

export type Place = z.infer<typeof place>
export type At<Name extends Place['at']> = Here<Extract<Place, { at: Name }>>
