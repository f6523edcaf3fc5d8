import { el, iconButton } from './dom.js'
import { fileView } from './fileView.js'
import { icon } from './icons.js'
import { richText } from './richText.js'
import { serviceWords, time } from './words.js'

/**
 * One message as a list item. `on.press(button)`, `on.edit(message)`, `on.erase(message)` and, where it is possible,
 * `on.reply(message)` are what can be done with it.
 */
export function bubble(message, on) {
  if (message.service)
    return el('li', { class: 'message service', 'data-id': message.id }, el('span', {}, serviceWords(message)))
  const own = message.own ?? message.from === 'resident'
  const inside = el('div', { class: 'bubble' }, ...said(message))
  inside.append(el('span', { class: 'meta' }, message.edited ? 'изменено ' : '', time(message.at), own ? ' ✓✓' : ''))
  return el(
    'li',
    { class: own ? 'message own' : 'message', 'data-id': message.id },
    message.shownAuthor ? undefined : el('span', { class: 'unseen' }, own ? 'Вы: ' : 'Бот: '),
    el(
      'div',
      { class: 'line' },
      own ? tools(message, on, own) : undefined,
      inside,
      own ? undefined : tools(message, on, own),
    ),
    message.reaction
      ? el('span', { class: 'reaction' }, el('span', { class: 'unseen' }, 'Реакция бота: '), message.reaction)
      : undefined,
    message.buttons.length > 0 ? rows(message.buttons, on) : undefined,
  )
}

/** What a message holds: who, what it replies to, pictures and files, words. */
export function said({ shownAuthor, own, quoted, sticker, files, location, contact, text, entities }) {
  const { latitude, longitude } = location ?? {}
  const isAlbum = files.length > 1 && files.every(({ kind }) => kind === 'photo')
  return [
    shownAuthor && el('b', { class: own ? 'author unseen' : 'author' }, shownAuthor),
    quoted && el('q', { class: 'quoted' }, el('b', {}, quoted.author), quoted.text),
    sticker && el('span', { class: 'sticker', role: 'img', 'aria-label': 'Стикер' }, icon('smile')),
    ...(isAlbum ? [el('div', { class: 'album' }, ...files.map(fileView))] : files.map(fileView)),
    location && el('div', { class: 'place' }, icon('pin'), `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`),
    contact && el('div', { class: 'place' }, icon('person'), contact),
    text && el('div', { class: 'text' }, ...richText(text, entities)),
  ].filter(Boolean)
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

function tools(message, on, own) {
  const all = [
    on.reply && iconButton('reply', 'Ответить на сообщение', () => on.reply(message)),
    own && message.text !== '' && iconButton('pencil', 'Изменить сообщение', () => on.edit(message)),
    own && iconButton('cross', 'Удалить сообщение', () => on.erase(message)),
  ].filter(Boolean)
  return all.length > 0 ? el('span', { class: 'tools' }, ...all) : undefined
}
