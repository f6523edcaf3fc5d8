import { type Here, opens, screen } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import type { RequestInDraft, RequestLine, ResidentsRequest } from '../queries/requests.ts'

/** What he is writing. */
export const draftHere = async ({ resident, queries }: Here<unknown>): Promise<RequestInDraft | undefined> =>
  resident && queries.requests.draft(resident.id, 'question')

/** The request that a place is about, with all that was said of it. */
export const requestHere = async ({
  resident,
  queries,
  place,
}: Here<{ request: string }>): Promise<(ResidentsRequest & { lines: RequestLine[] }) | undefined> =>
  resident && queries.requests.one(resident.id, { id: place.request })

/** He has deleted his data meanwhile, and begun anew. */
export const notThere = screen(text('requests.gone'), [opens('requests.all', 'requests', 'list')], { nav: 'menu' })
