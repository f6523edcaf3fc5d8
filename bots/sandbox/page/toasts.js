import { el } from './dom.js'

const SHOWN_MS = 4000

/** Short words above the chat: what an answered press says. */
export class Toasts {
  constructor() {
    this.root = el('div', { class: 'toast', role: 'status', hidden: true })
    this.seen = Date.now()
  }

  forget() {
    this.seen = Date.now()
    this.root.hidden = true
  }

  show(toast) {
    if (!toast || toast.at <= this.seen) return
    this.seen = toast.at
    this.root.textContent = toast.text
    this.root.hidden = false
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => {
        this.root.hidden = true
      },
      toast.alert ? SHOWN_MS * 2 : SHOWN_MS,
    )
  }
}
