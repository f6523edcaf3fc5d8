import { el } from './dom.js'

const tags = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'q' }

/** Answers a text with its entities as nodes. Offsets are UTF-16 code units, as JavaScript's own are. */
export function richText(text, entities) {
  const cuts = new Set([0, text.length])
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length)
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, at) => {
    const to = places[at + 1]
    const around = entities.filter(({ offset, length }) => offset <= from && offset + length >= to)
    return around.reduce((inner, entity) => wrap(entity, inner, text), document.createTextNode(text.slice(from, to)))
  })
}

function wrap({ type, url, offset, length }, inner, text) {
  if (type === 'text_link' || type === 'url') return link(url ?? text.slice(offset, offset + length), inner)
  const tag = tags[type]
  return tag ? el(tag, {}, inner) : inner
}

function link(href, inner) {
  if (!/^https?:\/\//i.test(href)) return inner
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, inner)
}
