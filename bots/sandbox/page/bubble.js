import { el, iconButton } from './dom.js'
import { icon } from './icons.js'
import { richText } from './richText.js'

/** One message as a list item. `on.press(button)`, `on.edit(message)` and `on.erase(message)` are what can be done with it. */
export function bubble(message, on) {
  const own = message.from === 'resident'
  const inside = el('div', { class: 'bubble' })
  if (message.sticker)
    inside.append(el('span', { class: 'sticker', role: 'img', 'aria-label': 'Стикер' }, icon('smile')))
  inside.append(...message.files.map(file))
  if (message.location) {
    const { latitude, longitude } = message.location
    inside.append(el('div', { class: 'place' }, icon('pin'), `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`))
  }
  if (message.contact) inside.append(el('div', { class: 'place' }, icon('person'), message.contact))
  if (message.text) inside.append(el('div', { class: 'text' }, ...richText(message.text, message.entities)))
  inside.append(el('span', { class: 'meta' }, message.edited ? 'изменено ' : '', time(message.at), own ? ' ✓✓' : ''))
  return el(
    'li',
    { class: own ? 'message own' : 'message', 'data-id': message.id },
    el('span', { class: 'unseen' }, own ? 'Вы: ' : 'Бот: '),
    el('div', { class: 'line' }, own ? tools(message, on) : undefined, inside),
    message.buttons.length > 0 ? rows(message.buttons, on) : undefined,
  )
}

/** Rows of buttons, under a message or below the input. */
export function rows(buttons, on) {
  return el(
    'div',
    { class: 'rows' },
    ...buttons.map((row) => el('div', { class: 'row' }, ...row.map((one) => button(one, on)))),
  )
}

function button(one, on) {
  if (one.kind === 'link') {
    return el('a', { class: 'choice', href: one.link, target: '_blank', rel: 'noopener noreferrer' }, one.label, ' ↗')
  }
  return el(
    'button',
    {
      type: 'button',
      class: one.color ? `choice ${one.color}` : 'choice',
      onclick: async ({ currentTarget }) => {
        currentTarget.setAttribute('aria-busy', 'true')
        if (!(await on.press(one))) currentTarget.removeAttribute('aria-busy')
      },
    },
    one.label,
  )
}

function tools(message, on) {
  const editable = message.text !== ''
  return el(
    'span',
    { class: 'tools' },
    editable ? iconButton('pencil', 'Изменить сообщение', () => on.edit(message)) : undefined,
    iconButton('cross', 'Удалить сообщение', () => on.erase(message)),
  )
}

function file({ kind, name, mime, size, url, width, height }) {
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

const time = (at) => new Date(at).toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit' })
