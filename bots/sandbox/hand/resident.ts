import type { SandboxHand } from '../hand.ts'
import type { Messenger } from '../world/state.ts'
import type { Act, SentFile } from './acts.ts'
import type { SeenChat, SeenMessage } from './seen.ts'
import { waitUntil } from './waiting.ts'

/** One person's phone in one messenger. What makes a message answers its id. */
export class ResidentHand {
  /** How the bot's messages looked before the last act. */
  private before = new Map<string, string>()

  constructor(
    private readonly hand: SandboxHand,
    readonly messenger: Messenger,
    readonly person: number,
  ) {}

  start(payload?: string): Promise<string> {
    return this.write(payload === undefined ? { do: 'start' } : { do: 'start', payload })
  }

  say(text: string, replyTo?: string): Promise<string> {
    return this.write({ do: 'say', text, ...(replyTo === undefined ? {} : { replyTo }) })
  }

  /** By the button's label. */
  async press(label: string, message?: string): Promise<void> {
    await this.act({ do: 'press', label, ...(message === undefined ? {} : { message }) })
  }

  /** By its token; with a message's id also on a button that is gone from it. */
  async pressToken(token: string, message?: string): Promise<void> {
    await this.act({ do: 'press', token, ...(message === undefined ? {} : { message }) })
  }

  async edit(message: string, text: string): Promise<void> {
    await this.act({ do: 'edit', message, text })
  }

  async erase(message: string): Promise<void> {
    await this.act({ do: 'erase', message })
  }

  /** Several files are one album; answers the id of its last message. */
  send(files: FileToSend[], caption?: string, replyTo?: string): Promise<string> {
    return this.write({
      do: 'send',
      files: toSend(files),
      ...(caption === undefined ? {} : { caption }),
      ...(replyTo === undefined ? {} : { replyTo }),
    })
  }

  sticker(): Promise<string> {
    return this.write({ do: 'sticker' })
  }

  /** `text`: words beside it in VK, the name of the place in Telegram. */
  location(place: { latitude?: number; longitude?: number; text?: string } = {}, replyTo?: string): Promise<string> {
    return this.write({ do: 'location', ...place, ...(replyTo === undefined ? {} : { replyTo }) })
  }

  /** Telegram only. */
  contact(): Promise<string> {
    return this.write({ do: 'contact' })
  }

  async block(): Promise<void> {
    await this.act({ do: 'block' })
  }

  async unblock(): Promise<void> {
    await this.act({ do: 'unblock' })
  }

  /** VK only: he types, and the community is told of it when it has asked for such events. */
  async typing(): Promise<void> {
    await this.act({ do: 'typing' })
  }

  /** VK only: an administrator (a person of the staff) answers him from VK's own inbox. */
  adminSays(text: string, admin: number, replyTo?: string): Promise<string> {
    return this.write({ do: 'adminSays', text, admin, ...(replyTo === undefined ? {} : { replyTo }) })
  }

  sayInGroup(text: string): Promise<string> {
    return this.write({ do: 'sayInGroup', text })
  }

  chat(): Promise<SeenChat> {
    return this.hand.get(this.path)
  }

  /** Waits by events until the chat is as wished; fails with what the chat looked like. */
  waitFor(wish: (chat: SeenChat) => boolean, patienceMs?: number): Promise<SeenChat> {
    return waitUntil(
      this.hand,
      this.path,
      wish,
      (chat) => `the ${this.messenger} chat ends with:\n${lastLines(chat)}`,
      patienceMs,
    )
  }

  /** Waits for a message that the bot has sent or edited since the last act here, and that fits; answers the newest such. */
  async reply(fits: (message: SeenMessage) => boolean = () => true, patienceMs?: number): Promise<SeenMessage> {
    const before = this.before
    const isReply = (one: SeenMessage) => isShownByBot(one) && before.get(one.id) !== looks(one) && fits(one)
    const chat = await this.waitFor((seen) => seen.messages.some(isReply), patienceMs)
    const reply = chat.messages.findLast(isReply)
    if (!reply) throw new Error('no reply')
    return reply
  }

  private get path(): string {
    return `/sandbox/chats/${this.messenger}/${this.person}`
  }

  private async act(act: Act): Promise<{ message?: string }> {
    const { messages } = await this.chat()
    this.before = new Map(messages.filter(isShownByBot).map((one) => [one.id, looks(one)]))
    return this.hand.act(this.messenger, this.person, act)
  }

  private async write(act: Act): Promise<string> {
    return (await this.act(act)).message ?? ''
  }
}

/** A file as tests have it. */
export type FileToSend = Omit<SentFile, 'base64'> & { bytes: Uint8Array }

export const toSend = (files: FileToSend[]): SentFile[] =>
  files.map(({ kind, name, bytes }) => ({ kind, name, base64: Buffer.from(bytes).toString('base64') }))

const isShownByBot = (message: SeenMessage) => message.from === 'bot' && !message.deleted

const looks = ({ text, buttons, files }: SeenMessage) => JSON.stringify([text, buttons, files])

const lastLines = (chat: SeenChat): string =>
  chat.messages
    .slice(-6)
    .map(
      (one) =>
        `  ${one.from}: ${one.text.slice(0, 200)} [${one.buttons
          .flat()
          .map((button) => button.label)
          .join(' · ')}]`,
    )
    .join('\n')
