import { messengerOf } from '../../engine/event.ts'
import type { RichText } from '../../engine/outgoing.ts'
import { below, beneath, type Words as Locales, type Text, text } from '../../engine/text.ts'
import { staffLanguage } from '../records.ts'
import type { Batch } from './batches.ts'

/** What consultants read above a resident's words: who and when, in which messenger; then the words themselves, line by line. */
export function residentsWords(lines: Batch['lines'], words: Locales): RichText {
  const [first] = lines
  if (!first) return { text: '', spans: [] }
  const messenger = first.chat ? messengerOf(first.chat) : 'vk'
  const said = (about: Text) => words.rich(staffLanguage, about)
  const when = {
    time: first.at.toISOString(),
    messenger: text(`desk.forum.${messenger}`),
  }
  const heading =
    first.author === 'consultant'
      ? said(text('desk.forum.admin', when))
      : said(text(first.body.edits === undefined ? 'desk.forum.resident' : 'desk.forum.edited', when))
  const parts = lines.map(({ body: { text: own, location } }) => {
    if (!location) return own
    const { latitude, longitude, title } = location
    const at = { latitude, longitude, title: title ?? `${latitude}, ${longitude}` }
    const place = said(text('desk.forum.place', at))
    return below(own, place)
  })
  return parts.filter(({ text: own }) => own !== '').reduce(beneath, heading)
}
