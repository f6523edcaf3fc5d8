import { ask } from './api.js'
import { el } from './dom.js'

const names = { telegram: 'Telegram', vk: 'ВКонтакте' }

/** The flats of the sample town; a chosen value is handed to `take`. */
export function fillFlats(flats, take) {
  const list = document.querySelector('#flats')
  if (flats.length === 0) list.replaceChildren(el('li', { class: 'hint' }, 'Пример города ещё не загружен.'))
  for (const { address, accountNo, activationCode, note } of flats) {
    const copy = (label, value) =>
      value &&
      el(
        'button',
        { type: 'button', class: 'copy', onclick: () => take(value), title: 'Вставить в поле ввода' },
        el('small', {}, label),
        value,
      )
    list.append(
      el(
        'li',
        {},
        copy('адрес', address),
        el(
          'div',
          { class: 'pair' },
          copy('лицевой счёт', accountNo),
          copy('код активации', activationCode) || undefined,
        ),
        note ? el('p', { class: 'note' }, note) : undefined,
      ),
    )
  }
}

/** How many calls of the bots were checked, and how many broke a rule. */
export async function showStats() {
  const stats = await ask('/sandbox/stats')
  document
    .querySelector('#stats')
    .replaceChildren(
      ...Object.entries(stats).flatMap(([messenger, { calls, violations }]) => [
        el('dt', {}, names[messenger]),
        el('dd', {}, String(calls)),
        el(
          'dd',
          { class: violations > 0 ? 'bad' : 'good' },
          violations > 0 ? `нарушений: ${violations}` : 'нарушений нет',
        ),
      ]),
    )
}

export async function showViolations() {
  const all = await ask('/sandbox/violations')
  const box = document.querySelector('#violations')
  box.hidden = all.length === 0
  box.querySelector('h2').textContent = `Нарушены правила платформ: ${all.length}`
  box.querySelector('ol').replaceChildren(
    ...all
      .slice(-20)
      .reverse()
      .map(({ messenger, method, path, says }) =>
        el('li', {}, el('b', {}, `${names[messenger]} · ${method}`), ` ${path}: ${says}`),
      ),
  )
}
