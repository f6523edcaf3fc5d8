import { logView } from '../card/views.ts'
import { requestFromTalk } from '../requests/fromTalk.ts'
import { closeHandOff } from '../transitions/closeHandOff.ts'
import { lead } from '../transitions/lead.ts'
import type { Outcome } from '../transitions/outcome.ts'
import { putBack } from '../transitions/putBack.ts'
import { reopen } from '../transitions/reopen.ts'
import { take } from '../transitions/take.ts'
import { staleCard } from '../writing.ts'
import { chooseDialog, dialogTitle, isDialog } from './chooseDialog.ts'
import { choosePerson, offerTo } from './choosePerson.ts'
import { chooseTime, putOff } from './chooseTime.ts'
import { inWords } from './refusals.ts'
import { sendKept } from './sendKept.ts'
import { type Answered, done, notDone, plainly, type Turn } from './turn.ts'

/**
 * What can be done with a hand-off, by a button or by a command. `id` is the hand-off's (`send`: the kept line's); `choice` is the second
 * step's: whom, until when, which dialog.
 */
export const acts = {
  take: (turn, id) => taken(turn, id),
  /** A supervisor takes it from whoever has it. */
  grab: (turn, id) => taken(turn, id, true),
  send: (turn, line) => sendKept(turn, line),
  pass: (turn, id, choice) =>
    choice === undefined || choice.startsWith('p') ? choosePerson(turn, id, choice) : offerTo(turn, id, choice),
  queue: (turn, id) => said(turn, putBack(turn.sql, { ...asked(turn, id), why: 'asked' }), 'desk.handle.done.queue'),
  hold: (turn, id, choice) => (choice === undefined ? chooseTime(turn, id) : putOff(turn, id, choice)),
  close: (turn, id) => {
    const { sql, now, who } = turn
    return said(turn, closeHandOff(sql, { handOff: id, by: 'consultant', who, now }), 'desk.handle.done.close')
  },
  reopen: (turn, id) => said(turn, reopen(turn.sql, asked(turn, id)), 'desk.handle.done.reopen'),
  lead: async (turn, id, choice) => {
    if (choice === undefined || !isDialog(choice)) return chooseDialog(turn, id)
    const title = plainly(turn, dialogTitle(choice))
    return said(turn, lead(turn.sql, { ...asked(turn, id), dialog: choice, title }), 'desk.handle.done.lead')
  },
  /** «В обращение». */
  request: async (turn, id) => {
    const { sql, who, now, rules, words, newId } = turn
    const came = await requestFromTalk(sql, { handOff: id, by: who, now, rules, words, newId })
    if (came.kind === 'refused') return inWords(turn, came)
    if (came.kind === 'silent') return notDone('desk.request.refused.silent')
    return done('desk.request.done.fromTalk', { number: came.number, due: came.dueOn })
  },
  refresh: async ({ sql, spot, now, who }, id) => {
    if (spot?.handOff?.id !== id) return notDone('desk.handle.refused.gone')
    await staleCard(sql, spot.topicId, now)
    await logView(sql, { by: who.id, handOff: id, why: 'refreshed', now })
    return done('desk.handle.done.refresh')
  },
} satisfies Record<string, (turn: Turn, id: string, choice?: string) => Promise<Answered>>

export type Act = keyof typeof acts

export const isAct = (name: string): name is Act => Object.hasOwn(acts, name)

const asked = ({ who, now, rules }: Turn, handOff: string) => ({ handOff, by: who, now, rules })

async function taken(turn: Turn, id: string, evenTaken = false): Promise<Answered> {
  const key = turn.who.onShift ? 'desk.handle.done.take' : 'desk.handle.done.takeOnShift'
  const { sql, who, now } = turn
  const came = await take(sql, { ...asked(turn, id), evenTaken })
  if (came.kind === 'done') await logView(sql, { by: who.id, handOff: id, why: 'taken', now })
  return said(turn, came, key)
}

async function said(turn: Turn, outcome: Outcome | Promise<Outcome>, key: string): Promise<Answered> {
  const came = await outcome
  return came.kind === 'done' ? done(key, { number: came.handOff.number }) : inWords(turn, came)
}
