import type { Written } from '../effects/requests/written.ts'
import type { Input } from '../engine/event.ts'

/** What of a message can stand in a request; nothing of a sticker, a place on the map, a contact or a press. */
export function writtenIn(came: Input): Written | undefined {
  switch (came.kind) {
    case 'text':
      return came.text.trim() === '' ? undefined : { message: came.message, text: came.text }
    case 'edited':
      return { message: came.message, text: came.text, edits: true }
    case 'files':
      return {
        ...{ message: came.message, files: came.files },
        ...(came.caption !== undefined && { text: came.caption }),
        ...(came.album !== undefined && { album: came.album }),
      }
    default:
      return undefined
  }
}
