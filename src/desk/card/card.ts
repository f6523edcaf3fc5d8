import { type ChannelPolicy, showsSums } from '../../domain/channelPolicy.ts'
import { localDateOf } from '../../domain/localDate.ts'
import type { Rules } from '../../domain/rules.ts'
import type { RichText } from '../../engine/outgoing.ts'
import { type Text, text, type Words } from '../../engine/text.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskButton } from '../channel.ts'
import { staffLanguage } from '../records.ts'
import { openInTopic, requestLineText } from '../requests/ofTopic.ts'
import { accountDetails, type CardAccount, cardAccounts } from './accounts.ts'
import {
  accountTexts,
  meterText,
  monthText,
  otherAccountText,
  paymentText,
  provedText,
  standingText,
} from './accountTexts.ts'
import { buttonsOf } from './buttons.ts'
import { type HandOff, isHeld, presentHandOff } from './handOff.ts'
import { assembled, type Part } from './parts.ts'
import { latelyDays, personOf } from './person.ts'
import { alongsideText, chatsText, consentText, draftText, latelyText } from './personTexts.ts'
import { stateTexts } from './stateTexts.ts'
import { stepTexts } from './stepTexts.ts'

/** UTF-16 code units: what a message of Telegram holds. */
const longestCard = 4096

interface Asked {
  topicId: number
  now: Date
  rules: Rules
  words: Words
}

export interface Card {
  text: RichText
  buttons: DeskButton[][]
}

/**
 * The card on top of a resident's topic, from the facts of this moment. While somebody has the hand-off it tells what we know of the resident
 * (domain rules, §8), as far as the policy of the forum lets it; before and after only what it is about and how he has proved who he is.
 */
export async function cardOf(sql: Sql, { topicId, now, rules, words }: Asked): Promise<Card> {
  const say = (one: Text) => words.plain(staffLanguage, one)
  const rich = (one: Text) => words.rich(staffLanguage, one)
  const part = (head: readonly Text[], lines: readonly Text[] = []): Part => ({
    head: head.map(rich),
    lines: lines.map(rich),
  })
  const titled = (title: string, lines: readonly Text[]): Part => part(lines.length > 0 ? [text(title)] : [], lines)
  const whole = (parts: readonly Part[], expendable: readonly Part[]) =>
    assembled(parts, { most: longestCard, expendable, left: (count) => rich(text('desk.card.left', { count })) })

  const handOff = await presentHandOff(sql, topicId)
  const today = localDateOf(now, rules.timeZone)
  const open = await openInTopic(sql, topicId)
  const requests = titled(
    'desk.card.requests',
    open.map((one) => requestLineText(one, today)),
  )
  if (!handOff) {
    const none = part([text(open.length > 0 ? 'desk.card.noTalk' : 'desk.card.nothing')])
    return { text: whole([none, requests], [requests]), buttons: [] }
  }
  const buttons = buttonsOf(handOff, say)
  const state = part(stateTexts(handOff, now, rules.timeZone))
  if (handOff.residentId === undefined)
    return { text: whole([state, part([text('desk.card.deleted')])], []), buttons: [] }
  const accounts = await cardAccounts(sql, handOff.residentId, handOff.accountId)
  const { chosen, others } = parted(accounts, handOff)
  if (!isHeld(handOff)) {
    const proved = titled('desk.card.proof', (chosen ? [chosen] : accounts).map(provedText))
    const unproved = accounts.length === 0 ? [part([text('desk.card.noAccounts')])] : []
    return { text: whole([state, proved, ...unproved, requests], [proved, requests]), buttons }
  }

  const { policy } = rules.desk
  const person = await personOf(sql, handOff.residentId, { handOff, account: chosen?.id, now })
  const details = chosen && (await accountDetails(sql, chosen, now, rules))
  const { lines, failed } = stepTexts(handOff.steps, words.vocabulary(staffLanguage).names, say)
  const sums = showsSums(policy) ? details : undefined
  const who = part([
    ...accountHead(chosen, accounts, handOff, policy),
    ...(sums && chosen ? [standingText(chosen.balance, sums.standing)] : []),
    ...withheldTexts(policy),
  ])
  const him = part([...chatsText(person, policy, say), consentText(person), ...latelyText(person, latelyDays)])
  const charges = titled('desk.card.charges', (sums?.months ?? []).map(monthText))
  const payments = titled('desk.card.payments', (sums?.payments ?? []).map(paymentText))
  const meters = titled(
    'desk.card.meters',
    (details?.meters ?? []).map((meter) => meterText(meter, today)),
  )
  const drafts = titled(
    'desk.card.drafts',
    person.drafts.map((draft) => draftText(draft, accounts)),
  )
  const alongside = titled('desk.card.alongsideTitle', person.alongside.map(alongsideText))
  const other = titled(
    chosen ? 'desk.card.others' : 'desk.card.all',
    others.map((account) => otherAccountText(account, policy)),
  )
  const steps = part(lines.length > 0 ? [text('desk.card.steps.title'), ...failed] : [], lines)
  return {
    text: whole(
      [state, who, him, requests, steps, charges, payments, meters, drafts, alongside, other],
      [other, payments, charges, alongside, steps, meters, drafts, requests],
    ),
    buttons,
  }
}

/** The account it is about: the hand-off's while it is linked, else the only one. */
function parted(accounts: readonly CardAccount[], { accountId }: HandOff) {
  const chosen = accounts.find(({ id }) => id === accountId) ?? (accounts.length === 1 ? accounts[0] : undefined)
  return { chosen, others: accounts.filter((account) => account !== chosen) }
}

function accountHead(
  chosen: CardAccount | undefined,
  accounts: readonly CardAccount[],
  { accountId }: HandOff,
  policy: ChannelPolicy,
): Text[] {
  const isGone = accountId !== undefined && chosen?.id !== accountId
  return [
    ...(isGone ? [text('desk.card.accountGone')] : []),
    ...(chosen
      ? accountTexts(chosen, policy)
      : [text(accounts.length === 0 ? 'desk.card.noAccounts' : 'desk.card.noneChosen')]),
  ]
}

/** What is not in the card because of `CHANNEL_POLICY_CONSULTANTS`; of what `off` keeps back not even that is said. */
const withheldTexts = (policy: ChannelPolicy): Text[] =>
  policy === 'masked' || policy === 'linkOnly' ? [text(`desk.card.withheld.${policy}`)] : []
