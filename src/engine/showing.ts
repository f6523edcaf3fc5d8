import type { Choice, Screen } from './dialog.ts'
import { Ground } from './ground.ts'
import type { Outgoing } from './outgoing.ts'
import { choicesOnAPage, present, repeat } from './screens.ts'
import type { ShownScreen } from './state.ts'
import { type Text, text } from './text.ts'
import type { Advanced, Reminder } from './turn.ts'

/** What a turn shows: the place where the conversation stands, or a word over the screen that is there. */
export abstract class Showing extends Ground {
  protected readonly notices: Text[] = []
  /** What this turn shows holds something to keep. */
  protected keeps = false
  /** Choices of news and of offers, beside those of the place. */
  protected added: Choice[] = []

  /** Shows the place where the conversation stands. */
  protected async ask(page = 0, how: 'asked' | 'silently' = 'asked'): Promise<Advanced> {
    const rules = this.placeRules()
    if (!rules) return this.unreadable()
    const asked: Screen = await rules.ask(this.here(this.place()) as never)
    const own = [...asked.choices, ...(this.maySwitchAccount() ? [this.otherAccount()] : [])]
    // Behind the place's own, whose numbers stay what they were; before them only where they would be on another page.
    const fits = own.length + this.added.length <= choicesOnAPage
    const choices = fits ? [...own, ...this.added] : [...this.added, ...own]
    const shown = { ...asked, choices, text: [...asked.text, ...this.saidOnce(asked)] }
    const keeps = this.keeps || shown.keep === true
    const { outgoing, shown: screen } = present(shown, { ...this.setting(), page, notices: this.notices, keeps })
    return this.moved(outgoing, screen, how === 'asked' ? this.reminder() : undefined)
  }

  protected async sayOver(...said: Text[]): Promise<Advanced> {
    const { screen } = this.state
    // Buttons that were worded under another policy may say what this messenger may not carry any more.
    if (!screen || this.placeRules()?.whole || (screen.policy ?? 'full') !== this.policy()) {
      this.notices.push(...said)
      return this.ask()
    }
    const { outgoing, shown } = repeat(screen, [...this.notices, ...said], this.setting())
    return this.moved(outgoing, shown, this.reminder())
  }

  protected async notUnderstood(example: Text | undefined = this.placeRules()?.example): Promise<Advanced> {
    this.state.unclear += 1
    return this.sayOver(
      text('common.notUnderstood'),
      ...(example ? [example] : []),
      ...(this.state.unclear > 1 ? [text('common.askAPerson')] : []),
    )
  }

  protected async politelyNotHere(): Promise<Advanced> {
    const now = this.turn.now.getTime()
    if (now - (this.state.groupToldAt ?? 0) < 3_600_000) return this.silent()
    this.state.groupToldAt = now
    const { outgoing } = repeat(undefined, [text('common.privateOnly')], this.setting())
    return this.moved(outgoing, undefined)
  }

  protected silent(): Promise<Advanced> {
    return Promise.resolve({ kind: 'moved', state: this.state, outgoing: [], reminder: undefined })
  }

  protected moved(outgoing: Outgoing, screen: ShownScreen | undefined, reminder?: Reminder): Advanced {
    const policy = this.policy()
    this.state.screen = screen && policy !== 'full' ? { ...screen, policy } : screen
    const { input } = this.turn.event
    const { answered } = this.state
    if (answered && 'message' in input && input.message === answered.message)
      this.state.answered = { ...answered, led: this.state.at?.dialog }
    if (outgoing.kind === 'show' && this.state.textButtonsOnly) outgoing.textButtonsOnly = true
    return { kind: 'moved', state: this.state, outgoing: [outgoing], reminder }
  }

  /** «Другой счёт»: one press leads to the other one of two, or to the choice of which. */
  private otherAccount(): Choice {
    const { dialog, accountId } = this.standing()
    const [other, another] = (this.turn.resident?.accounts ?? []).filter(({ id }) => id !== accountId)
    return {
      label: text('common.otherAccount'),
      means:
        other && !another
          ? { open: dialog, accountId: other.id }
          : { open: 'whichAccount', opening: { dialog, opening: null } },
    }
  }

  private saidOnce({ once }: Screen): Text[] {
    const { told = [] } = this.state
    if (!once || told.includes(once.key)) return []
    this.state.told = [...told, once.key]
    return [once]
  }

  /** The saved place cannot be shown. */
  protected abstract unreadable(): Promise<Advanced>
}
