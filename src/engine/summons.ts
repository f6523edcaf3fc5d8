import type { Due, Input } from './event.ts'
import type { Json } from './saying.ts'

/** A person of the centre takes the chat over: the dialog he does it in, and how it is opened; `what` when it can be told there. */
export interface Summons {
  dialog: string
  opening: Json
  what?: Due
}

/** What an event summons a resident to. Whoever is held by a person already is told by the place what somebody else says past us. */
export function summonsIn(input: Input, isHeld: boolean): Summons | undefined {
  if (input.kind === 'due' && input.what.kind === 'summons')
    return { dialog: input.what.dialog, opening: input.what.about, what: input.what }
  if (input.kind === 'fromAdmin' && !isHeld)
    return { dialog: 'consultant', opening: { admin: JSON.parse(JSON.stringify(input)) } }
  return undefined
}

/** Whether the resident waits for an answer to it. */
export const isFromResident = ({ kind }: Input): boolean =>
  kind !== 'due' && kind !== 'fromAdmin' && kind !== 'blocked' && kind !== 'unblocked'
