import type { Here } from '../engine/dialog.ts'
import { type Choice, type Screen, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { refusedText } from './papersTexts.ts'

/** Whether news are of a file that was sent for a request and could not be kept: `file:<file>`. */
export const isOfFile = (about: string): boolean => about.startsWith('file:')

/**
 * Why it was not kept; of a request that was sent also for which (`of`, a key), and how it is sent again. Of a draft it is told alone: what else stands
 * in it is shown where it is prepared.
 */
export async function fileLost(
  here: Pick<Here<unknown>, 'resident' | 'queries' | 'rules'> & { about: string },
  { of, again }: { of: string; again(request: string): Choice },
): Promise<Screen | undefined> {
  const { about, resident, queries } = here
  const refused = resident && (await queries.requests.refused(resident.id, about.slice('file:'.length)))
  if (!refused) return undefined
  const why = refusedText(refused, here)
  const { id, number } = refused.request
  return number === undefined
    ? screen(why, [], { nav: 'menu' })
    : screen([text(of, { number }), why], [again(id)], { nav: 'menu', hears: true })
}
