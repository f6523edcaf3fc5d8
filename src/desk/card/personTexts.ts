import { maskAccount } from '../../domain/accountNumber.ts'
import { type ChannelPolicy, showsPayer } from '../../domain/channelPolicy.ts'
import { messengerOf } from '../../engine/event.ts'
import { type Text, text } from '../../engine/text.ts'
import type { CardAccount } from './accounts.ts'
import { meterName, valuesText } from './accountTexts.ts'
import type { Draft, Person } from './person.ts'

/** Whether he has agreed to our keeping what we know of him. */
export function consentText({ consent }: Person): Text {
  if (!consent) return text('desk.card.consent.none')
  const { givenAt, withdrawnAt } = consent
  const messenger = text(`desk.card.messenger.${consent.messenger}`)
  return withdrawnAt === undefined
    ? text('desk.card.consent.given', { at: givenAt, messenger })
    : text('desk.card.consent.withdrawn', { at: withdrawnAt })
}

/** His chats, with their ids only where names may be seen: in VKontakte an id leads to a name. */
export function chatsText({ chats }: Person, policy: ChannelPolicy, say: (text: Text) => string): Text[] {
  if (chats.length === 0) return []
  const told = chats.map((chat) => {
    const messenger = text(`desk.card.messenger.${messengerOf(chat)}`)
    const id = chat.slice(chat.indexOf(':') + 1)
    return say(showsPayer(policy) ? text('desk.card.chat', { messenger, id }) : messenger)
  })
  return [text('desk.card.chats', { chats: [...new Set(told)].slice(0, mostChats).join(', ') })]
}

const mostChats = 6

/** How often he has asked of late, and what he thought of it. */
export function latelyText({ lately }: Person, days: number): Text[] {
  if (lately.length === 0) return []
  const ratings = lately.flatMap(({ rating }) => (rating === undefined ? [] : [rating]))
  const values = { count: lately.length, days }
  return [
    ratings.length === 0
      ? text('desk.card.lately', values)
      : text('desk.card.latelyRated', { ...values, ratings: ratings.slice(0, mostRatings).join(', ') }),
  ]
}

const mostRatings = 10

export const alongsideText = ({ number, subject, state }: Person['alongside'][number]): Text =>
  text('desk.card.alongside', {
    number,
    subject: text(`desk.card.subject.${subject}`),
    state: text(`desk.card.open.${state}`),
  })

/** `accounts`: his, of which the first is told of above. */
export function draftText(draft: Draft, accounts: readonly CardAccount[]): Text {
  const { accountId, period, values, photos, meter } = draft
  const told = { meter: meterName(meter), period, values: valuesText(meter, values), photos }
  const nth = accounts.findIndex(({ id }) => id === accountId)
  const account = accounts[nth]
  return nth > 0 && account
    ? text('desk.card.draftOf', { ...told, number: maskAccount(account.number) })
    : text('desk.card.draft', told)
}
