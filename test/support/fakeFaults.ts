import type { DeskChannel } from '../../src/desk/channel.ts'
import { AppError, type ErrorCode } from '../../src/infra/errors.ts'

export type FakeCall = Exclude<keyof DeskChannel, 'limits' | 'listen'>

const retryMs = 10

/** How the next calls of a fake are to fail. */
export class FakeFaults {
  private readonly faults: { call: FakeCall; error: AppError; after: boolean }[] = []

  /** What may go better later may be tried again after 10 ms. */
  add(call: FakeCall, code: ErrorCode, { times = 1, after = false }: { times?: number; after?: boolean }): void {
    const retry = code === 'RATE_LIMITED' || code === 'PLATFORM_DOWN' ? retryMs : 'never'
    for (let each = 0; each < times; each++) this.faults.push({ call, error: new AppError(code, { retry }), after })
  }

  async around<Done>(call: FakeCall, work: () => Promise<Done>): Promise<Done> {
    const before = this.take(call, false)
    if (before) throw before
    const done = await work()
    this.breakOff(call)
    return done
  }

  /** Fails here when a call of this name is to fail after its effect. */
  breakOff(call: FakeCall): void {
    const after = this.take(call, true)
    if (after) throw after
  }

  private take(call: FakeCall, after: boolean): AppError | undefined {
    const at = this.faults.findIndex((one) => one.call === call && one.after === after)
    return at < 0 ? undefined : this.faults.splice(at, 1)[0]?.error
  }
}
