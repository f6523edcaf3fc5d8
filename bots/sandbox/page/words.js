const services = {
  forum_topic_created: ({ author }) => `${author}: тема создана`,
  forum_topic_edited: ({ author, serviceAbout }) =>
    serviceAbout ? `${author}: новое название темы — «${serviceAbout}»` : `${author}: новый значок темы`,
  forum_topic_closed: ({ author }) => `${author}: тема закрыта`,
  forum_topic_reopened: ({ author }) => `${author}: тема снова открыта`,
  pinned_message: ({ author }) => `${author}: сообщение закреплено`,
  new_chat_members: ({ serviceAbout }) => `${serviceAbout}: теперь в группе`,
  left_chat_member: ({ serviceAbout }) => `${serviceAbout}: больше не в группе`,
}

/** What a message that tells of something done says. */
export const serviceWords = (message) => services[message.service]?.(message) ?? message.service

const kinds = { photo: 'Фото', video: 'Видео', voice: 'Голосовое сообщение' }

/** A message in one line, without its author. */
export function inOneLine({ text, files, location, sticker, contact }) {
  const [file] = files
  const held = file && (kinds[file.kind] ?? file.name)
  const other = location ? 'Геопозиция' : sticker ? 'Стикер' : contact ? 'Контакт' : undefined
  return [files.length > 1 ? `${held} и ещё ${files.length - 1}` : (held ?? other), text.replace(/\s+/g, ' ').trim()]
    .filter(Boolean)
    .join(' · ')
}

/** The same for a line about it: not longer than is read at a glance. */
export function shortly(message) {
  const line = [...inOneLine(message)]
  return line.length > GLANCE ? `${line.slice(0, GLANCE).join('')}…` : line.join('')
}

const GLANCE = 80

export const time = (at) => new Date(at).toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit' })
