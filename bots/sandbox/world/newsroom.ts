import type { Messenger } from './state.ts'

/**
 * What has just changed. `update` says that something waits for a bot; `chat` that a person sees something else than before, `forum`
 * that its members do.
 */
export type News =
  | { kind: 'chat'; messenger: Messenger; person: number }
  | { kind: 'forum'; messenger: 'telegram'; forum: number }
  | { kind: 'update'; messenger: Messenger; bot: number }
  | { kind: 'call'; messenger: Messenger }
  | { kind: 'violation'; messenger: Messenger }
  | { kind: 'people' }

/** Tells listeners of changes, and numbers the changes of each chat so that a reader can ask for what is newer than he has seen. */
export class Newsroom {
  private readonly listeners = new Set<(news: News) => void>()
  private readonly revisions = new Map<string, number>()

  tell(news: News): void {
    const place = news.kind === 'chat' ? news.person : news.kind === 'forum' ? news.forum : undefined
    if (place !== undefined && 'messenger' in news) {
      this.revisions.set(`${news.messenger}:${place}`, this.revision(news.messenger, place) + 1)
    }
    for (const listener of [...this.listeners]) listener(news)
  }

  /** `place` is a person's id, or a forum's (which is negative). */
  revision(messenger: Messenger, place: number): number {
    return this.revisions.get(`${messenger}:${place}`) ?? 1
  }

  listen(listener: (news: News) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Waits until `answer` has something to say, asking it now and after each change; gives up with what it says at the end. */
  async when<Answer>(
    answer: () => Answer | undefined,
    { waitMs, signal }: { waitMs: number; signal: AbortSignal },
  ): Promise<Answer | undefined> {
    const now = answer()
    if (now !== undefined || waitMs <= 0 || signal.aborted) return now
    return new Promise((resolve) => {
      const finish = () => {
        stop()
        clearTimeout(timer)
        signal.removeEventListener('abort', finish)
        resolve(answer())
      }
      const stop = this.listen(() => {
        if (answer() !== undefined) finish()
      })
      const timer = setTimeout(finish, waitMs)
      signal.addEventListener('abort', finish)
    })
  }
}
