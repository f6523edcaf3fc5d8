import { invalid, type VkCall, vkChatWith } from './call.ts'

/** Not published; clients stop the spinner after about a minute. */
const ANSWERABLE_MS = 60_000

/** Ends the waiting of a pressed callback button, once. */
export function sendMessageEventAnswer({ world, params }: VkCall): 1 {
  const { presses } = world.state.vk
  const press = presses[params.event_id ?? '']
  const person = press && world.person(press.person)
  const isHis = press?.peer === Number(params.peer_id) && person?.vkId === Number(params.user_id)
  if (!press || !person || !isHis || Date.now() - press.at > ANSWERABLE_MS) throw invalid('event_id is invalid')
  delete presses[params.event_id ?? '']
  const data = params.event_data
    ? (JSON.parse(params.event_data) as { type: string; text?: string; link?: string })
    : undefined
  const text = data?.text ?? data?.link
  if (text) vkChatWith(world, person).toast = { text, alert: false, at: Date.now() }
  world.chatChanged('vk', person)
  return 1
}
