import { rows, said } from './bubble.js'
import { el } from './dom.js'
import { shortly } from './words.js'

/** The pinned message on top of a topic; folded, its first words only. */
export class Pinned {
  constructor(press) {
    this.press = press
    this.words = el('span', { class: 'pinned-words' })
    this.body = el('div', { class: 'pinned-body' })
    this.root = el(
      'details',
      // On a low screen it would take the place of the messages.
      { class: 'pinned', open: window.innerHeight > LOW_PX, hidden: true },
      el('summary', {}, el('b', {}, 'Закреплено'), ' ', this.words),
      this.body,
    )
  }

  show(post) {
    this.root.hidden = !post
    const looks = JSON.stringify(post ?? null)
    if (looks === this.looks) {
      this.body.querySelector('[aria-busy]')?.removeAttribute('aria-busy')
      return
    }
    this.looks = looks
    if (!post) return
    const hadFocus = this.body.contains(document.activeElement)
    this.words.textContent = shortly(post)
    this.body.replaceChildren(
      el('div', { class: 'pinned-said' }, ...said({ ...post, shownAuthor: undefined })),
      ...(post.buttons.length > 0 ? [rows(post.buttons, { press: (button) => this.press(button, post.id) })] : []),
    )
    if (hadFocus) (this.body.querySelector('.choice') ?? this.root.querySelector('summary')).focus()
  }
}

const LOW_PX = 620
