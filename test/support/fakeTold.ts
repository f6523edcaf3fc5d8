import type { DeskChannel, StaffAnswer, StaffEvent } from '../../src/desk/channel.ts'
import { untilDone } from '../../src/infra/backOff.ts'

/** What has happened in a fake forum and is not taken yet: told in order, one at a time, again until it is taken. */
export class FakeTold {
  readonly toasts = new Map<string, StaffAnswer>()
  private readonly waiting: StaffEvent[] = []
  private nextId = 1
  private wake = () => {}
  private taken = () => {}

  constructor(private readonly clock: { now(): Date }) {}

  tell(event: Omit<StaffEvent, 'id' | 'at'>): void {
    this.waiting.push({ ...event, id: `tg:fake:${this.nextId++}`, at: this.clock.now() })
    this.wake()
  }

  listen(onEvent: Parameters<DeskChannel['listen']>[0]): () => Promise<void> {
    const stopping = new AbortController()
    const ended = this.run(onEvent, stopping.signal)
    return () => {
      stopping.abort()
      this.wake()
      return ended
    }
  }

  async idle(): Promise<void> {
    while (this.waiting.length > 0)
      await new Promise<void>((resolve) => {
        this.taken = resolve
      })
  }

  private async run(onEvent: Parameters<DeskChannel['listen']>[0], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const [event] = this.waiting
      if (!event) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
        continue
      }
      const answer = await untilDone(() => onEvent(event), { signal, failed: () => {} })
      if (!answer) return
      if (event.input.kind === 'press') this.toasts.set(event.by.id, answer.result)
      this.waiting.shift()
      if (this.waiting.length === 0) this.taken()
    }
  }
}
