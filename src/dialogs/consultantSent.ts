import type { Sent } from '../effects/relay.ts'
import type { Input } from '../engine/event.ts'

/** What of a message can be handed on to a person; nothing of a sticker, a contact or a press. */
export function sentBy(came: Input): Sent | undefined {
  switch (came.kind) {
    case 'text':
      return came.text.trim() === '' ? undefined : { message: came.message, text: came.text, ...answering(came) }
    case 'edited':
      return { message: came.message, text: came.text, edits: true }
    case 'files':
      return {
        ...{ message: came.message, files: came.files, ...answering(came) },
        ...(came.caption !== undefined && { text: came.caption }),
        ...(came.album !== undefined && { album: came.album }),
      }
    case 'location': {
      const { latitude, longitude, message } = came
      return latitude === undefined || longitude === undefined
        ? undefined
        : { message, location: { latitude, longitude } }
    }
    default:
      return undefined
  }
}

const answering = ({ repliesTo }: { repliesTo?: string }) => (repliesTo === undefined ? {} : { repliesTo })
