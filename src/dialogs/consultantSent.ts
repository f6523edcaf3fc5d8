import type { Sent } from '../effects/relay.ts'
import type { GeoPoint, Input } from '../engine/event.ts'

/** What of a message can be handed on to a person; nothing of a sticker, a contact or a press. */
export function sentBy(came: Input): Sent | undefined {
  switch (came.kind) {
    case 'text':
      return came.text.trim() === '' ? undefined : { message: came.message, text: came.text, ...more(came) }
    case 'edited':
      return { message: came.message, text: came.text, edits: true }
    case 'files':
      return {
        ...{ message: came.message, files: came.files, ...more(came) },
        ...(came.caption !== undefined && { text: came.caption }),
        ...(came.album !== undefined && { album: came.album }),
      }
    case 'location': {
      const { latitude, longitude, title, message, repliesTo } = came
      if (latitude === undefined || longitude === undefined) return undefined
      const location = { latitude, longitude, ...(title !== undefined && { title }) }
      return { message, ...more({ location, ...(repliesTo !== undefined && { repliesTo }) }) }
    }
    default:
      return undefined
  }
}

const more = ({ repliesTo, location }: { repliesTo?: string; location?: GeoPoint }) => ({
  ...(repliesTo !== undefined && { repliesTo }),
  ...(location && { location }),
})
