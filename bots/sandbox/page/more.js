import { ask } from './api.js'
import { el } from './dom.js'
import { menu } from './menu.js'

/** What else a person can do in a chat. */
export function moreMenu(messenger, on) {
  const { root, add, item } = menu('Другие действия')
  let blocked = false
  const block = item('', () => on.act({ do: blocked ? 'unblock' : 'block' }))
  add(
    item('Отправить стикер', () => on.act({ do: 'sticker' })).line,
    item('Отправить геопозицию', () => on.act({ do: 'location' })).line,
    item('Отправить голосовое', () => on.act({ do: 'send', files: [voice] })).line,
    messenger === 'telegram' ? item('Отправить контакт', () => on.act({ do: 'contact' })).line : oldClient(on),
    item('Написать боту в общем чате', () => on.act({ do: 'sayInGroup', text: 'Всем привет!' })).line,
    block.line,
  )
  return {
    root,
    show(chat) {
      ;({ blocked } = chat)
      block.show(true, blocked ? 'Разблокировать бота' : 'Заблокировать бота')
    },
  }
}

export const voice = { kind: 'voice', name: 'voice.ogg', base64: btoa('OggS') }

/** Old VK clients show text buttons only; the bot is told so with every message. */
function oldClient(on) {
  const box = el('input', {
    type: 'checkbox',
    onchange: () =>
      ask(`/sandbox/people/${on.person()}/oldVkClient`, { method: 'POST', body: JSON.stringify({ on: box.checked }) }),
  })
  return el('li', {}, el('label', {}, box, 'Старое приложение ВК'))
}
