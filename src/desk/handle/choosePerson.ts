import { text } from '../../engine/text.ts'
import { consultantBy } from '../consultants.ts'
import { mayAct } from '../transitions/mayAct.ts'
import { refused } from '../transitions/outcome.ts'
import { passTo } from '../transitions/passTo.ts'
import { inRows } from './buttons.ts'
import { inWords } from './refusals.ts'
import { onShift } from './shift.ts'
import { type Answered, done, notDone, plainly, reply, type Turn } from './turn.ts'

const onPage = 8

/** «Передать»: offers those on shift, those with the fewest chats first. `page`: `p2` and so on. */
export async function choosePerson(turn: Turn, id: string, page = 'p1'): Promise<Answered> {
  const handOff = turn.spot?.handOff
  const refusal = handOff?.id === id ? mayAct(handOff, turn.who) : refused('gone')
  if (refusal) return inWords(turn, refusal)
  const others = (await onShift(turn.sql)).filter(({ id: one }) => one !== handOff?.takenBy)
  if (others.length === 0) return notDone('desk.handle.nobodyElse')
  const pages = Math.ceil(others.length / onPage)
  const nth = Math.min(Math.max(Number(page.slice(1)) || 1, 1), pages)
  const label = (key: string) => plainly(turn, text(key))
  const buttons = others.slice((nth - 1) * onPage, nth * onPage).map((one) => {
    const most = one.mostChats ?? turn.rules.desk.mostChats
    const values = { name: one.name, chats: one.chats, most }
    return { label: plainly(turn, text('desk.handle.button.person', values)), token: `pass:${id}:${one.id}` }
  })
  const turns = [
    ...(nth > 1 ? [{ label: label('desk.handle.button.previous'), token: `pass:${id}:p${nth - 1}` }] : []),
    ...(nth < pages ? [{ label: label('desk.handle.button.next'), token: `pass:${id}:p${nth + 1}` }] : []),
  ]
  await reply(turn, text('desk.handle.whom'), { buttons: [...inRows(buttons, 1), ...inRows(turns, 2)] })
  return {}
}

export async function offerTo(turn: Turn, id: string, to: string): Promise<Answered> {
  const { sql, who, now, words } = turn
  const came = await passTo(sql, { handOff: id, by: who, to, now, words })
  if (came.kind === 'refused') return inWords(turn, came)
  return done('desk.handle.done.pass', { name: (await consultantBy(sql, to))?.name ?? '' })
}
