import { type Act, CannotDo } from './acts.ts'
import type { SeenButton, SeenChat } from './seen.ts'

export interface Pressed {
  button: SeenButton
  /** The message it sits under; none for a keyboard below the input. */
  message?: string
}

/** Finds the button that a press means: the newest with the label or token, or the one under the named message. */
export function findButton(chat: Pick<SeenChat, 'messages' | 'keyboard'>, act: Extract<Act, { do: 'press' }>): Pressed {
  const fits = (button: SeenButton) =>
    act.label !== undefined ? button.label === act.label : act.token !== undefined && carries(button.token, act.token)
  for (const message of chat.messages.toReversed()) {
    if (message.deleted || (act.message !== undefined && message.id !== act.message)) continue
    const button = message.buttons.flat().find(fits)
    if (button) return { button, message: message.id }
  }
  if (act.token !== undefined && act.message !== undefined) {
    return { button: { label: '', kind: 'callback', token: act.token }, message: act.message }
  }
  const below = act.message === undefined ? chat.keyboard.flat().find(fits) : undefined
  if (below) return { button: below }
  const shown = [...chat.messages.flatMap((one) => (one.deleted ? [] : one.buttons.flat())), ...chat.keyboard.flat()]
  throw new CannotDo(
    `no button «${act.label ?? act.token}»; there are: ${shown.map((one) => one.label).join(' · ') || 'none'}`,
  )
}

/** A VK payload wraps the token in JSON. */
function carries(token: string | undefined, wanted: string): boolean {
  return token === wanted || (token?.includes(JSON.stringify(wanted)) ?? false)
}
