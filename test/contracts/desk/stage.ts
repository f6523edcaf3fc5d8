import type {
  DeskChannel,
  DeskMessage,
  DeskPlace,
  StaffAnswer,
  StaffEvent,
  StaffInput,
} from '../../../src/desk/channel.ts'
import type { FileToSend } from '../../../src/engine/channel.ts'
import type { Span } from '../../../src/engine/outgoing.ts'

/** One forum with whoever implements the port, and people who act there. Fakes and adapters are tried on the same stage. */
export interface DeskStage {
  forum: string
  /** A bot of its own each time, over the same forum. */
  channel(options?: { messagesPerMinute?: number; windowMs?: number }): DeskChannel
  /** Consultants 1 and 2. */
  staff(number: 1 | 2): Actor
  /** Without a thread: the general topic. */
  topic(thread?: string): Promise<ShownTopic>
  /** What somebody was told at his last press, when he is. */
  toast(actor: Actor): Promise<StaffAnswer>
  /** Messages of ours that a window of the platform has held at most, and how many were refused by it. */
  rate(limit: { messages: number; windowMs: number }): Promise<() => Promise<{ most: number; refused: number }>>
  /** The next call that posts words is answered by nobody although it has taken effect, or is not even heard. */
  cutPost(after: boolean): Promise<void>
  close(): Promise<void>
}

export interface Where {
  thread?: string
  repliesTo?: string
}

export interface ActorsFile {
  kind: 'photo' | 'document' | 'voice' | 'video'
  name: string
  bytes: Buffer
}

export interface Actor {
  id: string
  name: string
  say(text: string, where?: Where): Promise<string>
  send(files: ActorsFile[], where?: Where & { caption?: string }): Promise<string[]>
  location(latitude: number, longitude: number, where?: Where): Promise<string>
  edit(message: string, text: string): Promise<void>
  press(label: string, where?: Where): Promise<void>
  createTopic(title: string): Promise<string>
  closeTopic(thread: string): Promise<void>
  reopenTopic(thread: string): Promise<void>
  deleteTopic(thread: string): Promise<void>
  erase(message: string): Promise<void>
  leave(): Promise<void>
  join(): Promise<void>
  setBotRights(rights: { topics?: boolean; pins?: boolean; deletes?: boolean }): Promise<void>
  kickBot(): Promise<void>
  addBot(): Promise<void>
}

export interface ShownTopic {
  title: string
  isClosed: boolean
  isGone: boolean
  isTyping: boolean
  pinned: string[]
  messages: ShownMessage[]
}

/** Service messages are left out. */
export interface ShownMessage {
  id: string
  from: 'bot' | 'staff'
  text: string
  looks: { style: Span['style']; at: number; length: number; url?: string }[]
  labels: string[][]
  files: { kind: string; name: string; size: number }[]
  repliesTo?: string
  album?: string
  isMarked: boolean
}

export const words = (text: string, more: Partial<DeskMessage> = {}): DeskMessage => ({
  ...{ text: { text, spans: [] }, files: [], buttons: [] },
  ...more,
})

export const noFile = (): Promise<FileToSend> => Promise.reject(new Error('no file is wanted'))

/** Opens files by their ids. */
export const filesOf =
  (files: Record<string, Uint8Array>) =>
  async (id: string): Promise<FileToSend> => ({ bytes: async () => files[id] ?? new Uint8Array() })

export const say = (channel: DeskChannel, place: DeskPlace, text: string): Promise<string> =>
  channel.post(place, words(text), noFile).then(({ messages }) => messages[0] ?? '')

/** The desk's side of `listen`: remembers what was taken, may refuse an event, and lets a test wait for one. */
export class DeskEar {
  readonly taken: StaffEvent[] = []
  readonly offered: StaffEvent[] = []
  /** What taking an event does besides, and what whoever pressed is told; an error refuses the event. */
  onEvent: (event: StaffEvent) => Promise<StaffAnswer> = async () => ({})
  #waiting: (() => void)[] = []

  readonly hear = async (event: StaffEvent): Promise<StaffAnswer> => {
    this.offered.push(event)
    this.#wake()
    const answer = await this.onEvent(event)
    this.taken.push(event)
    this.#wake()
    return answer
  }

  /** The first one taken of this kind that fits, now or later. */
  async event<Kind extends StaffInput['kind']>(
    kind: Kind,
    fits: (event: StaffEvent) => boolean = () => true,
  ): Promise<StaffEvent & { input: StaffInput & { kind: Kind } }> {
    const isSo = (event: StaffEvent): event is StaffEvent & { input: StaffInput & { kind: Kind } } =>
      event.input.kind === kind && fits(event)
    await this.until(() => this.taken.some(isSo))
    const found = this.taken.find(isSo)
    if (!found) throw new Error('unreachable')
    return found
  }

  text(text: string): Promise<StaffEvent> {
    return this.event('text', ({ input }) => input.kind === 'text' && input.text.text === text)
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

export async function whileListening<Done>(
  channel: DeskChannel,
  ear: DeskEar,
  work: () => Promise<Done>,
): Promise<Done> {
  const stop = await channel.listen(ear.hear)
  try {
    return await work()
  } finally {
    await stop()
  }
}
