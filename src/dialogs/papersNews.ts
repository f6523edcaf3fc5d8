import type { RequestFile } from '../domain/requests/lines.ts'
import type { Dialog } from '../engine/dialog.ts'
import { opens, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { RequestLine } from '../queries/requests.ts'
import { addingTo, linkingOf, standing } from './papersMine.ts'
import type { Place } from './papersPlaces.ts'
import { refusedText, titleOf } from './papersTexts.ts'

type News = NonNullable<Dialog<Place>['news']>

/**
 * `file:<file>`: a file that was sent could not be kept. Anything else is a line of a request: what staff have said of papers, what these have come to
 * by it, and the files that were made.
 */
export const papersNews: News = (here) => (here.about.startsWith('file:') ? fileRefused(here) : staffSaid(here))

const fileRefused: News = async (here) => {
  const { resident, queries, about } = here
  const refused = resident && (await queries.requests.refused(resident.id, about.slice('file:'.length)))
  if (!refused) return undefined
  const { id, number } = refused.request
  const why = refusedText(refused, here)
  if (number === undefined) return screen(why, [], { nav: 'menu' })
  return screen(
    [text('papers.refusedOf', { number }), why],
    [opens('papers.addMore', 'papers', { request: id, more: true })],
    { nav: 'menu', hears: true },
  )
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
