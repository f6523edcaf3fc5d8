import type { Outgoing } from '../../src/engine/outgoing.ts'
import type { State } from '../../src/engine/state.ts'

/** What a messenger that may carry links only would be asked to carry: a sum, or the way to a flat as we write it in texts and on buttons. */
const forbidden = /\d[ \u00a0]?₽|кв\. ?\d|комн\. ?\d|, \d+[А-Я]?(\/\d+)?(к\d+)?-\d/

/** Words of a screen that must not be in it. An address that is being typed to link an account is read back: it is the resident's own word. */
export function wronglyCarried(
  { text, buttons, files }: Extract<Outgoing, { kind: 'show' }>,
  state: State | undefined,
): string[] {
  if (state?.at?.dialog === 'linking') return []
  const inFiles = files.flatMap((file) => [
    file.name,
    ...('drawn' in file ? [file.otherwise.text, file.denied.text] : []),
  ])
  return [text.text, ...buttons.flat().map(({ label }) => label), ...inFiles].filter((words) => forbidden.test(words))
}
