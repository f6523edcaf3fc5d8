import { z } from 'zod'
import { questionTopics } from '../domain/requests/questionTopics.ts'
import type { Here } from '../engine/dialog.ts'
import { notOurs } from './emergency.ts'
import { saidOfIt } from './marks.ts'

const topic = z.enum(questionTopics)
const request = z.uuid()
const draft = z.uuid()
/** `account`: the one it is about; null when about none. */
const account = z.int().nullable().exactOptional()
const count = z.int().nonnegative()

/** The places of the dialog of обращения. What was written stands in the draft and in the request, never here. */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('list') }),
  z.object({ at: z.literal('topic'), draft: draft.exactOptional() }),
  /** What is no matter of ours; `words`: what was written about it, and may be sent all the same. */
  z.object({
    at: z.literal('notOurs'),
    ...{ matter: z.enum(notOurs).exactOptional(), topic: topic.exactOptional(), account },
    words: z.object({ text: z.string(), message: z.string() }).exactOptional(),
  }),
  z.object({ at: z.literal('account'), topic, draft: draft.exactOptional() }),
  z.object({ at: z.literal('write'), topic, account }),
  z.object({ at: z.literal('gathered'), draft }),
  z.object({ at: z.literal('files'), draft }),
  z.object({ at: z.literal('drop'), draft }),
  z.object({ at: z.literal('sent'), request }),
  z.object({ at: z.literal('one'), request }),
  /** So many messages and files have been added so far, so many of these being photos. */
  z.object({ at: z.literal('add'), request, messages: count, files: count, photos: count.exactOptional() }),
  z.object({ at: z.literal('reopen'), request }),
  z.object({ at: z.literal('rate'), request }),
  z.object({ at: z.literal('comment'), request }),
])

export type Place = z.infer<typeof place>
export type At<Name extends Place['at']> = Here<Extract<Place, { at: Name }>>

/** What the dialog may be opened with: a new one, all of them, or one of them and what is to be done about it. */
export const opening = z.union([
  z.enum(['new', 'list']),
  z.object({
    request,
    to: z.enum(['add', 'reopen', 'rate', 'solved', 'sent']).optional(),
    ...saidOfIt,
  }),
])
