/** A step of the way to where a conversation stands: what was done at a place, never its words; `failed`: not understood, or wrong. */
export interface DialogStep {
  dialog: string
  at: string
  did: (typeof doings)[number]
}

const doings = ['opened', 'pressed', 'typed', 'sentFile', 'failed'] as const

/** Enough to see how somebody came to where he is. */
const mostSteps = 8

/** The steps as they are saved, one more at their end: a few letters each, for every turn carries them. */
export const withStep = (saved: readonly string[], step: DialogStep): string[] =>
  [...saved, written(step)].slice(-mostSteps)

/** The same with a step that came to nothing. */
export function withFailure(saved: readonly string[], step: DialogStep): string[] {
  const at = saved.lastIndexOf(written(step))
  return at < 0 ? [...saved] : saved.with(at, written({ ...step, did: 'failed' }))
}

/** What was saved, read; nothing of a step that this release does not know. */
export const stepsOf = (saved: readonly string[]): DialogStep[] =>
  saved.flatMap((one) => {
    const [dialog = '', at = '', done] = one.split(' ')
    const did = doings.find((doing) => doing === done)
    return did ? [{ dialog, at, did }] : []
  })

const written = ({ dialog, at, did }: DialogStep): string => `${dialog} ${at} ${did}`
