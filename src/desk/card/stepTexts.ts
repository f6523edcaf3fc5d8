import { type Text, text, type Vocabulary } from '../../engine/text.ts'
import type { DialogStep } from '../records.ts'

/** What a resident did before he asked for a person: dialog by dialog, the earliest first; then where he did not get on. */
export function stepTexts(
  steps: readonly DialogStep[],
  names: Vocabulary['names'],
  say: (text: Text) => string,
): { lines: Text[]; failed: Text[] } {
  const stays: { dialog: string; did: DialogStep['did'][] }[] = []
  for (const { dialog, did } of steps) {
    const stay = stays.at(-1)
    if (stay?.dialog === dialog) stay.did.push(did)
    else stays.push({ dialog, did: [did] })
  }
  const named = (dialog: string) => dialogName(dialog, names)
  const lines = stays.map(({ dialog, did }) =>
    text('desk.card.steps.line', { dialog: named(dialog), did: counted(did, say).join(', ') }),
  )
  const failed = steps.findLast(({ did }) => did === 'failed')
  return { lines, failed: failed ? [text('desk.card.steps.failed', { dialog: named(failed.dialog) })] : [] }
}

/** A dialog as residents know it; those that are never offered by a name have one for staff. */
function dialogName(dialog: string, names: Vocabulary['names']): Text {
  const known = names[dialog]
  if (known !== undefined) return text('common.words', { words: known })
  const own = unnamed.find((one) => one === dialog)
  return own === undefined ? text('desk.card.otherDialog') : text(`desk.card.dialog.${own}`)
}

const unnamed = [
  ...(['consent', 'whichAccount', 'newcomer', 'accountGone', 'emergency', 'answers', 'elsewhere'] as const),
  ...(['payment', 'withheld', 'resume', 'order'] as const),
] as const

/** The same thing done again and again is told once, with how often. */
function counted(did: readonly DialogStep['did'][], say: (text: Text) => string): string[] {
  const runs: { did: DialogStep['did']; times: number }[] = []
  for (const one of did) {
    const run = runs.at(-1)
    if (run?.did === one) run.times++
    else runs.push({ did: one, times: 1 })
  }
  return runs.map(({ did: one, times }) => {
    const words = say(text(`desk.card.did.${one}`))
    return times === 1 ? words : say(text('desk.card.steps.times', { words, times }))
  })
}
