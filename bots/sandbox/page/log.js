import { bubble } from './bubble.js'
import { el } from './dom.js'

/**
 * The list of messages. Only what has changed is drawn anew, so that focus, scrolling and the screen reader stay in place.
 * Tab finds only the buttons of the bot's last message, so that the field below is never a whole history away; from there the
 * arrow keys go to the older ones.
 */
export class Log {
  constructor(label, on) {
    this.on = on
    this.root = el('ol', {
      ...{ class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': label, tabindex: '0' },
      onkeydown: (event) => this.step(event),
    })
    this.shown = new Map()
  }

  clear() {
    this.shown.clear()
    this.root.replaceChildren()
  }

  /** Posts as `postsOf` answers them. */
  show(alive) {
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
    this.orderTabs(alive.findLast((message) => message.from === 'bot' && !message.service))
    if (!atEnd && !isNew) return
    this.toEnd()
    // Pictures get their height later.
    for (const image of this.root.querySelectorAll('img'))
      image.addEventListener('load', () => this.toEnd(), { once: true })
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight
  }

  orderTabs(last) {
    const latest = this.shown.get(last?.id)?.element
    // Where there is nothing to choose, what else can be done with the message is the way into the log.
    const stops = latest?.querySelector(choices) ? choices : controls
    for (const { element } of this.shown.values())
      for (const control of element.querySelectorAll(controls))
        control.tabIndex = element === latest && control.matches(stops) ? 0 : -1
    if (this.lostFocus) latest?.querySelector('.choice')?.focus()
    this.lostFocus = false
  }

  step(event) {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key]
    const all = [...this.root.querySelectorAll(controls)]
    const at = all.indexOf(document.activeElement)
    const next = by && at >= 0 ? all[at + by] : undefined
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  /** A pressed button often gives way to others, here or in the next message: focus goes on to the first of them. */
  replace(old, element) {
    const hadFocus = old.contains(document.activeElement)
    old.replaceWith(element)
    if (!hadFocus) return
    const choice = element.querySelector('.choice')
    this.lostFocus = !choice
    ;(choice ?? this.root).focus()
  }
}

const controls = 'button, a[href]'
const choices = '.choice, a[href]'
