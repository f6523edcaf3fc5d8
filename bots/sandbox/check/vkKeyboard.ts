import type { Violation } from './violation.ts'

const MAX_LABEL = 40
const MAX_PAYLOAD = 255
const MAX_PAYLOADS = 1000

interface Keyboard {
  inline?: boolean
  one_time?: boolean
  buttons: { action: { type: string; label?: string; payload?: string } }[][]
}

/** Limits of a keyboard whose shape is sound: inline at most 5 × 6 and 10 in all, default at most 5 × 10 and 40 in all. */
export function vkKeyboard(keyboard: unknown): Violation[] {
  const { inline = false, one_time: oneTime, buttons } = keyboard as Keyboard
  const [maxRows, maxButtons] = inline ? [6, 10] : [10, 40]
  const all = buttons.flat()
  const found: Violation[] = []
  if (inline && oneTime) found.push(bad('keyboard.one_time', 'inline keyboards have no one_time'))
  if (buttons.length > maxRows) found.push(bad('keyboard.buttons', `${buttons.length} rows, at most ${maxRows}`))
  if (all.length > maxButtons) found.push(bad('keyboard.buttons', `${all.length} buttons, at most ${maxButtons}`))
  for (const [y, row] of buttons.entries()) {
    if (row.length > 5) found.push(bad(`keyboard.buttons[${y}]`, `${row.length} buttons in a row, at most 5`))
    if (row.length === 0) found.push(bad(`keyboard.buttons[${y}]`, 'an empty row'))
    for (const [x, { action }] of row.entries())
      found.push(...checkAction(action, `keyboard.buttons[${y}][${x}].action`))
  }
  const payloads = all.reduce((sum, { action }) => sum + (action.payload?.length ?? 0), 0)
  // Soft: a sum of about 1000 is reported by users, not published. So it is a complaint without a refusal.
  if (payloads > MAX_PAYLOADS)
    found.push({
      rule: 'limit',
      path: 'keyboard',
      says: `${payloads} characters of payload in all, about ${MAX_PAYLOADS} are safe`,
    })
  return found
}

function checkAction({ label, payload }: { label?: string; payload?: string }, path: string): Violation[] {
  const found: Violation[] = []
  if (label !== undefined && (label.length === 0 || label.length > MAX_LABEL)) {
    found.push(bad(`${path}.label`, `${label.length} characters, must be 1-${MAX_LABEL}`))
  }
  if (payload === undefined) return found
  if (payload.length > MAX_PAYLOAD)
    found.push(bad(`${path}.payload`, `${payload.length} characters, at most ${MAX_PAYLOAD}`))
  try {
    JSON.parse(payload)
  } catch {
    found.push(bad(`${path}.payload`, 'payload is not valid JSON'))
  }
  return found
}

const bad = (path: string, says: string): Violation => ({
  rule: 'limit',
  path,
  says,
  refusal: { code: 911, text: `Keyboard format is invalid: ${says}` },
})
