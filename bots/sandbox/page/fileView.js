import { el } from './dom.js'
import { icon } from './icons.js'

/** A file as it stands in a message: a picture is shown, anything else is handed over. */
export function fileView({ kind, name, mime, size, url, width, height }) {
  if (kind === 'photo' || (width && mime.startsWith('image/'))) {
    return el(
      'a',
      { href: url, target: '_blank', rel: 'noopener' },
      el('img', { src: url, alt: name, width, height, loading: 'lazy' }),
    )
  }
  return el(
    'a',
    { class: 'document', href: url, download: name },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, icon(kind === 'voice' ? 'voice' : 'page')),
    el('span', {}, kind === 'voice' ? 'Голосовое сообщение' : name, el('small', {}, bytes(size))),
  )
}

const bytes = (size) =>
  size < 1024 ? `${size} Б` : size < 1024 ** 2 ? `${Math.round(size / 1024)} КБ` : `${(size / 1024 ** 2).toFixed(1)} МБ`
