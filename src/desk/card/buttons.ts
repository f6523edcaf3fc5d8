import { type Text, text } from '../../engine/text.ts'
import type { DeskButton } from '../channel.ts'
import type { HandOff } from './handOff.ts'

/** What can be done with a hand-off where it stands; each press is judged again. */
export function buttonsOf({ id, state }: Pick<HandOff, 'id' | 'state'>, say: (text: Text) => string): DeskButton[][] {
  return rows[state].map((row) =>
    row.map((act) => ({ label: say(text(`desk.card.button.${act}`)), token: `${act}:${id}` })),
  )
}

type Act = 'take' | 'pass' | 'queue' | 'hold' | 'close' | 'lead' | 'request' | 'refresh'

const rows: Record<HandOff['state'], readonly (readonly Act[])[]> = {
  waiting: [['take'], ['refresh']],
  taken: [['pass', 'queue'], ['hold', 'close'], ['lead', 'request'], ['refresh']],
  on_hold: [['take'], ['pass', 'queue'], ['close', 'request'], ['refresh']],
  closed: [],
}
