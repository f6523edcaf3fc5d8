import { z } from 'zod'
import { type DocumentKind, documentKinds, documentWays } from '../domain/documents/kinds.ts'
import { isPeriod, type Period } from '../domain/period.ts'
import type { Here } from '../engine/dialog.ts'
import type { RequestLine, ResidentsRequest } from '../queries/requests.ts'

/** The places of the dialog of documents that are asked for: what there is, what has been asked for, one order. */
export const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('kinds') }),
  z.object({ at: z.literal('mine') }),
  /** `files`: they are sent once more. */
  z.object({ at: z.literal('one'), request: z.uuid(), files: z.literal(true).exactOptional() }),
  z.object({ at: z.literal('answer'), request: z.uuid() }),
  z.object({ at: z.literal('cancel'), request: z.uuid() }),
])

export type Place = z.infer<typeof place>
export type At<Name extends Place['at']> = Here<Extract<Place, { at: Name }>>

/** What the dialog may be opened with: what has been asked for, an order, or a kind that was named in the words that opened it. */
export const opening = z.union([
  z.literal('mine'),
  z.object({ request: z.uuid(), to: z.enum(['answer', 'files']).optional() }),
  z.object({ kind: z.enum(documentKinds) }),
])

const period = z.custom<Period>((value) => typeof value === 'string' && isPeriod(value))
const details = z.object({
  way: z.enum(documentWays).catch('chat'),
  months: z.object({ from: period, to: period }).optional().catch(undefined),
  office: z.string().optional().catch(undefined),
})

/** An order of staff as it was made. */
export type Order = ResidentsRequest & { document: DocumentKind } & z.infer<typeof details>

/** A request as an order; nothing of another kind. */
export function asOrder<Request extends ResidentsRequest>(request: Request): (Request & Order) | undefined {
  const document = documentKinds.find((one) => one === request.subject)
  const read = details.safeParse(request.details)
  return request.kind === 'order' && document && read.success ? { ...request, document, ...read.data } : undefined
}

/** The order that a place is about, with all that was said of it. */
export async function orderHere({
  resident,
  queries,
  place,
}: Here<{ request: string }>): Promise<(Order & { lines: RequestLine[] }) | undefined> {
  const request = resident && (await queries.requests.one(resident.id, { id: place.request }))
  return request && asOrder(request)
}
