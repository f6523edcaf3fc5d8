import { bubble } from './bubble.js'
import { el } from './dom.js'

/** The list of messages. Only what has changed is drawn anew, so that focus, scrolling and the screen reader stay in place. */
export class Log {
  constructor(label, on) {
    this.on = on
    this.root = el('ol', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': label, tabindex: '0' })
    this.shown = new Map()
  }

  clear() {
    this.shown.clear()
    this.root.replaceChildren()
  }

  show(messages) {
    const alive = messages.filter((message) => !message.deleted)
    const atEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 80
    for (const [id, { element }] of this.shown) {
      if (alive.some((message) => message.id === id)) continue
      element.remove()
      this.shown.delete(id)
    }
    let isNew = false
    for (const message of alive) {
      const looks = JSON.stringify(message)
      const before = this.shown.get(message.id)
      if (before?.looks === looks) {
        before.element.querySelector('[aria-busy]')?.removeAttribute('aria-busy')
        continue
      }
      const element = bubble(message, { ...this.on, press: (button) => this.on.press(button, message.id) })
      if (before) this.replace(before.element, element)
      else this.root.append(element)
      isNew ||= !before
      this.shown.set(message.id, { element, looks })
    }
    if (!atEnd && !isNew) return
    this.toEnd()
    // Pictures get their height later.
    for (const image of this.root.querySelectorAll('img'))
      image.addEventListener('load', () => this.toEnd(), { once: true })
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight
  }

  /** A pressed button often gives way to others: focus goes on to the first of them. */
  replace(old, element) {
    const hadFocus = old.contains(document.activeElement)
    old.replaceWith(element)
    if (hadFocus) (element.querySelector('.choice') ?? this.root).focus()
  }
}
