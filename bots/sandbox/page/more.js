import { ask } from './api.js'
import { el } from './dom.js'
import { icon } from './icons.js'

/** What else a person can do in a chat, behind «⋮». */
export function moreMenu(messenger, on) {
  const list = el('ul', {})
  const root = el(
    'details',
    { class: 'more' },
    el('summary', { 'aria-label': 'Другие действия', title: 'Другие действия' }, icon('dots')),
    list,
  )
  const item = (words, run) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          onclick: () => {
            root.open = false
            root.querySelector('summary').focus()
            run()
          },
        },
        words,
      ),
    )
  const block = item('', () => on.act({ do: block.dataset.blocked === 'yes' ? 'unblock' : 'block' }))
  list.append(
    item('Отправить стикер', () => on.act({ do: 'sticker' })),
    item('Отправить геопозицию', () => on.act({ do: 'location' })),
    item('Отправить голосовое', () =>
      on.act({ do: 'send', files: [{ kind: 'voice', name: 'voice.ogg', base64: btoa('OggS') }] }),
    ),
    ...(messenger === 'telegram' ? [item('Отправить контакт', () => on.act({ do: 'contact' }))] : [oldClient(on)]),
    item('Написать боту в общем чате', () => on.act({ do: 'sayInGroup', text: 'Всем привет!' })),
    block,
  )
  document.addEventListener('click', (event) => {
    if (!root.contains(event.target)) root.open = false
  })
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    root.open = false
    root.querySelector('summary').focus()
  })
  return {
    root,
    show(chat) {
      block.dataset.blocked = chat.blocked ? 'yes' : 'no'
      block.firstChild.textContent = chat.blocked ? 'Разблокировать бота' : 'Заблокировать бота'
    },
  }
}

/** Old VK clients show text buttons only; the bot is told so with every message. */
function oldClient(on) {
  const box = el('input', {
    type: 'checkbox',
    onchange: () =>
      ask(`/sandbox/people/${on.person()}/oldVkClient`, { method: 'POST', body: JSON.stringify({ on: box.checked }) }),
  })
  return el('li', {}, el('label', {}, box, 'Старое приложение ВК'))
}
