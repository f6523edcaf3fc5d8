import { icon } from './icons.js'

/**
 * Makes an element. Words are only ever set as text, never as markup: whatever is typed in a chat stays inert.
 * Attributes that begin with `on` are listeners; `false` and `undefined` leave an attribute out.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child !== undefined))
  return element
}

/** A button that is a picture: its words are for those who cannot see it. */
export const iconButton = (name, label, onclick, more = {}) =>
  el('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, onclick, ...more }, icon(name))
