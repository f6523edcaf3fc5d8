import { Composer } from './composer.js'
import { el, iconButton } from './dom.js'
import { Log } from './log.js'
import { menu } from './menu.js'
import { voice } from './more.js'
import { nameForm } from './nameForm.js'
import { Pinned } from './pinned.js'
import { postsOf } from './posts.js'
import { readFiles } from './sentFiles.js'
import { Status } from './status.js'
import { GENERAL, nameOf } from './topicList.js'
import { time } from './words.js'

/**
 * One topic of a forum, opened; it keeps what was half-written in it. `on.do(act)` answers whether it was done, `on.back()` leads to
 * the list, `on.joins()` takes the person who plays into the group again.
 */
export class TopicView {
  constructor(id, on) {
    this.id = id
    this.on = on
    const where = id === GENERAL ? {} : { topic: id }
    this.where = where
    const press = ({ label, token }, message) =>
      on.do({ do: 'press', ...(token === undefined ? { label } : { token }), message, ...where })
    this.log = new Log('Переписка в теме', {
      press,
      reply: (post) => this.composer.reply(post),
      edit: (post) => this.composer.edit(post),
      erase: async ({ ids }) => {
        for (const message of ids) await on.do({ do: 'erase', message })
      },
    })
    this.composer = new Composer('Сообщение в теме', {
      say: (text, replyTo) => on.do({ do: 'say', text, replyTo, ...where }),
      edit: (message, text) => on.do({ do: 'edit', message, text }),
      files: async (files, caption, replyTo) =>
        on.do({ do: 'send', files: await readFiles(files), caption: caption || undefined, replyTo, ...where }),
      lastOwn: () => this.posts.findLast((post) => post.own && !post.service && post.text !== ''),
    })
    this.posts = []
    this.pinned = new Pinned(press)
    this.name = el('h2', {})
    this.status = new Status()
    this.rename = nameForm('Название темы', 'Переименовать', (name) => on.do({ do: 'renameTopic', name, topic: id }))
    this.menu = this.makeMenu()
    this.barrier = el('div', { class: 'barrier', hidden: true })
    this.root = el(
      'section',
      {
        class: 'topic',
        onkeydown: ({ key }) => {
          if (key === 'Escape') on.back()
        },
      },
      el(
        'header',
        { class: 'bar' },
        iconButton('back', 'К списку тем', () => on.back(), { class: 'icon back' }),
        el('div', { class: 'title' }, this.name, this.status.root),
        this.menu.root,
      ),
      this.rename.root,
      this.pinned.root,
      this.log.root,
      this.barrier,
      this.composer.root,
    )
  }

  makeMenu() {
    const { root, add, item, heading } = menu('Действия с темой')
    const act = (what) => () => this.on.do({ do: what, topic: this.id })
    const items = {
      location: item('Отправить геопозицию', () => this.on.do({ do: 'location', ...this.where })),
      voice: item('Отправить голосовое', () => this.on.do({ do: 'send', files: [voice], ...this.where })),
      rename: item('Переименовать тему', () => this.rename.open(this.topic.name)),
      close: item('Закрыть тему', act('closeTopic')),
      reopen: item('Открыть тему снова', act('reopenTopic')),
      remove: item('Удалить тему со всей перепиской', act('deleteTopic')),
    }
    const { location, voice: spoken, ...rest } = items
    this.goesWrong = heading('Что может пойти не так')
    add(location.line, spoken.line, this.goesWrong, ...Object.values(rest).map(({ line }) => line))
    return { root, items }
  }

  /** `me` is the person who plays: `{ telegramId, isMember, isOwner }`; `names` are people's by their Telegram ids. */
  show(topic, me, names) {
    this.topic = topic
    this.posts = postsOf(topic.messages, me.telegramId, names)
    this.log.show(this.posts)
    const pinned = topic.pinned.at(-1)
    this.pinned.show(this.posts.find(({ id }) => id === pinned))
    this.name.textContent = nameOf(topic)
    const words = wordsAgainst(topic, me)
    this.barrier.hidden = !words
    if (words !== this.barred) this.barrier.replaceChildren(...this.barrierOf(words, me))
    this.barred = words
    const mayWrite = me.isMember && !topic.deleted && (!topic.closed || me.isOwner)
    this.composer.root.hidden = !mayWrite
    this.showMenu(topic, me, mayWrite)
    this.showStatus(topic)
  }

  barrierOf(words, me) {
    if (!words) return []
    const button = !me.isMember
      ? ['Вернуться в группу', () => this.on.joins()]
      : this.topic.deleted
        ? undefined
        : ['Открыть снова', () => this.on.do({ do: 'reopenTopic', topic: this.id })]
    return [
      el('p', {}, words),
      ...(button ? [el('button', { type: 'button', class: 'start', onclick: button[1] }, button[0])] : []),
    ]
  }

  showMenu({ closed, deleted }, { isMember }, mayWrite) {
    const { location, voice: spoken, rename, close, reopen, remove } = this.menu.items
    const isOwn = isMember && !deleted && this.id !== GENERAL
    location.show(mayWrite)
    spoken.show(mayWrite)
    rename.show(isOwn)
    close.show(isOwn && !closed)
    reopen.show(isOwn && closed)
    remove.show(isOwn)
    this.goesWrong.hidden = !isOwn
    this.menu.root.hidden = !mayWrite && !isOwn
  }

  showStatus({ messages, deleted, closed, busy }) {
    const last = messages.findLast((one) => !one.deleted)
    const state = deleted ? 'удалена' : closed ? 'закрыта' : 'открыта'
    this.status.show(last ? `${state} · последнее в ${time(last.at)}` : state, busy)
  }

  /** When the topic has come into sight: what has no height out of sight gets it. */
  inSight() {
    this.composer.fit()
    this.log.toEnd()
  }
}

function wordsAgainst({ closed, deleted }, { isMember, isOwner }) {
  if (deleted) return 'Тема удалена вместе с перепиской.'
  if (!isMember) return 'Вы вышли из группы и писать в ней не можете.'
  if (!closed) return undefined
  return isOwner ? 'Тема закрыта, но владельцу группы писать можно.' : 'Тема закрыта: писать в ней пока нельзя.'
}
