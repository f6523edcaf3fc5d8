import type { StaffAnswer } from '../channel.ts'
import { isRequestAct, requestActs } from '../requests/handle/acts.ts'
import { acts, isAct } from './acts.ts'
import { plainly, type Turn } from './turn.ts'

/** A token is `act:id` or `act:id:choice`; whatever else it may be was never ours. What came of it is told above the chat. */
export async function press(turn: Turn, token: string): Promise<StaffAnswer> {
  const [, act = '', id = '', choice] = /^([a-z]+):([\w-]+)(?::([\w:]+))?$/.exec(token) ?? []
  if (!isId(act, id)) return {}
  const work = isAct(act) ? acts[act] : isRequestAct(act) ? requestActs[act] : undefined
  if (!work) return {}
  const { text, alert } = await work(turn, id, choice)
  return text ? { toast: plainly(turn, text), ...(alert && { alert }) } : {}
}

const isId = (act: string, id: string): boolean =>
  act === 'send' || act === 'rqsend' ? /^\d{1,18}$/.test(id) : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
