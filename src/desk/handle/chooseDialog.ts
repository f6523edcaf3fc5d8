import { type Text, text } from '../../engine/text.ts'
import { mayAct } from '../transitions/mayAct.ts'
import { refused } from '../transitions/outcome.ts'
import { inRows } from './buttons.ts'
import { inWords } from './refusals.ts'
import { type Answered, plainly, reply, type Turn } from './turn.ts'

/** The dialogs that a resident can be sent into. */
const dialogs = [
  ...['readings', 'charges', 'receipt', 'payment', 'linking'],
  ...['accounts', 'confirmations', 'history', 'help', 'settings'],
]

export const isDialog = (id: string): boolean => dialogs.includes(id)

export const dialogTitle = (dialog: string): Text => text(`desk.handle.dialog.${dialog}`)

/** «Отправить в шаг…»: offers the dialogs. */
export async function chooseDialog(turn: Turn, id: string): Promise<Answered> {
  const handOff = turn.spot?.handOff
  const refusal = handOff?.id === id ? mayAct(handOff, turn.who) : refused('gone')
  if (refusal) return inWords(turn, refusal)
  if (handOff?.takenBy === null) return inWords(turn, refused('waiting'))
  const buttons = dialogs.map((one) => ({ label: plainly(turn, dialogTitle(one)), token: `lead:${id}:${one}` }))
  await reply(turn, text('desk.handle.whichDialog'), { buttons: inRows(buttons, 2) })
  return {}
}
