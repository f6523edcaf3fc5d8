/**
 * What a button carries: the stamp of its screen and which of the screen's buttons it is, or a turn of the page.
 * A few bytes, nothing about a person, and worthless on any other screen.
 */
export interface Token {
  stamp: number
  press: number | 'next' | 'previous'
}

export const tokenOf = ({ stamp, press }: Token): string => `${stamp.toString(36)}.${presses.get(press) ?? press}`

/** `undefined` for anything that no screen of ours ever carried. */
export function readToken(token: string): Token | undefined {
  const [, stamp, press] = /^([0-9a-z]{1,11})\.(\d{1,3}|[<>])$/.exec(token) ?? []
  if (stamp === undefined || press === undefined) return undefined
  return {
    stamp: Number.parseInt(stamp, 36),
    press: press === '>' ? 'next' : press === '<' ? 'previous' : Number(press),
  }
}

const presses = new Map<Token['press'], string>([
  ['next', '>'],
  ['previous', '<'],
])
