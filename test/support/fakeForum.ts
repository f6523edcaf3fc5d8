import { richOf } from '../../bots/consultants/entities.ts'
import { forumLimits } from '../../bots/consultants/limits.ts'
import { Gate } from '../../bots/consultants/rate.ts'
import type { Part } from '../../bots/consultants/render.ts'
import { render, renderedEdit, shortened } from '../../bots/consultants/render.ts'
import { sentAs } from '../../bots/consultants/send.ts'
import type { DeskChannel, DeskMessage, DeskPlace, Posted, PostProgress } from '../../src/desk/channel.ts'
import type { FileToSend } from '../../src/engine/channel.ts'
import { AppError, type ErrorCode } from '../../src/infra/errors.ts'
import { type FakeCall, FakeFaults } from './fakeFaults.ts'
import { type FakeMessage, FakeRoom, type FakeTopic } from './fakeRoom.ts'
import { FakeStaff } from './fakeStaff.ts'
import { FakeTold } from './fakeTold.ts'

export interface FakeForumOptions {
  clock: { now(): Date }
  forums?: string[]
  messagesPerMinute?: number
  windowMs?: number
}

/**
 * Staff forums in memory, as faithful as the contract of the port asks: topics, ids, closed, gone, rights and the rate. A test acts in
 * them through `staff`, looks at them through `topic`, and makes calls fail with `fail`.
 */
export class FakeForum implements DeskChannel {
  readonly limits = forumLimits
  readonly forums: string[]
  private readonly rooms = new Map<string, FakeRoom>()
  private readonly told: FakeTold
  private readonly faults = new FakeFaults()

  constructor({
    clock,
    forums = ['-1001234567001'],
    messagesPerMinute = 100_000,
    windowMs = 60_000,
  }: FakeForumOptions) {
    this.forums = forums
    this.told = new FakeTold(clock)
    for (const id of forums) this.rooms.set(id, new FakeRoom(id, new Gate(messagesPerMinute, windowMs)))
  }

  /** The next calls of this name fail so; `after`: although they have taken effect, a post after its first message. */
  fail(call: FakeCall, code: ErrorCode, more: { times?: number; after?: boolean } = {}): void {
    this.faults.add(call, code, more)
  }

  /** From now on at most so many messages in a forum in a window. */
  setRate(messages: number, windowMs: number): void {
    for (const room of this.rooms.values()) room.gate = new Gate(messages, windowMs)
  }

  /** Somebody with a forum open before him. */
  staff(id: string, name: string, forum = this.forums[0] ?? ''): FakeStaff {
    return new FakeStaff(this.room(forum), this.told, { id, name })
  }

  topic(place: DeskPlace): FakeTopic | undefined {
    return this.room(place.forum).topics.get(place.thread ?? '')
  }

  topics(forum = this.forums[0] ?? ''): FakeTopic[] {
    return [...this.room(forum).topics.values()]
  }

  /** The most messages of ours that any window of a forum has held. */
  mostInWindow(forum = this.forums[0] ?? '', windowMs = 60_000): number {
    return this.room(forum).mostIn(windowMs)
  }

  /** What somebody was told at his last press. */
  toast(person: string): { toast?: string; alert?: true } | undefined {
    return this.told.toasts.get(person)
  }

  /** Answers when everything that has happened was taken. */
  idle(): Promise<void> {
    return this.told.idle()
  }

  linkTo({ forum, thread }: Required<DeskPlace>, message?: string): string {
    return `https://forum.example/${forum}/${thread}${message === undefined ? '' : `/${message}`}`
  }

  async openTopic(forum: string, title: string): Promise<string> {
    return this.faults.around('openTopic', () =>
      this.room(forum).gate.through(1, async () => {
        const room = this.letIn(forum)
        if (!room.rights.topics) throw new AppError('NO_RIGHTS')
        return room.open(shortened(title, forumLimits.title)).thread
      }),
    )
  }

  renameTopic(place: Required<DeskPlace>, title: string): Promise<void> {
    return this.change('renameTopic', place, (topic) => {
      topic.title = shortened(title, forumLimits.title)
    })
  }

  closeTopic(place: Required<DeskPlace>): Promise<void> {
    return this.change('closeTopic', place, (topic) => {
      topic.isClosed = true
    })
  }

  reopenTopic(place: Required<DeskPlace>): Promise<void> {
    return this.change('reopenTopic', place, (topic) => {
      topic.isClosed = false
    })
  }

  deleteTopic(place: Required<DeskPlace>): Promise<void> {
    return this.faults.around('deleteTopic', async () => {
      const room = this.letIn(place.forum)
      const topic = room.topics.get(place.thread)
      if (!topic || topic.isGone) return
      if (!room.rights.deletes) throw new AppError('NO_RIGHTS')
      room.remove(topic)
    })
  }

