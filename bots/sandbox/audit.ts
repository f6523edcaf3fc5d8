import type { Violation } from './check/violation.ts'
import type { Newsroom } from './world/newsroom.ts'
import type { Messenger } from './world/state.ts'

const KEPT = 5000
const RED = '\u001b[31m'
const PLAIN = '\u001b[0m'

/** A call as the bot made it; `outcome` is `ok`, the refusal's code, or the fault that was injected. */
export interface CallRecord {
  n: number
  messenger: Messenger
  /** Of Telegram: which bot has made it. */
  bot?: number
  method: string
  params: Record<string, unknown>
  outcome: string
  at: string
}

export interface ViolationRecord {
  messenger: Messenger
  method: string
  rule: string
  path: string
  says: string
  at: string
}

export type Stats = Record<Messenger, { calls: number; violations: number }>

/** Keeps what the bots have called and where they broke the platforms' rules. Calls of long polling are not recorded. */
export class Audit {
  readonly calls: CallRecord[] = []
  readonly violations: ViolationRecord[] = []
  readonly stats: Stats = { telegram: { calls: 0, violations: 0 }, vk: { calls: 0, violations: 0 } }
  private made = 0

  constructor(private readonly news: Newsroom) {}

  call(messenger: Messenger, method: string, params: Record<string, unknown>, bot?: number): CallRecord {
    this.made += 1
    const at = new Date().toISOString()
    const record: CallRecord = { n: this.made, messenger, method, params, outcome: 'pending', at }
    if (bot !== undefined) record.bot = bot
    this.calls.push(record)
    if (this.calls.length > KEPT) this.calls.shift()
    this.news.tell({ kind: 'call', messenger })
    return record
  }

  /** Counts a validated call, and complains of what is wrong with it: on the error output in red, and to the page. */
  checked(messenger: Messenger, method: string, violations: Violation[]): void {
    this.stats[messenger].calls += 1
    this.stats[messenger].violations += violations.length
    for (const { rule, path, says } of violations) {
      this.violations.push({ messenger, method, rule, path, says, at: new Date().toISOString() })
      process.stderr.write(`${RED}sandbox: ${messenger} ${method}: ${path}: ${says} (${rule})${PLAIN}\n`)
    }
    if (violations.length > 0) this.news.tell({ kind: 'violation', messenger })
  }
}
