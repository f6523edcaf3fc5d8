import { Refused } from './refused.ts'

/** A rate with short bursts, as platforms let them pass: so many at once, and so many a second from then on. */
class Bucket {
  private left: number
  private at = Date.now()

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.left = burst
  }

  take(): boolean {
    const now = Date.now()
    this.left = Math.min(this.burst, this.left + ((now - this.at) / 1_000) * this.perSecond)
    this.at = now
    if (this.left < 1) return false
    this.left -= 1
    return true
  }
}

/** What came in a second of the clock: of Telegram messages, of VK calls and the messages in them; and how many were too many. */
export interface RateSecond {
  second: number
  telegram: number
  vk: number
  vkMessages: number
  tooMany: { telegram: number; vk: number }
}

/**
 * What platforms take of messages to residents: Telegram «about 30 messages per second» of a bot and one a second in a chat, VK 20 calls a second of a
 * community (an `execute` is one). More is refused when it is enforced, and only counted when not.
 */
export class ResidentRate {
  readonly seconds: RateSecond[] = []
  private readonly bots = new Map<number, Bucket>()
  private readonly chats = new Map<string, Bucket>()
  private readonly vk = new Bucket(20, 20)

  constructor(private readonly isEnforced: boolean) {}

  admitTelegram(bot: number, person: number): void {
    const own = `${bot}:${person}`
    const all = this.bots.get(bot) ?? new Bucket(30, 30)
    const chat = this.chats.get(own) ?? new Bucket(1, 3)
    this.bots.set(bot, all)
    this.chats.set(own, chat)
    this.count('telegram', all.take() && chat.take(), () => {
      throw new Refused(429, 'Too Many Requests: retry after 1', { retry_after: 1 })
    })
  }

  /** A call that sends so many messages. */
  admitVk(messages: number): void {
    const isTaken = this.vk.take()
    if (isTaken) this.present().vkMessages += messages
    this.count('vk', isTaken, () => {
      throw new Refused(6, 'Too many requests per second')
    })
  }

  private count(messenger: 'telegram' | 'vk', isTaken: boolean, refuse: () => void): void {
    const one = this.present()
    if (isTaken) one[messenger] += 1
    else one.tooMany[messenger] += 1
    if (!isTaken && this.isEnforced) refuse()
  }

  private present(): RateSecond {
    const second = Math.floor(Date.now() / 1_000)
    const last = this.seconds.at(-1)
    if (last?.second === second) return last
    const one = { second, telegram: 0, vk: 0, vkMessages: 0, tooMany: { telegram: 0, vk: 0 } }
    this.seconds.push(one)
    if (this.seconds.length > 3_600) this.seconds.shift()
    return one
  }
}
