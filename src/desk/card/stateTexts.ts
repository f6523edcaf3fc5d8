import { messengerOf } from '../../engine/event.ts'
import { type Text, text } from '../../engine/text.ts'
import type { HandOff } from './handOff.ts'
import { momentText } from './moments.ts'

/** What stands first in every card: whose turn it is, then number, subject and messenger. */
export function stateTexts(handOff: HandOff, now: Date, timeZone: string): Text[] {
  const { number, subject, chat } = handOff
  const head = text('desk.card.head', {
    number,
    subject: text(`desk.card.subject.${subject}`),
    messenger: text(`desk.card.messenger.${messengerOf(chat)}`),
  })
  return [stateText(handOff, (at) => momentText(at, now, timeZone)), ...promises(handOff), head]
}

function stateText(handOff: HandOff, moment: (at: string) => Text): Text {
  const { state, place, queuedAt, takenAt = queuedAt, holdUntil, closedAt, closedBy = '' } = handOff
  switch (state) {
    case 'waiting':
      return text('desk.card.state.waiting', { since: moment(queuedAt), place })
    case 'taken':
      return text('desk.card.state.taken', { name: takerText(handOff), since: moment(takenAt) })
    case 'on_hold':
      return holdUntil === undefined
        ? text('desk.card.state.held', { name: takerText(handOff) })
        : text('desk.card.state.heldUntil', { name: takerText(handOff), until: moment(holdUntil) })
    case 'closed': {
      const at = moment(closedAt ?? queuedAt)
      const by = enders.find((one) => one === closedBy)
      return by === undefined
        ? text('desk.card.state.closed', { at })
        : text('desk.card.state.closedBy', { at, why: text(`desk.card.closedBy.${by}`) })
    }
  }
}

const enders = ['consultant', 'resident', 'silence', 'clock', 'deleted'] as const

/** Who has it, as he is called among colleagues and towards the resident. */
export function takerText({ takenBy, taker }: Pick<HandOff, 'takenBy' | 'taker'>): Text {
  if (taker !== undefined) return text('common.words', { words: taker })
  return text(takenBy?.startsWith('vk:') ? 'desk.card.taker.admin' : 'desk.card.taker.unknown')
}

/** What whoever takes it must know: what the resident has been told, and whom it was offered. */
function promises({ state, patient, morning, offered, rating, ratingWords }: HandOff): Text[] {
  if (state === 'closed') {
    if (rating === undefined) return []
    const words = cut(ratingWords ?? '', mostWords)
    return [words === '' ? text('desk.card.rated', { rating }) : text('desk.card.ratedSaying', { rating, words })]
  }
  return [
    ...(offered !== undefined && state === 'waiting' ? [text('desk.card.offered', { name: offered })] : []),
    ...(morning ? [text('desk.card.morning')] : []),
    ...(patient ? [text('desk.card.patient')] : []),
  ]
}

const mostWords = 200

/** At most so many characters, on one line. */
export function cut(words: string, most: number): string {
  const characters = [...words.replace(/\s+/g, ' ').trim()]
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`
}
