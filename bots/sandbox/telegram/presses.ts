import { Refused } from '../refused.ts'
import { chatWith } from './bots.ts'
import { groupChanged, type TelegramCall } from './call.ts'

/** The documentation names no deadline; real bots report refusals from some seconds on. */
const ANSWERABLE_MS = 30_000

/** Ends the waiting of a pressed button; its text is shown above the chat, or in a window when `show_alert`. */
export function answerCallbackQuery({ world, bot, params }: TelegramCall): true {
  const press = bot.presses[params.callback_query_id]
  if (!press || Date.now() - press.at > ANSWERABLE_MS) {
    throw new Refused(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid')
  }
  const person = world.person(press.person)
  if (!person) return true
  const toast = { text: params.text, alert: params.show_alert ?? false, at: Date.now() }
  const group = press.group === undefined ? undefined : world.state.telegram.groups[press.group]
  if (group) {
    if (params.text && group.forum) group.forum.toasts[person.id] = toast
    groupChanged(world, group)
    return true
  }
  if (params.text) chatWith(bot, person).toast = toast
  world.chatChanged('telegram', person)
  return true
}

/** Forgets presses that can no longer be answered. */
export function forgetOldPresses(presses: Record<string, { at: number }>): void {
  for (const [id, { at }] of Object.entries(presses)) if (Date.now() - at > ANSWERABLE_MS) delete presses[id]
}
