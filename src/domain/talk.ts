/**
 * A resident's talk with consultants as he was told it: what he said, what he was answered, what the desk told him. Notes of staff are never in it, nor
 * is what did not reach him. Instants are ISO.
 */
export interface Talk {
  number: number
  askedAt: string
  lines: TalkLine[]
}

export type TalkLine = SaidLine | DeskLine

/** `name`: of a consultant whom we know. `answers`: the words that it is a reply to. */
export interface SaidLine {
  at: string
  who: 'resident' | 'consultant'
  name?: string
  words: string
  files: { kind: 'photo' | 'document' | 'voice' | 'video'; name: string }[]
  location?: { latitude: number; longitude: number }
  answers?: string
  isEdited?: true
}

/** What the desk told: `name` of whoever has taken it or had it passed to him. */
export interface DeskLine {
  at: string
  who: 'desk'
  what: 'taken' | 'passed' | 'queued' | 'morning' | 'held' | 'led' | 'closed'
  name?: string
}

/** A line as it was kept; `edits` and `answers` are the keys of the lines that it replaces the words of, or is a reply to. */
export interface KeptLine {
  key: string
  line: TalkLine
  edits?: string
  answers?: string
}

/** The lines in their order, each with the words that it was changed to last. */
export function asTold(kept: readonly KeptLine[]): TalkLine[] {
  const told = new Map<string, TalkLine>()
  // An edit of an edit changes what was said first.
  const first = new Map<string, string>()
  for (const { key, line, edits, answers } of kept) {
    const root = edits === undefined ? undefined : (first.get(edits) ?? edits)
    const before = root === undefined ? undefined : told.get(root)
    if (root !== undefined && before && before.who !== 'desk' && line.who !== 'desk') {
      first.set(key, root)
      told.set(root, { ...before, words: line.words, isEdited: true })
      continue
    }
    const answered = answers === undefined ? undefined : told.get(first.get(answers) ?? answers)
    const isReply = line.who !== 'desk' && answered !== undefined && answered.who !== 'desk' && answered.words !== ''
    told.set(key, isReply ? { ...line, answers: answered.words } : line)
  }
  return [...told.values()]
}
