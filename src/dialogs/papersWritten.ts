import type { EffectInput } from '../effects/registry.ts'
import type { Said } from '../engine/dialog.ts'
import type { Input } from '../engine/event.ts'

export type Written = EffectInput<'addToRequest'>['written']

/** What of a message can be kept for staff; nothing of a sticker, a contact, a place or a press. */
export function writtenBy(came: Input): Written | undefined {
  switch (came.kind) {
    case 'text':
      return came.text.trim() === '' ? undefined : { message: came.message, text: came.text }
    case 'edited':
      return { message: came.message, text: came.text, edits: true }
    case 'files': {
      const { message, files, caption, album } = came
      return { message, files, ...(caption !== undefined && { text: caption }), ...(album !== undefined && { album }) }
    }
    default:
      return undefined
  }
}

/** «Отмена» loses nothing here, and is told so. */
export const saidStop = (said: Said): boolean =>
  said.kind === 'text' && /^\W*(отмен(а|ить)|стоп|cancel|stop)\W*$/i.test(said.text)
