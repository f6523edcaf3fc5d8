import { el, iconButton } from './dom.js'

/** A line that asks for a topic's name. `save(name)` answers whether it was done. */
export function nameForm(label, words, save) {
  const input = el('input', {
    class: 'payload',
    'aria-label': label,
    placeholder: label,
    maxlength: '128',
    required: true,
  })
  const root = el(
    'form',
    {
      class: 'begin',
      hidden: true,
      onsubmit: async (event) => {
        event.preventDefault()
        if (await save(input.value.trim())) root.hidden = true
      },
      onkeydown: (event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        root.hidden = true
      },
    },
    input,
    el('button', { class: 'start' }, words),
    iconButton('cross', 'Отменить', () => {
      root.hidden = true
    }),
  )
  return {
    root,
    open(name) {
      root.hidden = false
      input.value = name
      input.focus()
      input.select()
    },
  }
}
