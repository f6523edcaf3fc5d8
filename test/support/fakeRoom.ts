import type { Gate } from '../../bots/consultants/rate.ts'
import type { DeskButton } from '../../src/desk/channel.ts'
import type { Span } from '../../src/engine/outgoing.ts'

export interface FakeMessage {
  id: string
  from: 'bot' | 'staff'
  /** Who of the staff. */
  by?: string
  text: string
  spans: Span[]
  buttons: DeskButton[][]
  files: { kind: string; name: string; size: number }[]
  repliesTo?: string
  album?: string
  isMarked?: boolean
}

/** `thread` is empty for the general topic. */
export interface FakeTopic {
  thread: string
  title: string
  isOurs: boolean
  isClosed: boolean
  isGone: boolean
  isTyping: boolean
  messages: FakeMessage[]
  pinned: string[]
}

/** One forum as it stands. */
export class FakeRoom {
  readonly topics = new Map<string, FakeTopic>()
  readonly files = new Map<string, Uint8Array>()
  readonly members = new Set<string>()
  /** Of our bot. */
  rights = { isIn: true, topics: true, pins: true, deletes: true }
  private readonly sentAt: number[] = []
  private nextId = 1

  constructor(
    readonly id: string,
    public gate: Gate,
  ) {
    this.topics.set('', this.empty('', 'General', false))
  }

  open(title: string, isOurs = true): FakeTopic {
    const topic = this.empty(this.number(), title, isOurs)
    this.topics.set(topic.thread, topic)
    return topic
  }

  remove(topic: FakeTopic): void {
    topic.isGone = true
    topic.messages = []
    topic.pinned = []
  }

  post(topic: FakeTopic, message: Omit<FakeMessage, 'id'>): FakeMessage {
    const posted = { ...message, id: this.number() }
    topic.messages.push(posted)
    if (message.from === 'bot') this.sentAt.push(performance.now())
    return posted
  }

  message(id: string): FakeMessage | undefined {
    return this.topicOf(id)?.messages.find((one) => one.id === id)
  }

  topicOf(message: string): FakeTopic | undefined {
    return [...this.topics.values()].find((topic) => topic.messages.some((one) => one.id === message))
  }

  mostIn(windowMs: number): number {
    const inWindowFrom = (from: number) => this.sentAt.filter((at) => at >= from && at < from + windowMs).length
    return Math.max(0, ...this.sentAt.map(inWindowFrom))
  }

  number(): string {
    return String(this.nextId++)
  }

  private empty(thread: string, title: string, isOurs: boolean): FakeTopic {
    return { thread, title, isOurs, isClosed: false, isGone: false, isTyping: false, messages: [], pinned: [] }
  }
}
