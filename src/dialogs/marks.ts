import { z } from 'zod'
import type { Said } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'

/** How something was, from 1 (badly) to 5. */
export const marks = [1, 2, 3, 4, 5]

/** What a dialog may be opened with by a button that is the mark itself, or that there is to be none. */
export const saidOfIt = {
  mark: z.int().min(1).max(5).exactOptional(),
  declined: z.literal(true).exactOptional(),
}

export const dontRate = text('common.dontRate')

/** The mark that was pressed or typed. */
export function markIn(said: Said): number | undefined {
  const typed = said.kind === 'text' ? Number(said.text.trim()) : undefined
  return marks.find((mark) => mark === (said.kind === 'choice' ? said.value : typed))
}
