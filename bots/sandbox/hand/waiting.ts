import type { SandboxHand } from '../hand.ts'

const PATIENCE_MS = 30_000

/** Waits by events until what is seen at a path is as wished; fails with `described` of what it looked like at the end. */
export async function waitUntil<Seen extends { revision: number }>(
  hand: SandboxHand,
  path: string,
  wish: (seen: Seen) => boolean,
  described: (seen: Seen) => string,
  patienceMs = PATIENCE_MS,
): Promise<Seen> {
  const signal = AbortSignal.timeout(patienceMs)
  let seen = await hand.get<Seen>(path)
  while (!wish(seen)) {
    try {
      seen = await hand.get<Seen>(`${path}?after=${seen.revision}`, signal)
    } catch (error) {
      if (!signal.aborted) throw error
      throw new Error(`waited in vain; ${described(seen)}`, { cause: error })
    }
  }
  return seen
}
