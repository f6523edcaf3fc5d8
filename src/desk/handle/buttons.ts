import type { DeskButton } from '../channel.ts'

/** Buttons in rows of so many. */
export const inRows = (buttons: readonly DeskButton[], most: number): DeskButton[][] =>
  Array.from({ length: Math.ceil(buttons.length / most) }, (_, row) => buttons.slice(row * most, (row + 1) * most))
