import type { Talk } from '../domain/talk.ts'
import type { ChatId } from '../engine/event.ts'
import type { TranscriptDrawing } from '../engine/outgoing.ts'
import { text, type Words } from '../engine/text.ts'
import type { Draughtsman } from './drawn.ts'
import { transcriptPdf } from './transcript/pdf.ts'

/** A resident's talk with consultants as a document: only his, and only while it is there. */
export function transcriptDraughtsman(deps: {
  words: Words
  timeZone: string
  /** Whether the person in a chat may be given this talk at this moment. */
  maySee(chat: ChatId, handOff: string): Promise<boolean>
  talk(handOff: string, upTo: string): Promise<Talk | undefined>
}): Draughtsman<TranscriptDrawing> {
  const { words, timeZone } = deps
  return {
    maySee: (chat, { handOffId }) => deps.maySee(chat, handOffId),
    async draw({ handOffId, version, language }) {
      const talk = await deps.talk(handOffId, version)
      if (!talk) throw new Error('the talk is gone')
      return transcriptPdf(talk, (key, values) => words.plain(language, text(key, values)), language, timeZone)
    },
  }
}
