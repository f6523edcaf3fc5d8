import type { Here } from '../engine/dialog.ts'
import type { Drawn } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { TalkVersion } from '../queries/talk.ts'

/** The file of a resident's talk with consultants, as it is made when it is sent. */
export function transcriptFile(
  handOffId: string,
  { number, version }: TalkVersion,
  { language }: Pick<Here<unknown>, 'language'>,
): Drawn {
  return {
    id: ['transcript', handOffId, language, version].join(':'),
    as: 'document',
    drawn: { kind: 'transcript', handOffId, version, language },
    name: text('transcript.fileName', { number }),
    otherwise: [text('transcript.notDrawn')],
    denied: text('transcript.denied'),
  }
}
