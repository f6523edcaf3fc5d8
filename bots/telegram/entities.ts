import type { MessageEntity } from 'grammy/types'
import type { RichText, Span } from '../../src/engine/outgoing.ts'
import { soundSpans } from '../../src/engine/soundSpans.ts'

/** Spans as Telegram takes them; offsets are UTF-16 units in both worlds. */
export const entitiesOf = (said: RichText): MessageEntity[] => soundSpans(said).map(entityOf)

function entityOf(span: Span): MessageEntity {
  const place = { offset: span.at, length: span.length }
  return span.style === 'link' ? { type: 'text_link', url: span.url, ...place } : { type: span.style, ...place }
}
