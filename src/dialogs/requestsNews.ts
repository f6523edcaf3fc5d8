import { calledName } from '../domain/firstName.ts'
import { shownAs } from '../domain/requests/lines.ts'
import type { Dialog } from '../engine/dialog.ts'
import { type Choice, opens, screen } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { RequestLine } from '../queries/requests.ts'
import { fileLost, isOfFile } from './requestFileLost.ts'
import type { Place } from './requestsPlaces.ts'

type News = NonNullable<Dialog<Place>['news']>

/**
 * `<line>`: what staff has said of a request, or brought it to, with what he can do about it. `file:<file>`: a file that was sent for one could not
 * be kept.
 */
export const requestsNews: News = (here) => (isOfFile(here.about) ? fileLost(here, lost) : told(here))

const told: News = async ({ about, resident, queries }) => {
  const request = resident && /^\d+$/.test(about) ? await queries.requests.one(resident.id, { line: about }) : undefined
  const line = request?.lines.find(({ id }) => id === about)
  if (!request || !line || line.author === 'resident') return undefined
  const { id, number } = request
  const { text: words, files, state } = line
  const said = saidBy(line)
  // That it lies in the queue again is nobody's news.
  if (said.length === 0 && (state === undefined || state === 'new')) return undefined
  const how = state === undefined || state === 'new' ? 'more' : state
  return screen([text(`requests.news.${how}`, { number }), ...said], doorsOf(id, how), {
    nav: 'menu',
    hears: how === 'waiting',
    keep: words !== '' || files.length > 0,
    files: files.map((file) => ({ id: file.id, kind: shownAs(file), name: file.name })),
  })
}

function saidBy({ name, text: words }: RequestLine): Text[] {
  if (words === '') return []
  return [
    name === undefined ? text('common.words', { words }) : text('requests.saidBy', { name: calledName(name), words }),
  ]
}

function doorsOf(request: string, how: string): Choice[] {
  const add = (label: string) => opens(label, 'requests', { request, to: 'add' })
  const show = opens('requests.show', 'requests', { request })
  if (how === 'waiting') return [add('requests.reply'), show]
  if (how === 'closed') return [opens('requests.rate', 'requests', { request, to: 'rate' }), show]
  if (how !== 'answered' && how !== 'redirected') return [add('requests.addMore'), show]
  return [
    opens('requests.solved', 'requests', { request, to: 'solved' }),
    opens('requests.notSolved', 'requests', { request, to: 'reopen' }),
    opens('requests.rate', 'requests', { request, to: 'rate' }),
    show,
  ]
}

const lost = {
  of: 'requests.news.fileLost',
  again: (request: string) => opens('requests.addMore', 'requests', { request, to: 'add' }),
}
