import type { StaffInput } from '../../src/desk/channel.ts'
import type { InboundFile } from '../../src/engine/event.ts'
import type { FakeMessage, FakeRoom, FakeTopic } from './fakeRoom.ts'
import type { FakeTold } from './fakeTold.ts'

/** Where somebody acts: in a topic, or in the general one without `thread`. */
export interface FakeWhere {
  thread?: string
  repliesTo?: string
}

export interface FakeFile {
  kind: InboundFile['kind']
  name: string
  bytes: Uint8Array
}

/** A person in a forum. What makes a message answers its id; everything is told to whoever listens. */
export class FakeStaff {
  constructor(
    private readonly room: FakeRoom,
    private readonly told: FakeTold,
    readonly who: { id: string; name: string },
  ) {
    room.members.add(who.id)
  }

  say(text: string, where: FakeWhere = {}): string {
    const { id } = this.write(where, { text })
    this.tell(where, { kind: 'text', text: { text, spans: [] }, message: id, ...replying(where) })
    return id
  }

  /** Several files are an album. */
  send(files: FakeFile[], where: FakeWhere & { caption?: string } = {}): string[] {
    const album = files.length > 1 ? { album: `a${this.room.number()}` } : {}
    return files.map(({ kind, name, bytes }, at) => {
      const ref = `file-${this.room.number()}`
      this.room.files.set(ref, bytes)
      const words = at === 0 ? (where.caption ?? '') : ''
      const { id } = this.write(where, { text: words, files: [{ kind, name, size: bytes.length }], ...album })
      const caption = words ? { caption: { text: words, spans: [] } } : {}
      const file = { kind, ref, name, size: bytes.length }
      this.tell(where, { kind: 'files', files: [file], ...caption, message: id, ...replying(where), ...album })
      return id
    })
  }

  location(latitude: number, longitude: number, where: FakeWhere = {}): string {
    const { id } = this.write(where, { text: '' })
    this.tell(where, { kind: 'location', latitude, longitude, message: id, ...replying(where) })
    return id
  }

  edit(message: string, text: string): void {
    const found = this.room.message(message)
    if (found?.by !== this.who.id) throw new Error('not a message of his own')
    found.text = text
    this.tell(
      { thread: this.room.topicOf(message)?.thread ?? '' },
      { kind: 'edited', text: { text, spans: [] }, message },
    )
  }

  /** By its label or token: the newest one, of a topic when it is named. */
  press(button: string, { thread }: FakeWhere = {}): void {
    for (const topic of [...this.room.topics.values()].filter((one) => thread === undefined || one.thread === thread))
      for (const { id, buttons } of topic.messages.toReversed()) {
        const found = buttons.flat().find(({ label, token }) => label === button || token === button)
        if (!found) continue
        this.pressToken(found.token, { thread: topic.thread }, id)
        return
      }
    throw new Error(`no button «${button}»`)
  }

  /** Also one that is gone from its message. */
  pressToken(token: string, { thread = '' }: FakeWhere, message = '0'): void {
    this.tell({ thread }, { kind: 'press', token, message })
  }

  createTopic(title: string): string {
    return this.room.open(title, false).thread
  }

  closeTopic(thread: string): void {
    this.topic({ thread }).isClosed = true
    this.tell({ thread }, { kind: 'closed' })
  }

  reopenTopic(thread: string): void {
    this.topic({ thread }).isClosed = false
    this.tell({ thread }, { kind: 'reopened' })
  }

  /** Nobody is told. */
  deleteTopic(thread: string): void {
    this.room.remove(this.topic({ thread }))
  }

  /** Nobody is told. */
  erase(message: string): void {
    const topic = this.room.topicOf(message)
    if (topic) topic.messages = topic.messages.filter((one) => one.id !== message)
  }

  leave(): void {
    this.room.members.delete(this.who.id)
    this.tell({}, { kind: 'left' })
  }

  join(): void {
    this.room.members.add(this.who.id)
    this.tell({}, { kind: 'joined' })
  }

  /** Those not named are taken away. */
  setBotRights(rights: Partial<Record<'topics' | 'pins' | 'deletes', boolean>>): void {
    this.room.rights = { ...{ topics: false, pins: false, deletes: false }, ...rights, isIn: true }
    this.tell({}, { kind: 'rights', may: rights.topics ?? false })
  }

  kickBot(): void {
    this.room.rights = { isIn: false, topics: false, pins: false, deletes: false }
    this.tell({}, { kind: 'rights', may: false })
  }

  addBot(): void {
    this.setBotRights({ topics: true, pins: true, deletes: true })
  }

  private write({ thread = '', repliesTo }: FakeWhere, content: Partial<FakeMessage>): FakeMessage {
    if (!this.room.members.has(this.who.id)) throw new Error('not a member of the group')
    const topic = this.topic({ thread })
    const reply = repliesTo === undefined ? {} : { repliesTo }
    return this.room.post(topic, {
      ...{ from: 'staff', by: this.who.id, text: '', spans: [], buttons: [], files: [], ...reply },
      ...content,
    })
  }

  private topic({ thread = '' }: FakeWhere): FakeTopic {
    const topic = this.room.topics.get(thread)
    if (!topic || topic.isGone) throw new Error('no such topic')
    return topic
  }

  /** A bot that is not in the group hears nothing but that. */
  private tell({ thread = '' }: FakeWhere, input: StaffInput): void {
    if (!this.room.rights.isIn && input.kind !== 'rights') return
    const forum = this.room.id
    this.told.tell({ place: thread === '' ? { forum } : { forum, thread }, by: this.who, input })
  }
}

const replying = ({ repliesTo }: FakeWhere): { repliesTo?: string } => (repliesTo === undefined ? {} : { repliesTo })