  post(
    place: DeskPlace,
    message: DeskMessage,
    file: (id: string) => Promise<FileToSend>,
    { done, shown }: PostProgress = { done: 0, shown: async () => {} },
  ): Promise<Posted> {
    return this.faults.around('post', async () => {
      const messages: string[] = []
      const unshown: string[] = []
      const together = message.buttons.length === 0
      let album: { kind: string; id: string } | undefined
      for (const part of render(place, message).slice(done)) {
        const posted = await this.room(place.forum).gate.through(1, () => this.posted(place, part, file))
        if (part.kind === 'file' && posted.files.length === 0) unshown.push(part.file.id)
        const kind = posted.files[0]?.kind ?? 'text'
        album = album?.kind === kind ? album : { kind, id: posted.id }
        if (together && (kind === 'photo' || kind === 'document')) posted.album = album.id
        messages.push(posted.id)
        await shown([posted.id])
        this.faults.breakOff('post')
      }
      return unshown.length > 0 ? { messages, unshown } : { messages }
    })
  }

  edit(place: DeskPlace, message: string, now: Pick<DeskMessage, 'text' | 'buttons'>): Promise<void> {
    return this.faults.around('edit', async () => {
      const found = this.letIn(place.forum).message(message)
      if (found?.from !== 'bot') throw new AppError('MESSAGE_GONE')
      found.text = renderedEdit(now).text
      found.spans = now.text.spans
      found.buttons = now.buttons
    })
  }

  pin(place: DeskPlace, message: string): Promise<void> {
    return this.faults.around('pin', async () => {
      const room = this.letIn(place.forum)
      if (!room.rights.pins) throw new AppError('NO_RIGHTS')
      const topic = room.topicOf(message)
      if (!topic) throw new AppError('MESSAGE_GONE')
      if (!topic.pinned.includes(message)) topic.pinned.push(message)
    })
  }

  mark(place: DeskPlace, message: string): Promise<void> {
    return this.faults.around('mark', async () => {
      const found = this.room(place.forum).message(message)
      if (found) found.isMarked = true
    })
  }

  typing(place: DeskPlace): Promise<void> {
    return this.faults.around('typing', async () => {
      this.open(place).isTyping = true
    })
  }

  fetchFile(ref: string): Promise<Uint8Array> {
    return this.faults.around('fetchFile', async () => {
      const bytes = [...this.rooms.values()].map((room) => room.files.get(ref)).find((found) => found !== undefined)
      if (!bytes) throw new AppError('FILE_GONE')
      if (bytes.length > forumLimits.fetchedFileBytes) throw new AppError('FILE_TOO_LARGE')
      return bytes
    })
  }

  async listen(onEvent: Parameters<DeskChannel['listen']>[0]): Promise<() => Promise<void>> {
    for (const { gate } of this.rooms.values()) gate.open()
    const stop = this.told.listen(onEvent)
    return () => {
      for (const { gate } of this.rooms.values()) gate.close()
      return stop()
    }
  }

  private async posted(place: DeskPlace, part: Part, file: (id: string) => Promise<FileToSend>): Promise<FakeMessage> {
    const { reply_parameters: reply, reply_markup: markup } = part.payload
    const files: FakeMessage['files'] = []
    if (part.kind === 'file') {
      const bytes = await (await file(part.file.id)).bytes()
      const kind = sentAs(part.file, bytes.length)
      if (kind) files.push({ kind, name: part.file.name, size: bytes.length })
    }
    const topic = this.open(place)
    const [words = '', entities] =
      part.kind === 'file'
        ? [part.payload.caption, part.payload.caption_entities]
        : [part.payload.text, part.payload.entities]
    const text = part.kind === 'file' && files.length === 0 ? [words, part.file.name].filter(Boolean).join('\n') : words
    const room = this.room(place.forum)
    const repliesTo = reply && room.message(String(reply.message_id)) ? String(reply.message_id) : undefined
    return room.post(topic, {
      ...{ from: 'bot', text, files },
      spans: richOf(words, entities).spans,
      buttons: (markup?.inline_keyboard ?? []).map((row) =>
        row.map((button) => ({ label: button.text, token: 'callback_data' in button ? button.callback_data : '' })),
      ),
      ...(repliesTo !== undefined && { repliesTo }),
    })
  }

  private change(call: FakeCall, place: Required<DeskPlace>, work: (topic: FakeTopic) => void): Promise<void> {
    return this.faults.around(call, async () => {
      const room = this.letIn(place.forum)
      const topic = room.topics.get(place.thread)
      if (!topic || topic.isGone) throw new AppError('TOPIC_GONE')
      if (!topic.isOurs && !room.rights.topics) throw new AppError('NO_RIGHTS')
      work(topic)
    })
  }

  /** A topic that takes what we write. */
  private open({ forum, thread = '' }: DeskPlace): FakeTopic {
    const room = this.letIn(forum)
    const topic = room.topics.get(thread)
    if (!topic || topic.isGone) throw new AppError('TOPIC_GONE')
    if (topic.isClosed && !room.rights.topics) throw new AppError('TOPIC_CLOSED')
    return topic
  }

  private letIn(forum: string): FakeRoom {
    const room = this.room(forum)
    if (!room.rights.isIn) throw new AppError('NO_RIGHTS')
    return room
  }

  private room(forum: string): FakeRoom {
    const room = this.rooms.get(forum)
    if (!room) throw new AppError('NO_RIGHTS')
    return room
  }
}
