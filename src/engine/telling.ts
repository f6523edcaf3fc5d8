import type { Choice, Screen } from './dialog.ts'
import type { Due } from './event.ts'
import { Ground } from './ground.ts'
import type { Text } from './text.ts'

export type News = Extract<Due, { kind: 'news' }>

/** So many news are kept for somebody whom a person holds; of more, the oldest are let go. */
const mostPostponed = 20

/** What a turn tells besides what is asked: what has just happened, and news. */
export abstract class Telling extends Ground {
  protected readonly notices: Text[] = []
  /** Choices of news and of offers, beside those of the place. */
  protected added: Choice[] = []
  /** What news bring with them. */
  protected readonly brought: Screen['files'] = []
  /** What this turn shows holds something to keep. */
  protected keeps = false

  /** What news say here and now; nothing when they are none any more, or not for this person. */
  protected async newsOf({ dialog, about }: News): Promise<Screen | undefined> {
    const place = this.standing().dialog === dialog ? this.place() : undefined
    const teller = this.turn.dialogs.get(dialog)
    if (!teller || !this.hasConsentFor(teller)) return undefined
    return teller.news?.({ ...this.here(place as never), about })
  }

  /** Nobody is interrupted in a talk with a person: the same news are kept once. */
  protected postpone({ dialog, about }: News): void {
    const others = (this.state.postponed ?? []).filter((one) => one.dialog !== dialog || one.about !== about)
    this.state.postponed = [...others, { dialog, about }].slice(-mostPostponed)
  }

  /** What was kept is told above what is now asked. The word of an account that has gone tells of that itself. */
  protected async tellPostponed(): Promise<void> {
    const kept = this.state.postponed ?? []
    this.state.postponed = undefined
    for (const one of kept) {
      if (one.dialog === 'accountGone' && this.standing().dialog === 'accountGone') continue
      this.note(await this.newsOf({ kind: 'news', ...one }))
    }
  }

  /** Is said above what is asked, its choices and files beside those of the place. */
  protected note(said: Screen | undefined): void {
    this.notices.push(...(said?.text ?? []))
    this.added.push(...(said?.choices ?? []))
    this.brought.push(...(said?.files ?? []))
    this.keeps ||= said?.keep === true
  }
}
