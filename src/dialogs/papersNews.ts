import type { RequestFile } from '../domain/requests/lines.ts'
import type { Dialog } from '../engine/dialog.ts'
import { opens, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { RequestLine } from '../queries/requests.ts'
import { addingTo, linkingOf, standing } from './papersMine.ts'
import type { Place } from './papersPlaces.ts'
import { titleOf } from './papersTexts.ts'
import { fileLost, isOfFile } from './requestFileLost.ts'

type News = NonNullable<Dialog<Place>['news']>

/**
 * `file:<file>`: a file that was sent could not be kept. Anything else is a line of a request: what staff have said of papers, what these have come to
 * by it, and the files that were made.
 */
export const papersNews: News = (here) => (isOfFile(here.about) ? fileLost(here, lost) : staffSaid(here))

const lost = {
  of: 'papers.refusedOf',
  again: (request: string) => opens('papers.addMore', 'papers', { request, more: true }),
}

const staffSaid: News = async (here) => {
  const { resident, queries, about } = here
  const one = resident && /^\d+$/.test(about) ? await queries.requests.one(resident.id, { line: about }) : undefined
  const line = one?.lines.find(({ id }) => id === about)
  if (!one || !line || line.author === 'resident') return undefined
  const { number } = one
  const isMoved = line.state !== undefined
  const isOpen = addingTo(one, here).length > 0
  return screen(
    [
      text('papers.newsTitle', { number, title: titleOf(one) }),
      ...(isMoved ? standing({ ...one, state: line.state ?? one.state }) : []),
      ...(line.text === '' ? [] : [text('papers.staffSay', { words: line.text })]),
      ...(line.state === 'done' && one.kind === 'account' ? [text('papers.opened')] : []),
    ],
    [...linkingOf(one, here), ...addingTo(one, here), opens('papers.show', 'papers', { request: one.id })],
    { nav: 'menu', files: shown(line), keep: line.files.length > 0, hears: line.state === 'waiting' && isOpen },
  )
}

const shown = ({ files }: RequestLine) =>
  files.flatMap(({ id, kind, name }: RequestFile) => (kind === 'video' ? [] : [{ id, kind, name }]))
