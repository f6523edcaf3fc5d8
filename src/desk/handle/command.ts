import { text } from '../../engine/text.ts'
import { isSupervisor } from '../consultants.ts'
import type { AboutRequest } from '../records.ts'
import { numbersText, todayNumbers } from '../report.ts'
import { board } from '../requests/handle/board.ts'
import { answerCanned } from '../requests/handle/canned.ts'
import { type Act, acts } from './acts.ts'
import * as canned from './canned.ts'
import { putOff } from './chooseTime.ts'
import { mine, queue, today } from './lists.ts'
import type { Command, CommandName } from './readCommand.ts'
import * as shift from './shift.ts'
import { sendCanned } from './speak.ts'
import { type Answered, done, notDone, reply, type Turn } from './turn.ts'

/** Does what a typed command says, and says what came of it. `about`: the request that it was typed as a reply to. */
export async function obey(turn: Turn, { name, rest }: Command, about?: AboutRequest): Promise<void> {
  const { text: said } =
    name === 'unknown' ? notDone('desk.handle.unknownCommand') : await commands[name](turn, rest, about)
  if (said) await reply(turn, said)
}

const commands: Record<CommandName, (turn: Turn, rest: string, about?: AboutRequest) => Promise<Answered>> = {
  on: shift.begin,
  off: shift.end,
  shift: shift.show,
  queue,
  mine,
  today,
  stats,
  requests: (turn) => board(turn, 'open'),
  overdue: (turn) => board(turn, 'overdue'),
  canned: (turn, rest, about) => {
    if (rest.trim() === '') return canned.list(turn)
    return about ? answerCanned(turn, about, rest) : sendCanned(turn, rest)
  },
  cannedKeep: canned.keep,
  cannedRemove: canned.remove,
  take: (turn) => here(turn, 'take'),
  pass: (turn) => here(turn, 'pass'),
  back: (turn) => here(turn, 'queue'),
  hold: (turn, rest) => (rest.trim() === '' ? here(turn, 'hold') : hereUntil(turn, rest)),
  close: (turn) => here(turn, 'close'),
  reopen: (turn) => here(turn, 'reopen'),
  lead: (turn) => here(turn, 'lead'),
  request: (turn) => here(turn, 'request'),
  card: (turn) => here(turn, 'refresh'),
  help: async ({ who }) => {
    const more = isSupervisor(who) ? text('desk.handle.help.supervisors') : ''
    return done('desk.handle.help.all', { more })
  },
}

/** The same as a button of the card of this topic. */
async function here(turn: Turn, act: Act): Promise<Answered> {
  const handOff = turn.spot?.handOff
  return handOff ? acts[act](turn, handOff.id, undefined) : notDone('desk.handle.notHere')
}

async function hereUntil(turn: Turn, until: string): Promise<Answered> {
  const handOff = turn.spot?.handOff
  return handOff ? putOff(turn, handOff.id, until) : notDone('desk.handle.notHere')
}

async function stats({ sql, now, who, hours }: Turn): Promise<Answered> {
  if (!isSupervisor(who)) return notDone('desk.handle.onlySupervisors')
  return { text: numbersText(await todayNumbers(sql, { now, hours: await hours(now) })) }
}
