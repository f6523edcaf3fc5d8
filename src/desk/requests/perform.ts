import { isOver } from '../../domain/requests/states.ts'
import type { FileToSend } from '../../engine/channel.ts'
import type { ShownFile } from '../../engine/outgoing.ts'
import { below, beneath, text, type Words } from '../../engine/text.ts'
import type { Clock } from '../../infra/clock.ts'
import type { Sql } from '../../infra/database.ts'
import { AppError } from '../../infra/errors.ts'
import type { DeskChannel, DeskPlace, PostProgress, StaffMember } from '../channel.ts'
import { type DeskAct, shownAs, staffLanguage } from '../records.ts'
import { requestAlbumRestsMs } from '../rests.ts'
import type { FactLine } from './facts.ts'
import { excerpt } from './message.ts'
import { nameText } from './naming.ts'
import { noteShownFiles, noteShownRequest, type ShownRequest } from './shown.ts'

interface Deps {
  sql: Sql
  channel: DeskChannel
  clock: Clock
  words: Words
  storedFile(id: string): Promise<FileToSend>
  members(ids: readonly string[]): Promise<StaffMember[]>
  request(id: string, now: Date): Promise<ShownRequest | undefined>
  progress: PostProgress
  /** The messages that an earlier try has shown. */
  before: readonly string[]
}

/** Something is not to be shown yet: the topic looks again after so long. */
export class NotYet extends Error {
  constructor(readonly ms: number) {
    super('not yet')
  }
}

/** So long a topic waits for a file of a request to be fetched and judged; then it is only named. */
const filesRestMs = 15_000
const looksAgainMs = 500

/** Shows in a topic what has become of a request; answers the messages it became. What has changed is told by the message that is there. */
export async function performRequest(
  act: DeskAct & { kind: 'request' },
  place: Required<DeskPlace>,
  deps: Deps,
): Promise<string[]> {
  const shown = await deps.request(act.request, deps.clock.now())
  if (!shown || isOverUnseen(shown)) return []
  if (act.what === 'files') return postFiles(shown, act.line, place, deps)
  const { facts } = shown
  const isNew = act.what === 'sent' || act.what === 'reopened' || act.what === 'added'
  const isTold = act.line !== undefined && BigInt(facts.shownLine ?? 0) >= BigInt(act.line)
  if (isNew && !isTold) return postMessage(shown, place, deps, act.what === 'sent' ? null : facts.hadBy)
  if (facts.staffMessage !== undefined && (await edited(place, facts.staffMessage, shown.message, deps))) return []
  return postMessage(shown, place, deps, null)
}

/** What was over before staff ever saw it, where a forum came later, is not shown any more. */
const isOverUnseen = ({ facts }: ShownRequest): boolean => isOver(facts.state) && facts.staffMessage === undefined

/** At the end of the topic, whoever has or had it called by name; the message that has shown it so far says that it is below. */
async function postMessage(shown: ShownRequest, place: DeskPlace, deps: Deps, calls: string | null): Promise<string[]> {
  const { facts, message } = shown
  const mentions = calls === null ? [] : await deps.members([calls])
  const { messages } = await deps.channel.post(
    place,
    { ...message, mentions, files: [] },
    deps.storedFile,
    deps.progress,
  )
  const posted = [...deps.before, ...messages].at(-1)
  if (posted === undefined) return messages
  await noteShownRequest(deps.sql, facts.id, posted, facts.lines.at(-1)?.id)
  const former = facts.staffMessage
  if (former !== undefined && former !== posted) {
    const moved = deps.words.rich(staffLanguage, text('desk.request.below', { title: nameText(facts) }))
    await edited(place, former, { text: moved, buttons: [] }, deps)
  }
  return messages
}

async function edited(
  place: DeskPlace,
  message: string,
  now: Parameters<DeskChannel['edit']>[2],
  { channel }: Deps,
): Promise<boolean> {
  try {
    await channel.edit(place, message, now)
    return true
  } catch (error) {
    if (error instanceof AppError && (error.code === 'MESSAGE_GONE' || error.code === 'PLATFORM_REFUSED')) return false
    throw error
  }
}

/** Files of the resident's lines, and words too long for the message, from a line on; all of them when none is named. */
async function postFiles(
  shown: ShownRequest,
  from: string | undefined,
  place: DeskPlace,
  deps: Deps,
): Promise<string[]> {
  const { facts, fileStates } = shown
  const lines = facts.lines.filter(
    (line) =>
      line.author === 'resident' &&
      hasMore(line) &&
      (from === undefined || (BigInt(line.id) >= BigInt(from) && line.staffMessage === undefined)),
  )
  const latest = lines.at(-1)
  if (!latest) return []
  const age = deps.clock.now().getTime() - Math.max(Date.parse(latest.at), facts.changedAt.getTime())
  const all = lines.flatMap(({ files }) => files)
  const isWaiting = all.some(({ id }) => fileStates.get(id) === 'wanted')
  if (latest.album !== undefined && age < requestAlbumRestsMs) throw new NotYet(requestAlbumRestsMs - Math.max(0, age))
  if (isWaiting && age < filesRestMs) throw new NotYet(looksAgainMs)
  const say = (key: string, values = {}) => deps.words.rich(staffLanguage, text(key, values))
  const files = all.flatMap((file): ShownFile[] =>
    fileStates.get(file.id) === 'stored' ? [{ id: file.id, kind: shownAs(file), name: file.name }] : [],
  )
  const missing = all.filter(({ id }) => fileStates.get(id) !== 'stored')
  const notes = missing.map(({ id, name }) =>
    say(fileStates.get(id) === 'wanted' ? 'desk.request.fileLater' : 'desk.request.fileLost', { name }),
  )
  const long = lines.flatMap(({ text: said }) => (isLong(said) ? [{ text: said, spans: [] }] : []))
  const heading = say('desk.request.filesOf', { title: nameText(facts) })
  const whole = notes.reduce(beneath, long.reduce(below, heading))
  const { messages } = await deps.channel.post(
    place,
    { text: whole, files, buttons: [] },
    deps.storedFile,
    deps.progress,
  )
  const [first] = [...deps.before, ...messages]
  if (first !== undefined)
    await noteShownFiles(
      deps.sql,
      lines.map(({ id }) => id),
      first,
    )
  return messages
}

export const isLong = (said: string): boolean => [...said].length > excerpt
const hasMore = ({ text: said, files }: FactLine): boolean => files.length > 0 || isLong(said)
