import { messengerOf } from '../../engine/event.ts'
import type { Words } from '../records.ts'
import { mostInAlbum, restsMs } from '../rests.ts'
import type { PostRow, ShownLine } from './rows.ts'

/** Posts that become one message: a single act, or lines of a resident that follow one another. */
export interface Batch {
  posts: PostRow[]
  lines: (ShownLine & { body: Words })[]
}

/**
 * Puts consecutive lines of a resident together, so that a forum's messages a minute suffice: words while they fit into one message of `most`
 * characters (their heading included), pieces of an album with its caption. Replies, edits and places stay alone. Order is kept. What stood
 * in the forum already when a process ended is not joined by what came since: that would be taken for shown.
 */
export function batchesOf(posts: readonly PostRow[], most: number): Batch[] {
  const batches: Batch[] = []
  for (const post of posts) {
    const line = wordsOf(post)
    const last = batches.at(-1)
    if (line && last && isShownAlike(last, post) && joins(last.lines, line, most)) {
      last.posts.push(post)
      last.lines.push(line)
    } else batches.push({ posts: [post], lines: line ? [line] : [] })
  }
  return batches
}

/** A heading of a message stands above the words. */
const headingChars = 60

/** How long a batch waits before it is shown, milliseconds; one of which a part stands in the forum does not. */
export function batchRestsMs({ posts, lines }: Batch, isLast: boolean, now: Date): number {
  const hasBegun = (posts[0]?.messages.length ?? 0) > 0
  return hasBegun ? 0 : restsMs(lines, isLast, now)
}

const isShownAlike = ({ posts: [first] }: Batch, { messages }: PostRow): boolean =>
  first?.messages.join() === messages.join()

function wordsOf({ act, line }: PostRow): Batch['lines'][number] | undefined {
  return act.kind === 'line' && line?.body.kind === 'words' ? { ...line, body: line.body } : undefined
}

function joins(before: Batch['lines'], line: Batch['lines'][number], most: number): boolean {
  const [first] = before
  if (!first?.chat || !line.chat || messengerOf(first.chat) !== messengerOf(line.chat)) return false
  if (first.author !== line.author) return false
  if (isAlone(line) || before.some(isAlone)) return false
  if (line.body.files.length > 0 || before.some(({ body }) => body.files.length > 0))
    return line.body.album !== undefined && first.body.album === line.body.album && before.length < mostInAlbum
  const length = [...before, line].reduce((sum, { body }) => sum + body.text.text.length + 1, headingChars)
  return length <= most
}

const isAlone = ({ body, answers }: Batch['lines'][number]): boolean =>
  answers !== undefined || body.edits !== undefined || body.location !== undefined
