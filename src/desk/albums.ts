/** An album has 2-10 pieces in either messenger. */
export const mostInAlbum = 10

/** Pieces of an album come one by one, right after another. */
const albumRestsMs = 700

/** How long further pieces may be awaited of an album of which so many are there, the last one come at an instant: milliseconds. */
export function moreComesMs({ count, lastAt }: { count: number; lastAt: Date }, now: Date): number {
  if (count >= mostInAlbum) return 0
  return Math.max(0, Math.min(lastAt.getTime() + albumRestsMs - now.getTime(), albumRestsMs))
}
