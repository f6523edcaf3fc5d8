import { messengerOf } from '../../engine/event.ts'
import type { RichText } from '../../engine/outgoing.ts'
import { below, type Words as Locales, type Text, text } from '../../engine/text.ts'
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
    const place = said(text('desk.forum.place', { latitude: location.latitude, longitude: location.longitude }))
    return own.text === '' ? place : below(own, place)
  })
  return parts.filter(({ text: own }) => own !== '').reduce(beneath, heading)
}

/** Below, without an empty line between. */
export function beneath(upper: RichText, lower: RichText): RichText {
  const shift = upper.text.length + 1
  const spans = lower.spans.map((span) => ({ ...span, at: span.at + shift }))
  return { text: `${upper.text}\n${lower.text}`, spans: [...upper.spans, ...spans] }
}
