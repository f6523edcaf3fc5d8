import type { Button } from '../../src/engine/outgoing.ts'
import { buttonsInline, vkLimits } from './limits.ts'

/**
 * A keyboard as messages.send takes it. Normally it is inline, with callback buttons. An old client gets a keyboard of text
 * buttons under its entry field: it goes once it was used, and a message without buttons takes it away.
 */
export function keyboardOf(buttons: Button[][], textButtonsOnly: boolean): string | undefined {
  const rows = fitted(buttons.filter((row) => row.length > 0)).map((row) =>
    row.map((button) => action(button, textButtonsOnly)),
  )
  if (textButtonsOnly) return JSON.stringify({ one_time: rows.length > 0, buttons: rows })
  return rows.length > 0 ? JSON.stringify({ one_time: false, inline: true, buttons: rows }) : undefined
}

function action({ label, token }: Button, textButtonsOnly: boolean) {
  const payload = JSON.stringify({ t: token })
  return { action: { type: textButtonsOnly ? 'text' : 'callback', label: shortened(label), payload } }
}

/** The engine gives ten buttons at most. Too many rows are packed evenly; the last one («Назад», «Меню») stays by itself. */
function fitted(rows: Button[][]): Button[][] {
  const { buttonsInRow, rows: most } = vkLimits
  const kept = rows.flat().slice(0, buttonsInline)
  if (rows.length <= most && rows.every((row) => row.length <= buttonsInRow)) return inRowsOf(rows, kept)
  const lastLength = Math.min(rows.at(-1)?.length ?? 0, buttonsInRow)
  const last = kept.slice(kept.length - lastLength)
  const others = kept.slice(0, kept.length - lastLength)
  const width = Math.ceil(others.length / (most - 1))
  return [...chunks(others, Math.max(width, 1)), last].filter((row) => row.length > 0)
}

/** The rows as they were, without the buttons that are too many. */
function inRowsOf(rows: Button[][], kept: Button[]): Button[][] {
  return rows.map((row) => row.filter((button) => kept.includes(button))).filter((row) => row.length > 0)
}

const chunks = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

function shortened(label: string): string {
  const sound = label.replace(/\p{Surrogate}/gu, '\uFFFD').trim() || '…'
  if (sound.length <= vkLimits.label) return sound
  return `${sound.slice(0, vkLimits.label - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
