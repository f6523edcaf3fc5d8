import type { ChannelPolicy } from '../../domain/channelPolicy.ts'
import { clockTime } from '../../domain/hours.ts'
import { papers } from '../../domain/papers/matters.ts'
import { isOver } from '../../domain/requests/states.ts'
import type { Rules } from '../../domain/rules.ts'
import { messengerOf } from '../../engine/event.ts'
import type { RichText } from '../../engine/outgoing.ts'
import { below, beneath, type Text, text, type Words } from '../../engine/text.ts'
import { accountTexts, provedText } from '../card/accountTexts.ts'
import { cut } from '../card/stateTexts.ts'
import type { DeskButton } from '../channel.ts'
import { staffLanguage } from '../records.ts'
import { requestButtons } from './buttons.ts'
import { detailTexts } from './detailTexts.ts'
import type { FactLine, RequestFacts } from './facts.ts'
import { dueText, isText, nameText, todayIn } from './naming.ts'

/** UTF-16 code units: what a message of Telegram holds, with some room. */
const longestMessage = 4000
/** So many characters of a line are shown here; longer ones are posted in full beside it. */
export const excerpt = 700

export interface RequestMessage {
  text: RichText
  buttons: DeskButton[][]
}

/**
 * The message that shows a request, from the facts of this moment: what it is and by when it is to be answered, whose it is, whom it is from and about which
 * account (as far as the policy of the forum lets whoever has it see that; before and after only how he has proved it), what was said.
 */
export function requestMessage(
  facts: RequestFacts,
  now: Date,
  { words, rules }: { words: Words; rules: Rules },
): RequestMessage {
  const say = (one: Text) => words.plain(staffLanguage, one)
  const rich = (one: Text) => words.rich(staffLanguage, one)
  const due = dueText(facts, todayIn(now, rules))
  const title = nameText(facts)
  const head = [
    due ? text('desk.request.headDue', { title, due }) : text('desk.request.head', { title }),
    stateText(facts),
    ...aboutTexts(facts, rules.desk.policy),
    ...promiseTexts(facts),
    ...ratingTexts(facts),
  ]
  const upper = head.map(rich).reduce(beneath)
  return {
    text: fitted(upper, facts.lines.flatMap((line) => lineText(line) ?? []).map(rich), rich),
    buttons: requestButtons(facts, say),
  }
}

function stateText({ state, holder, assignedTo }: RequestFacts): Text {
  const is = isText(state)
  if (assignedTo === null) return text('desk.request.nobodys', { state: is })
  return text('desk.request.whose', { state: is, name: holder ?? text('desk.card.taker.unknown') })
}

function aboutTexts(facts: RequestFacts, policy: ChannelPolicy): Text[] {
  const { chat, accountId, account, assignedTo, state, visit, handOff, details } = facts
  const isHeld = assignedTo !== null && !isOver(state)
  const messenger = text('desk.request.from', { messenger: text(`desk.card.messenger.${messengerOf(chat)}`) })
  const about = account
    ? isHeld
      ? accountTexts(account, policy)
      : [text('desk.request.account', { proved: provedText(account) })]
    : [text(accountId === null ? 'desk.request.noAccount' : 'desk.request.accountGone')]
  return [
    messenger,
    ...about,
    ...detailTexts(details, { isHeld, policy }),
    ...(visit
      ? [text('desk.request.visit', { office: visit.office, date: visit.date, time: clockTime(visit.minute) })]
      : []),
    ...(handOff === undefined ? [] : [text('desk.request.ofTalk', { number: handOff })]),
  ]
}

const promiseTexts = ({ promisedAt, promise }: RequestFacts): Text[] =>
  promisedAt === null ? [] : [text('desk.request.promise', { at: promisedAt.toISOString(), promise: promise ?? '' })]

function ratingTexts({ rating, ratingWords }: RequestFacts): Text[] {
  if (rating === undefined) return []
  const words = cut(ratingWords ?? '', 200)
  return [words === '' ? text('desk.card.rated', { rating }) : text('desk.card.ratedSaying', { rating, words })]
}

/** What was said: who, when, what it came to by that, its words and the names of its files. Lines that say nothing are not shown. */
export function lineText({ author, name, state, at, text: said, files }: FactLine, most = excerpt): Text | undefined {
  const isShort = [...said].length <= most
  const words = isShort ? said : `${[...said].slice(0, most - 1).join('')}…`
  const parts = [...(words === '' ? [] : [text('common.words', { words })]), ...filesTexts(files)]
  if (parts.length === 0 && (state === undefined || author === 'resident')) return undefined
  const who =
    author === 'consultant'
      ? text('desk.request.line.consultant', { name: name ?? text('desk.request.operator') })
      : text(`desk.request.line.${author}`)
  const when =
    state === undefined || author === 'resident'
      ? text('desk.request.line.at', { at })
      : text('desk.request.line.atState', { at, state: isText(state) })
  return text(parts.length > 0 ? 'desk.request.line.said' : 'desk.request.line.did', { who, when, parts })
}

function filesTexts(files: FactLine['files']): Text[] {
  const named = files.filter(({ paper }) => paper === undefined).map(({ name }) => cut(name, mostName))
  return [
    ...(named.length > 0 ? [text('desk.request.files', { names: named.join(', ') })] : []),
    ...files.flatMap(({ paper: of, name }) => {
      const paper = papers.find((one) => one === of)
      return paper
        ? [text('desk.request.fileOf', { paper: text(`papers.paper.${paper}`), name: cut(name, mostName) })]
        : []
    }),
  ]
}

const mostName = 60

/** The head, and of what was said as much as fits: the first, which is what it is about, and the last ones. */
function fitted(head: RichText, said: RichText[], rich: (text: Text) => RichText): RichText {
  const kept = [...said]
  let left = 0
  const whole = () => {
    const [first, ...rest] = kept
    const middle = left > 0 ? [rich(text('desk.request.linesLeft', { count: left }))] : []
    return [head, ...(first ? [first] : []), ...middle, ...rest].reduce(below)
  }
  while (whole().text.length > longestMessage && kept.length > 1) {
    kept.splice(1, 1)
    left++
  }
  return whole()
}
