import { el } from './dom.js'
import { inOneLine, serviceWords, time } from './words.js'

/** The topics of a forum. Tab stops at the open one, the arrow keys go on from there. `open(id)` is what is done with a chosen one. */
export class TopicList {
  constructor(open) {
    this.open = open
    this.shown = new Map()
    this.list = el('ul', { class: 'topics', onkeydown: (event) => this.step(event) })
    this.root = el('nav', { 'aria-label': 'Темы форума' }, this.list)
  }

  clear() {
    this.shown.clear()
    this.list.replaceChildren()
  }

  /** `topics` have, besides what they are, `unread` and `last` (see `lastOf`). */
  show(topics, openId) {
    const ordered = inOrder(topics)
    for (const topic of ordered) {
      const looks = JSON.stringify([
        topic.name,
        topic.closed,
        topic.deleted,
        topic.unread,
        topic.last,
        topic.id === openId,
      ])
      const before = this.shown.get(topic.id)
      if (before?.looks === looks) continue
      const element =
        before?.element ?? el('li', {}, el('button', { type: 'button', onclick: () => this.open(topic.id) }))
      fill(element.firstChild, topic, topic.id === openId)
      this.shown.set(topic.id, { element, looks })
    }
    for (const [id, { element }] of this.shown) {
      if (topics.some((topic) => topic.id === id)) continue
      element.remove()
      this.shown.delete(id)
    }
    this.arrange(ordered.map(({ id }) => this.shown.get(id).element))
    const stop = this.shown.get(openId)?.element ?? this.list.firstElementChild
    for (const { element } of this.shown.values()) element.firstChild.tabIndex = element === stop ? 0 : -1
  }

  /** An element that is moved loses its focus. */
  arrange(elements) {
    if (elements.every((element, at) => this.list.children[at] === element)) return
    const focused = this.list.contains(document.activeElement) ? document.activeElement : undefined
    this.list.replaceChildren(...elements)
    focused?.focus()
  }

  focus(id) {
    this.shown.get(id)?.element.firstChild.focus()
  }

  step(event) {
    const all = [...this.list.querySelectorAll('button')]
    const at = all.indexOf(document.activeElement)
    const wanted = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (at < 0 || !all[wanted]) return
    event.preventDefault()
    all[wanted].focus()
  }
}

/** The General topic, those where somebody spoke last, and at the end those that are gone. */
const inOrder = (topics) => {
  const rank = ({ id, deleted }) => (id === GENERAL ? 0 : deleted ? 2 : 1)
  return topics.toSorted((a, b) => rank(a) - rank(b) || (b.last?.id ?? b.id) - (a.last?.id ?? a.id))
}

function fill(button, { id, name, closed, deleted, unread, last, iconColor }, isOpen) {
  const sign = el('span', { class: 'topic-sign', 'aria-hidden': 'true' }, id === GENERAL ? '#' : (name[0] ?? ''))
  if (iconColor) sign.style.background = `#${iconColor.toString(16).padStart(6, '0')}`
  const state = deleted ? 'удалена' : closed ? 'закрыта' : ''
  button.replaceChildren(
    sign,
    el('span', { class: 'topic-name' }, nameOf({ id, name })),
    el('span', { class: 'topic-time' }, last ? time(last.at) : ''),
    el(
      'span',
      { class: 'topic-last' },
      state ? el('i', { class: 'topic-state' }, `${state} `) : '',
      last?.author ? el('b', {}, `${last.author}: `) : '',
      last?.words ?? (deleted ? '' : 'Пока ничего нет'),
    ),
    unread > 0
      ? el('span', { class: 'unread' }, el('span', { class: 'unseen' }, 'непрочитанных: '), String(unread))
      : '',
  )
  if (isOpen) button.setAttribute('aria-current', 'true')
  else button.removeAttribute('aria-current')
}

/** What the list tells of the newest message. */
export function lastOf(messages, nameOf) {
  const last = messages.findLast((one) => !one.deleted)
  if (!last) return undefined
  const { id, at } = last
  return last.service
    ? { id: Number(id), at, words: serviceWords(last) }
    : { id: Number(id), at, words: inOneLine(last), ...(last.from === 'bot' ? {} : { author: nameOf(last) }) }
}

export const GENERAL = 1

export const nameOf = ({ id, name }) => (id === GENERAL ? 'Общая тема' : name)
