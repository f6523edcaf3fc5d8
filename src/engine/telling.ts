import type { Due } from './event.ts'
import { Ground } from './ground.ts'
import type { Choice, Screen } from './saying.ts'
import type { State } from './state.ts'
import type { Text } from './text.ts'
import type { NoticeHeard } from './turn.ts'

export type News = Extract<Due, { kind: 'news' }>

type Postponed = NonNullable<State['postponed']>[number]

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
  /** What became of the notices that came in this turn, or had waited for it. */
  protected heard: NoticeHeard[] = []

  /** What news say here and now; nothing when they are none any more, or not for this person. */
  protected async newsOf(news: Postponed): Promise<Screen | undefined> {
    const said = await this.toldBy(news)
    this.hear(news, said ? 'told' : 'dropped')
    return said
  }

  /** Nobody is interrupted in a talk with a person: the same news are kept once. */
  protected postpone({ dialog, about, notice }: Postponed): void {
    const before = this.state.postponed ?? []
    const others = before.filter((one) => one.dialog !== dialog || one.about !== about)
    const kept = [...others, { dialog, about, ...(notice !== undefined && { notice }) }].slice(-mostPostponed)
    for (const one of before) if (!kept.includes(one)) this.hear(one, 'dropped')
    this.hear({ dialog, about, notice }, 'waiting')
    this.state.postponed = kept
  }

  /** What was kept is told above what is now asked. The word of an account that has gone tells of that itself. */
  protected async tellPostponed(): Promise<void> {
    const kept = this.state.postponed ?? []
    this.state.postponed = undefined
    for (const one of kept) {
      if (one.dialog === 'accountGone' && this.standing().dialog === 'accountGone') this.hear(one, 'told')
      else this.note(await this.newsOf(one))
    }
  }

  protected forgetPostponed(): void {
    for (const one of this.state.postponed ?? []) this.hear(one, 'dropped')
    this.state.postponed = undefined
  }

  /** Is said above what is asked, its choices and files beside those of the place. */
  protected note(said: Screen | undefined): void {
    this.notices.push(...(said?.text ?? []))
    this.added.push(...(said?.choices ?? []))
    this.brought.push(...(said?.files ?? []))
    this.keeps ||= said?.keep === true
  }

  private async toldBy({ dialog, about }: Postponed): Promise<Screen | undefined> {
    const place = this.standing().dialog === dialog ? this.place() : undefined
    const teller = this.turn.dialogs.get(dialog)
    if (!teller || !this.hasConsentFor(teller)) return undefined
    return teller.news?.({ ...this.here(place as never), about })
  }

  protected hear({ notice }: Postponed, state: NoticeHeard['state']): void {
    if (notice === undefined) return
    this.heard = [...this.heard.filter(({ id }) => id !== notice), { id: notice, state }]
  }
}
