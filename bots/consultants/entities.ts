import type { MessageEntity } from 'telegraf/types'
import type { RichText, Span } from '../../src/engine/outgoing.ts'
import { soundSpans } from '../../src/engine/soundSpans.ts'

/** Spans as Telegram takes them; offsets are UTF-16 units in both worlds. */
export const entitiesOf = (said: RichText): MessageEntity[] =>
  soundSpans(said).map((span) => {
    const place = { offset: span.at, length: span.length }
    return span.style === 'link' ? { type: 'text_link', url: span.url, ...place } : { type: span.style, ...place }
  })

/** What somebody wrote, with the looks that other messengers and we know: bold, code and links. */
export function richOf(text: string, entities: readonly MessageEntity[] = []): RichText {
  return { text, spans: entities.flatMap(spanOf) }
}

function spanOf(entity: MessageEntity): Span[] {
  const place = { at: entity.offset, length: entity.length }
  switch (entity.type) {
    case 'bold':
      return [{ style: 'bold', ...place }]
    case 'code':
    case 'pre':
      return [{ style: 'code', ...place }]
    case 'text_link':
      return [{ style: 'link', url: entity.url, ...place }]
    default:
      return []
  }
}
