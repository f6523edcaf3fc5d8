import { el } from './dom.js'

/** Telegram's own time for an action that nothing has followed. */
const BUSY_MS = 5000

/** The quiet line below a title; while the bot is busy, what it does. */
export class Status {
  constructor() {
    this.root = el('span', { class: 'status' })
  }

  show(words, busy) {
    clearTimeout(this.timer)
    const left = (busy?.at ?? 0) + BUSY_MS - Date.now()
    this.root.textContent = left > 0 ? (doings[busy.action] ?? 'бот отправляет файл…') : words
    if (left > 0) this.timer = setTimeout(() => this.show(words), left)
  }
}

const doings = { typing: 'бот печатает…' }
