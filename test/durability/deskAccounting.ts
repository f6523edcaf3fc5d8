import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import type { SeenForum } from '../../bots/sandbox/hand/seenForum.ts'
import type { Database } from '../../src/infra/database.ts'
import type { Visitor } from './deskVisitor.ts'
import type { Ground } from './ground.ts'

export interface DeskAccount {
  /** Everything that is not as it must be, in words; empty when all is well. */
  wrong: string[]
  /** Lines said to each other. */
  lines: number
  /** Messages that stand again directly below the first, a kill lying between. */
  repeated: { inForum: number; inTelegram: number; inVk: number }
  /** Topics that a killed process has opened and none has used. */
  unusedTopics: number
  /** Cards that stand in a topic beyond the first. */
  cardsAgain: number
}

/**
 * Holds what stands in the forum and in residents' chats against what was said: every line once and in order, again only at once after a kill (`killedAt`,
 * milliseconds since 1970) that came when it was the last one; every hand-off in one pair of hands and in sight; no topic lost.
 */
export async function accountOfDesk(
  { hand, database }: Pick<Ground, 'hand' | 'database'>,
  visitors: readonly Visitor[],
  killedAt: readonly number[],
): Promise<DeskAccount> {
  const forum = await hand.forum().see()
  const found: DeskAccount = {
    ...{ wrong: [], lines: 0, unusedTopics: 0, cardsAgain: 0 },
    repeated: { inForum: 0, inTelegram: 0, inVk: 0 },
  }
  for (const visitor of visitors) {
    const { thread } = await visitor.handOff()
    const chat = await visitor.chat()
    const topic = forum.topics.find(({ id }) => String(id) === thread)
    if (!topic || topic.deleted) found.wrong.push(`${chat}: his topic is not there`)
    const inTopic = repeats(visitor.ofResident, topic?.messages ?? [], killedAt)
    const inChat = repeats(visitor.ofStaff, (await visitor.resident.chat()).messages, killedAt)
    found.lines += visitor.ofResident.length + visitor.ofStaff.length
    if (typeof inTopic === 'string') found.wrong.push(`${chat} in the forum: ${inTopic}`)
    else found.repeated.inForum += inTopic
    if (typeof inChat === 'string') found.wrong.push(`${chat}: ${inChat}`)
    else found.repeated[visitor.messenger === 'vk' ? 'inVk' : 'inTelegram'] += inChat
    found.cardsAgain += (topic?.messages ?? []).filter((one) => isCard(one) && one.id !== topic?.pinned.at(-1)).length
  }
  const { used, wrong } = await handOffs(database, forum)
  found.wrong.push(...wrong, ...(await givenUp(database)))
  for (const topic of forum.topics.filter(({ id }) => id !== general && !used.has(String(id)))) {
    const said = topic.messages.filter(({ service }) => !service)
    if (said.length > 0) found.wrong.push(`topic ${topic.id} is nobody’s and was written in`)
    else found.unusedTopics += 1
  }
  return found
}

const general = 1

const isCard = ({ buttons }: SeenMessage): boolean => buttons.flat().some(({ token }) => token?.startsWith('refresh:'))

const arrivesWithinMs = 3_000

/** How many messages stand again; or in words where lines are lost, doubled or out of order. */
function repeats(
  said: readonly string[],
  messages: readonly SeenMessage[],
  killedAt: readonly number[],
): number | string {
  const shown = messages.flatMap(({ from, text, at }) => {
    const lines = from === 'bot' ? said.filter((line) => text.includes(line)) : []
    return lines.length > 0 ? [{ lines, at }] : []
  })
  let next = 0
  let again = 0
  let last = { from: 0, at: 0 }
  for (const { lines, at } of shown) {
    const nth = said.indexOf(lines[0] ?? '')
    // Both messengers tell whole seconds only, and what was sent before a death may arrive after it.
    const isAfterKill = killedAt.some((kill) => kill >= last.at - arrivesWithinMs && kill < at + 1_000)
    if (nth !== next) {
      if (nth !== last.from || nth > next || !isAfterKill)
        return `${lines.join()} where ${said[next] ?? 'nothing'} was to be`
      again += 1
    }
    if (lines.some((line, index) => said[nth + index] !== line)) return `${lines.join()} out of order`
    last = { from: nth, at }
    next = Math.max(next, nth + lines.length)
  }
  return next === said.length ? again : `${said[next]} is not there`
}

/** Who has each hand-off, and whether it is in sight: no two at once, and its topic open with a card that says how it stands while it is not closed. */
async function handOffs({ pool }: Database, { topics }: SeenForum): Promise<{ used: Set<string>; wrong: string[] }> {
  const { rows } = await pool.query<{ number: number; state: string; thread: string; held: number; overlaps: number }>(
    `SELECT h.number, h.state, t.thread,
            (SELECT count(*)::int FROM hand_off_take k WHERE k.hand_off_id = h.id AND k.until IS NULL) AS held,
            (SELECT count(*)::int FROM hand_off_take a JOIN hand_off_take b ON b.hand_off_id = a.hand_off_id AND b.id > a.id
             WHERE a.hand_off_id = h.id AND (a.until IS NULL OR b."from" < a.until)) AS overlaps
     FROM hand_off h JOIN desk_topic t ON t.id = h.topic_id ORDER BY h.number`,
  )
  const wrong = rows.flatMap(({ number, state, thread, held, overlaps }) => {
    const topic = topics.find(({ id }) => String(id) === thread)
    const card = topic?.messages.find(({ id }) => id === topic.pinned.at(-1))
    const offers = state === 'waiting' ? 'take:' : 'close:'
    const isInSight = !topic?.closed && card?.buttons.flat().some(({ token }) => token?.startsWith(offers))
    return [
      ...(held === (state === 'taken' ? 1 : 0) ? [] : [`№ ${number}, ${state}, is in ${held} hands`]),
      ...(overlaps === 0 ? [] : [`№ ${number} was in two hands`]),
      ...(state === 'closed' || isInSight ? [] : [`№ ${number} is ${state}, and its topic does not say so`]),
    ]
  })
  return { used: new Set(rows.map(({ thread }) => thread)), wrong }
}

/** What was given up, did not reach its reader, or waits for another release. What is merely on its way the clock of the desk may have just said. */
async function givenUp({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ what: string }>(
    `SELECT 'post ' || body::text || ' is ' || state AS what FROM desk_post WHERE state = 'dropped'
     UNION ALL SELECT 'line ' || body::text || ' is ' || state FROM desk_line WHERE state = 'failed'
     UNION ALL SELECT 'an event of ' || chat || ' is deferred' FROM deferred`,
  )
  return rows.map(({ what }) => what)
}
