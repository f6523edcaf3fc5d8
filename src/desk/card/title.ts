import { messengerOf } from '../../engine/event.ts'
import { type Text, text, type Words } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import { staffLanguage } from '../records.ts'
import { requestTitle } from '../requests/ofTopic.ts'
import { type HandOff, presentHandOff } from './handOff.ts'
import { takerText } from './stateTexts.ts'

/** Telegram takes no longer ones. */
const longestTitle = 128

/**
 * What a topic is called: whose turn it is, the hand-off's number, subject and messenger («Ольга · № 12 · Начисления · Telegram»). At most 128
 * characters; there is never anything of the resident in it, for lists of topics are seen by whoever looks over a shoulder.
 */
export function titleOf(
  handOff: Pick<HandOff, 'state' | 'number' | 'subject' | 'chat' | 'takenBy' | 'taker'>,
  words: Words,
): string {
  const say = (one: Text) => words.plain(staffLanguage, one)
  const { state, number, subject, chat } = handOff
  const titled = (who: string): string =>
    say(
      text('desk.card.title', {
        ...{ who, number },
        subject: text(`desk.card.subject.${subject}`),
        messenger: text(`desk.card.messenger.${messengerOf(chat)}`),
      }),
    )
  const who = say(state === 'taken' ? takerText(handOff) : text(`desk.card.titleState.${state}`))
  const room = longestTitle - titled('').length
  return titled(who.length > room ? `${who.slice(0, room - 1).trimEnd()}…` : who)
}

/** What a topic is to be called at this moment, after the talk under way, else after its requests; nothing when nobody has asked for anything in it. */
export async function topicTitle(sql: Sql, topicId: number, words: Words): Promise<string | undefined> {
  const handOff = await presentHandOff(sql, topicId)
  const isTalk = handOff !== undefined && handOff.state !== 'closed'
  const ofRequest = isTalk ? undefined : await requestTitle(sql, topicId, words, handOff === undefined)
  return ofRequest ?? (handOff && titleOf(handOff, words))
}
