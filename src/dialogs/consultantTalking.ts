import { z } from 'zod'
import { again, finish, type Json, open, type PlaceRules, pass, perform, type Step, stay } from '../engine/dialog.ts'
import type { Input } from '../engine/event.ts'
import { text } from '../engine/text.ts'
import type { At, Place } from './consultantPlaces.ts'
import { named } from './consultantQuestion.ts'
import { handOffScreen } from './consultantQueue.ts'
import { goOn, relayed } from './consultantRelay.ts'
import { sentBy } from './consultantSent.ts'

/** In the queue. Whatever he sends is added to the question; by «Меню» he may do something else and stays in the queue. */
export const waitingPlace: PlaceRules<At<'waiting'>, Place> = {
  labelsFirst: true,
  takesEdits: true,
  ask: handOffScreen,
  answer: ({ said, came, place }) => {
    if (said.kind === 'choice') return pressed(said.value)
    const sent = sentBy(came)
    return sent ? relayed(sent, place) : again(text('consultant.cannotPass'))
  },
}

/** A person holds the chat: the bot is silent. */
export const talkingPlace: PlaceRules<At<'talking'>, Place> = {
  takesAll: true,
  ask: handOffScreen,
  answer: ({ said, place }) => {
    if (said.kind === 'choice') return pressed(said.value)
    return said.kind === 'passed' ? held(said.input, place) : pass(place)
  },
}

function held(input: Input, stands: At<'talking'>['place']): Step<Place> {
  switch (input.kind) {
    case 'fromAdmin':
      return fromInbox(input)
    case 'blocked':
    case 'unblocked':
      return perform({ effect: 'tellDesk', input: { isBlocked: input.kind === 'blocked' } }, () => pass(stands))
    case 'start':
      return stay(stands)
    case 'text':
    case 'edited':
    case 'files':
    case 'location':
    case 'contact':
    case 'unsupported': {
      if (
        input.kind === 'text' &&
        ends.has(
          input.text
            .trim()
            .toLowerCase()
            .replace(/[.!]+$/, ''),
        )
      )
        return ended
      const sent = sentBy(input)
      return sent ? relayed(sent, stands) : again(text('consultant.cannotPass'))
    }
    default:
      return pass(stands)
  }
}

/** What an administrator has answered from VK's own inbox. */
export const fromInbox = ({ admin, text, files, message }: Extract<Input, { kind: 'fromAdmin' }>): Step<Place> =>
  perform({ effect: 'adminAnswered', input: { admin, text, files, message } }, () => pass<Place>({ at: 'talking' }))

/** Typed as the button says it: who is held has no other word for it. */
const ends = new Set(['закончить разговор', 'завершить разговор', 'end the conversation', 'end conversation'])

const account = z.object({ account: z.int() })

/** A button of the screen that tells how it stands, in the queue or in a talk: which it is may have changed since. */
function pressed(value: Json): Step<Place> {
  const chosen = account.safeParse(value)
  if (chosen.success) return named(chosen.data.account)
  if (value === 'later') return later
  if (value === 'leave') return left
  if (value === 'writing') return inWriting
  return value === 'end' ? ended : goOn
}

const later: Step<Place> = perform({ effect: 'beAnsweredLater', input: {} }, ({ kind }): Step<Place> => {
  if (kind === 'taken') return stay({ at: 'talking' })
  return finish(text(kind === 'later' ? 'consultant.willAnswer' : 'consultant.over'))
})

/** He does not wait: what he has asked is answered as a request, under a number and by a day. */
const inWriting: Step<Place> = perform({ effect: 'askInWriting', input: {} }, (asked): Step<Place> => {
  if (asked.kind === 'sent') return open('requests', { opening: { request: asked.id, to: 'sent' } })
  if (asked.kind === 'silent') return open('requests', { opening: 'new', notice: text('consultant.left') })
  return asked.kind === 'taken' ? stay({ at: 'waiting' }) : finish(text('consultant.over'))
})

const left: Step<Place> = perform({ effect: 'endHandOff', input: { evenTaken: false } }, ({ kind }): Step<Place> => {
  if (kind === 'taken') return stay({ at: 'talking' })
  return finish(text(kind === 'ended' ? 'consultant.left' : 'consultant.over'))
})

const ended: Step<Place> = perform(
  { effect: 'endHandOff', input: { evenTaken: true } },
  (done): Step<Place> =>
    done.kind === 'over'
      ? finish(text('consultant.over'))
      : stay({ at: 'rating', handOff: done.handOff }, text('consultant.botIsBack')),
)
