import { el } from './dom.js'
import { icon } from './icons.js'

/** What else can be done, behind «⋮». `item(words, run)` makes a line of it, whose words and sight may change later. */
export function menu(label) {
  const list = el('ul', {})
  const root = el(
    'details',
    { class: 'more' },
    el('summary', { 'aria-label': label, title: label }, icon('dots')),
    list,
  )
  const close = () => {
    root.open = false
    root.querySelector('summary').focus()
  }
  document.addEventListener('click', (event) => {
    if (!root.contains(event.target)) root.open = false
  })
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !root.open) return
    event.stopPropagation()
    close()
  })
  return {
    root,
    add: (...lines) => list.append(...lines),
    item(words, run) {
      const button = el(
        'button',
        {
          type: 'button',
          onclick: () => {
            close()
            run()
          },
        },
        words,
      )
      const line = el('li', {}, button)
      return {
        line,
        show(isShown, otherWords = words) {
          line.hidden = !isShown
          button.textContent = otherWords
        },
      }
    },
    heading: (words) => el('li', { class: 'heading' }, words),
  }
}
