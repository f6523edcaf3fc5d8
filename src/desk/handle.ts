import type { Rules } from '../domain/rules.ts'
import { text, type Words } from '../engine/text.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, inTransaction, isConflict, type Sql, sqlOn } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import type { HoursReader } from '../queries/workingHours.ts'
import type { DeskChannel, StaffAnswer, StaffEvent } from './channel.ts'
import { consultantBy } from './consultants.ts'
import { closedByHand, reopenedByHand } from './handle/byHand.ts'
import { obey } from './handle/command.ts'
import { edit } from './handle/edit.ts'
import { left } from './handle/members.ts'
import { noteIn } from './handle/note.ts'
import { press } from './handle/press.ts'
import { readCommand } from './handle/readCommand.ts'
import { keepNote, speak } from './handle/speak.ts'
import { spotAt } from './handle/spot.ts'
import { turnAway } from './handle/strangers.ts'
import { isFirst, reply, type Turn } from './handle/turn.ts'
import { type SaidInput, wordsOf } from './handle/words.ts'
import { isMoreOfReply, keepRequestNote, replyToRequest, requestAt } from './requests/handle/reply.ts'
import { untilNoted } from './requests/noted.ts'

export interface DeskDeps {
  database: Pick<Database, 'pool'>
  clock: Clock
  rules: Rules
  words: Words
  hours: HoursReader
  log: { info(facts: object, message: string): void; warn(facts: object, message: string): void }
  /** The address of a topic. */
  linkTo: DeskChannel['linkTo']
  /** There is something to be done in the forum, or to be told to residents. */
  changed(): void
  /** Whether we may still work in a forum. Nobody can be told there when we may not: everything waits. */
  rights(forum: string, may: boolean): void
}

const mostTries = 5

/**
 * Does what happens in a staff forum, each event once and in one transaction. Only consultants can do anything (domain rules, §8). Whatever fails is undone,
 * and the event is handed over again.
 */
export function deskHandler(deps: DeskDeps): (event: StaffEvent) => Promise<StaffAnswer> {
  const once = (event: StaffEvent): Promise<StaffAnswer> =>
    inTransaction(deps.database, async (sql) => {
      const now = deps.clock.now()
      return (await isFirst(sql, event.id, now)) ? handled(deps, sql, event, now) : {}
    })
  return async (event) => {
    if (event.input.kind === 'rights') return tellRights(deps, event.place.forum, event.input.may)
    await untilNoted(sqlOn(deps.database), event)
    const answer = await tried(() => once(event))
    point('forum.heard')
    deps.changed()
    return answer
  }
}

/** Two who stand in each other's way do it one after the other. */
async function tried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || attempt >= mostTries) throw error
    }
  }
}

async function handled(deps: DeskDeps, sql: Sql, event: StaffEvent, now: Date): Promise<StaffAnswer> {
  const { rules, words, hours, linkTo } = deps
  const spot = await spotAt(sql, event.place)
  const who = event.by.isAnonymous ? undefined : await consultantBy(sql, event.by.id)
  const { id: newId } = deps.clock
  const turn = { sql, now, rules, words, hours, newId, linkTo, event, spot }
  return who ? ofConsultant({ ...turn, who }) : turnAway(turn)
}

async function ofConsultant(turn: Turn): Promise<StaffAnswer> {
  const { event, spot } = turn
  const { input } = event
  switch (input.kind) {
    case 'press':
      return press(turn, input.token)
    case 'text':
    case 'files':
    case 'location':
      await said(turn, input)
      break
    case 'edited':
      if (spot) await edit(turn, input.text, input.message)
      break
    case 'unsupported':
      if (spot) await reply(turn, text('desk.handle.unsupported'))
      break
    case 'closed':
      await closedByHand(turn)
      break
    case 'reopened':
      await reopenedByHand(turn)
      break
    case 'left':
      await left(turn)
      break
  }
  return {}
}

async function said(turn: Turn, input: SaidInput): Promise<void> {
  const { spot } = turn
  const spoken = { words: wordsOf(input), message: input.message }
  const { repliesTo } = spoken.words
  const note = noteIn(spoken.words.text)
  const about = spot && repliesTo !== undefined ? await requestAt(turn.sql, spot.topicId, repliesTo) : undefined
  if (note) {
    const words = { ...spoken.words, text: note }
    if (about) await keepRequestNote(turn, about.request, { ...spoken, words })
    else if (spot?.handOff) await keepNote(turn, spot.handOff, { ...spoken, words })
    return
  }
  const command =
    input.kind === 'text' ? readCommand(input.text.text, turn.words, { bare: !turn.event.place.thread }) : undefined
  if (command) await obey(turn, command, about)
  else if (await isMoreOfReply(turn, spoken)) return
  else if (about) await replyToRequest(turn, about, spoken)
  else if (spot) await speak(turn, spoken)
}

function tellRights({ log, rights, changed }: DeskDeps, forum: string, may: boolean): StaffAnswer {
  if (may) log.info({ forum }, 'the staff forum lets us work again')
  else log.warn({ forum }, 'the staff forum lets us work no more: what is to be said there waits')
  rights(forum, may)
  changed()
  return {}
}
