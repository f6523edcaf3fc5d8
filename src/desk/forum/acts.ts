import type { FileToSend } from '../../engine/channel.ts'
import type { ChatId } from '../../engine/event.ts'
import type { ShownFile } from '../../engine/outgoing.ts'
import { below, text, type Words } from '../../engine/text.ts'
import type { Clock } from '../../infra/clock.ts'
import type { Sql } from '../../infra/database.ts'
import type { DeskChannel, DeskMessage, DeskPlace, PostProgress, StaffMember } from '../channel.ts'
import { fetched } from '../fetched.ts'
import { type DeskAct, shownAs, staffLanguage } from '../records.ts'
import { performRequest } from '../requests/perform.ts'
import type { ShownRequest } from '../requests/shown.ts'
import type { Batch } from './batches.ts'
import type { OpenTopic, Topics } from './topics.ts'
import { residentsWords } from './wording.ts'

export interface ActDeps {
  sql: Sql
  clock: Clock
  channel: DeskChannel
  words: Words
  topics: Topics
  /** Bytes of what a resident has sent, from his messenger; fails with `FILE_TOO_LARGE` or `FILE_GONE` for good. */
  residentsFile(chat: ChatId, ref: string): Promise<Uint8Array>
  /** A file of our own by its id. */
  storedFile(id: string): Promise<FileToSend>
  /** A request as it is shown at that moment; nothing when there is nobody to show it of. */
  request(id: string, now: Date): Promise<ShownRequest | undefined>
  /** Consultants by their ids, as they are called. */
  members(ids: readonly string[]): Promise<StaffMember[]>
  /** How far what is done now has come before. */
  progress: PostProgress
  /** The messages that an earlier try has shown. */
  before: readonly string[]
}

/** The messages that something became just now. `pieces`: of lines whose files stand in messages of their own, in which one (of all, from 0). */
export interface Performed {
  messages: string[]
  pieces?: ReadonlyMap<string, number>
}

const nothing: Performed = { messages: [] }

/** Does in a topic what a batch of posts wants. */
export async function perform({ posts, lines }: Batch, topic: OpenTopic, deps: ActDeps): Promise<Performed> {
  const { channel, topics } = deps
  const { place } = topic
  const [first] = posts
  const act = first?.act
  switch (act?.kind) {
    case 'line':
      return lines.length === 0 ? nothing : postWords(lines, place, deps)
    case 'say':
      return said(act, place, deps)
    case 'mark':
      await channel.mark(place, act.message)
      return posted(place, { text: deps.words.rich(staffLanguage, act.why), repliesTo: act.message }, deps)
    case 'title':
      await topics.rename(topic)
      return nothing
    case 'close':
      await topics.rename(topic)
      if (!topic.isActive) await topics.setClosed(topic, true)
      return nothing
    case 'reopen':
      await topics.setClosed(topic, false)
      return nothing
    case 'request':
      return { messages: await performRequest(act, place, deps) }
    case 'typing':
      await channel.typing(place)
      return nothing
    default:
      return nothing
  }
}

/** What the desk itself says to staff, in a topic or in the general one of a forum. */
export async function said(act: DeskAct & { kind: 'say' }, place: DeskPlace, deps: ActDeps): Promise<Performed> {
  const { buttons, repliesTo, mentions = [], picture } = act
  const files: ShownFile[] =
    picture === undefined
      ? []
      : [{ id: picture, kind: 'photo', name: deps.words.plain(staffLanguage, text('desk.forum.picture')) }]
  return posted(
    place,
    {
      text: deps.words.rich(staffLanguage, act.text),
      files,
      ...(buttons && { buttons }),
      ...(repliesTo !== undefined && { repliesTo }),
      ...(mentions.length > 0 && { mentions: await deps.members(mentions) }),
    },
    deps,
  )
}

/** A resident's lines as one message. A file that his messenger does not hand out is told of in its place. */
async function postWords(lines: Batch['lines'], place: DeskPlace, deps: ActDeps): Promise<Performed> {
  const [first] = lines
  if (!first) return nothing
  const bytes = new Map<string, Uint8Array>()
  const files: ShownFile[] = []
  // Files come first, a message each.
  const pieces = new Map<string, number>()
  let message = residentsWords(lines, deps.words)
  for (const { id, chat, body } of lines) {
    for (const [index, sent] of body.files.entries()) {
      const { name, ref } = sent
      const found = chat && (await fetched(() => deps.residentsFile(chat, ref)))
      const file = `${id}:${index}`
      if (found && 'bytes' in found) {
        bytes.set(file, found.bytes)
        if (!pieces.has(id)) pieces.set(id, files.length)
        files.push({ id: file, kind: shownAs(sent), name })
      } else message = below(message, deps.words.rich(staffLanguage, text('desk.forum.fileLost', { name })))
    }
  }
  const repliesTo = first.answers ?? first.edits
  const open = async (id: string): Promise<FileToSend> => ({ bytes: async () => bytes.get(id) ?? new Uint8Array() })
  const { messages } = await deps.channel.post(
    place,
    { text: message, files, buttons: [], ...(repliesTo !== undefined && { repliesTo }) },
    open,
    deps.progress,
  )
  return { messages, pieces }
}

function posted(
  place: DeskPlace,
  message: Partial<DeskMessage> & Pick<DeskMessage, 'text'>,
  { channel, storedFile, progress }: ActDeps,
): Promise<Performed> {
  return channel.post(place, { files: [], buttons: [], ...message }, storedFile, progress)
}
