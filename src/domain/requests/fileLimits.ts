/** How many files a request takes, the largest of them, and all together. */
export interface FileLimits {
  most: number
  megabytes: number
  togetherMegabytes: number
}

/** Why a file is not taken: neither a picture nor a document, no bytes, larger than one may be, one too many, too much together. */
export type NotTaken = 'kind' | 'empty' | 'tooLarge' | 'tooMany' | 'together'

interface Sized {
  size?: number
}

/** Which of the files that came a request takes besides those it has, in order, and why not the others. A size that nobody told is judged when it is fetched. */
export function withinLimits<File extends Sized & { kind: string }>(
  had: readonly Sized[],
  came: readonly File[],
  limits: FileLimits,
): { taken: File[]; left: { file: File; why: NotTaken }[] } {
  const taken: File[] = []
  const left: { file: File; why: NotTaken }[] = []
  for (const file of came) {
    const why = whyNot(file, [...had, ...taken], limits)
    if (why) left.push({ file, why })
    else taken.push(file)
  }
  return { taken, left }
}

function whyNot(
  { kind, size }: Sized & { kind: string },
  others: readonly Sized[],
  { most, megabytes, togetherMegabytes }: FileLimits,
): NotTaken | undefined {
  if (kind !== 'photo' && kind !== 'document') return 'kind'
  if (size === 0) return 'empty'
  if ((size ?? 0) > megabytes * 1024 * 1024) return 'tooLarge'
  if (others.length >= most) return 'tooMany'
  const together = others.reduce((sum, one) => sum + (one.size ?? 0), size ?? 0)
  return together > togetherMegabytes * 1024 * 1024 ? 'together' : undefined
}
