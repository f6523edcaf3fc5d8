import { shortly } from './words.js'

/**
 * Answers a chat's messages as they are drawn: without those that were erased, an album as one, each with what it replies to
 * (`quoted`). In a forum `own` says that the person who looks has written it, and `shownAuthor` who has; `names` are the full names
 * of people by their Telegram ids.
 */
export function postsOf(messages, me, names = new Map()) {
  const posts = []
  for (const message of messages) {
    if (message.deleted) continue
    const last = posts.at(-1)
    if (message.album && last?.album === message.album) join(last, message)
    else posts.push({ ...message, ids: [message.id], files: [...message.files] })
  }
  const nameOf = ({ authorId, author }) => names.get(authorId) ?? author
  return posts.map((post) => ({
    ...post,
    ...(me === undefined ? {} : { own: post.authorId === me, shownAuthor: nameOf(post) }),
    ...(post.replyTo ? { quoted: quote(messages, post.replyTo, nameOf) } : {}),
  }))
}

function join(post, { id, files, text, entities, edited, reaction }) {
  post.ids.push(id)
  post.files.push(...files)
  post.edited ||= edited
  post.reaction ??= reaction
  if (post.text === '' && text !== '') Object.assign(post, { text, entities })
}

function quote(messages, id, nameOf) {
  const found = messages.find((one) => one.id === id)
  if (!found || found.deleted) return { author: '', text: 'Удалённое сообщение' }
  return { author: nameOf(found) ?? '', text: shortly(found) }
}
