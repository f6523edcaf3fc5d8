import type { ChatId } from './event.ts'

/** Work of one chat is done one after another, that of different chats side by side. */
export class InOrder {
  private readonly busy = new Map<ChatId, Promise<unknown>>()

  /** Does the work when all that was handed over before it for this chat has ended, well or badly. */
  run(chat: ChatId, work: () => Promise<void>): Promise<void> {
    const before = this.busy.get(chat) ?? Promise.resolve()
    const done = before.then(work, work)
    const settled = done.catch(() => {})
    this.busy.set(chat, settled)
    void settled.then(() => {
      if (this.busy.get(chat) === settled) this.busy.delete(chat)
    })
    return done
  }

  /** Answers when nothing is under way. */
  async idle(): Promise<void> {
    while (this.busy.size > 0) await Promise.all(this.busy.values())
  }
}
