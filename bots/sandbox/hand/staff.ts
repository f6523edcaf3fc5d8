import type { SandboxHand } from '../hand.ts'
import type { BotRights } from '../telegram/forum.ts'
import { ForumHand } from './forum.ts'
import { type FileToSend, toSend } from './resident.ts'
import type { StaffAct, StaffActed, Where } from './staffActs.ts'

/** One member of a staff forum with it open before him. What makes a message answers its id. */
export class StaffHand extends ForumHand {
  constructor(
    hand: SandboxHand,
    forum: number,
    readonly person: number,
  ) {
    super(hand, forum)
  }

  /** In the topic, or in General without one. */
  say(text: string, where: Where = {}): Promise<string> {
    return this.write({ do: 'say', text, ...where })
  }

  /** Answers the ids of all messages: several files are an album. */
  async send(files: FileToSend[], where: Where & { caption?: string } = {}): Promise<string[]> {
    return (await this.act({ do: 'send', files: toSend(files), ...where })).messages ?? []
  }

  location(where: Where & { latitude?: number; longitude?: number } = {}): Promise<string> {
    return this.write({ do: 'location', ...where })
  }

  async edit(message: string, text: string): Promise<void> {
    await this.act({ do: 'edit', message, text })
  }

  async erase(message: string): Promise<void> {
    await this.act({ do: 'erase', message })
  }

  /** By the button's label: the newest one, of a topic or under a message when it is named. */
  async press(label: string, where: { topic?: number; message?: string } = {}): Promise<void> {
    await this.act({ do: 'press', label, ...where })
  }

  /** By its token; with a message's id also on a button that is gone from it. */
  async pressToken(token: string, where: { topic?: number; message?: string } = {}): Promise<void> {
    await this.act({ do: 'press', token, ...where })
  }

  async createTopic(name: string): Promise<number> {
    return (await this.act({ do: 'createTopic', name })).topic ?? 0
  }

  async renameTopic(topic: number, name: string): Promise<void> {
    await this.act({ do: 'renameTopic', topic, name })
  }

  async closeTopic(topic: number): Promise<void> {
    await this.act({ do: 'closeTopic', topic })
  }

  async reopenTopic(topic: number): Promise<void> {
    await this.act({ do: 'reopenTopic', topic })
  }

  async deleteTopic(topic: number): Promise<void> {
    await this.act({ do: 'deleteTopic', topic })
  }

  async leave(): Promise<void> {
    await this.act({ do: 'leave' })
  }

  async join(): Promise<void> {
    await this.act({ do: 'join' })
  }

  /** Rights that are not named are taken away; without an argument the bot is a plain member. */
  async setBotRights(rights?: Partial<BotRights>): Promise<void> {
    await this.act({ do: 'setBotRights', ...(rights ? { rights } : {}) })
  }

  async kickBot(): Promise<void> {
    await this.act({ do: 'kickBot' })
  }

  /** As an administrator with all rights. */
  async addBot(): Promise<void> {
    await this.act({ do: 'addBot' })
  }

  private act(act: StaffAct): Promise<StaffActed> {
    return this.hand.actInForum(this.forum, this.person, act)
  }

  private async write(act: StaffAct): Promise<string> {
    return (await this.act(act)).message ?? ''
  }
}
