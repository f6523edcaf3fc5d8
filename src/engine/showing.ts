import { isDeepStrictEqual } from 'node:util'
import { nameOf } from './ground.ts'
import type { Outgoing } from './outgoing.ts'
import { nameOf as nameOfDialog } from './route.ts'
import type { Choice, Passed, Screen } from './saying.ts'
import { choicesOnAPage, present, repeat, type Setting } from './screens.ts'
import type { ShownScreen } from './state.ts'
import { isFromResident } from './summons.ts'
import { Telling } from './telling.ts'
import { type Text, text } from './text.ts'
import type { Advanced, Moved, Reminder } from './turn.ts'

/** What a turn shows: the place where the conversation stands, or a word over the screen that is there. */
export abstract class Showing extends Telling {
  /** The screen that is shown anew, in its own place. */
  protected revised: ShownScreen | undefined
  /** Where the conversation stood when the turn began: the present screen is that place's. */
  private readonly stood = this.turn.state.at

  /** Shows the place where the conversation stands. */
  protected async ask(page = 0, how: 'asked' | 'silently' = 'asked'): Promise<Advanced> {
    const rules = this.placeRules()
    if (!rules) return this.unreadable()
    if (this.state.postponed && !rules.takesAll) await this.tellPostponed()
    const asked: Screen = await rules.ask(this.here(this.place()) as never)
    const own = [...asked.choices, ...(this.maySwitchAccount() ? [this.otherAccount()] : [])]
    // Behind the place's own, whose numbers stay what they were; before them only where they would be on another page.
    const fits = own.length + this.added.length <= choicesOnAPage
    const choices = fits ? [...own, ...this.added] : [...this.added, ...own]
    const files = [...asked.files, ...this.brought]
    const shown = { ...asked, choices, files, text: [...asked.text, ...this.saidOnce(asked)] }
    const keeps = this.keeps || shown.keep === true
    const setting = { ...this.setting(), page, notices: this.notices, keeps }
    const { outgoing, shown: screen } = this.revised ? revising(this.revised, shown, setting) : present(shown, setting)
    const album = this.notices.length === 0 ? this.albumCome() : undefined
    const told = { ...screen, ...(album !== undefined && { album }) }
    return this.moved(outgoing, told, how === 'asked' ? this.reminder() : undefined)
  }

  /** What a person has sent stands below the present screen: a change of that one would be out of his sight. An album stands above all that tells of it. */
  protected hasSaidBelow(): boolean {
    const { input } = this.turn.event
    const album = this.albumCome()
    if (album !== undefined && album === this.state.screen?.album) return false
    return isFromResident(input) && input.kind !== 'choice' && input.kind !== 'edited'
  }

  private albumCome(): string | undefined {
    const { input } = this.turn.event
    return input.kind === 'files' ? input.album : undefined
  }

  /** Whether the present screen is that of this place of the dialog. */
  protected isShown(at: string): boolean {
    const { screen } = this.state
    const { stood } = this
    return screen !== undefined && stood?.dialog === this.standing().dialog && nameOf(stood.place) === at
  }

  /** What a person has said, as it is, below what is there. */
  protected handedOn(said: Passed[]): Moved {
    const { screen, textButtonsOnly } = this.state
    const told = this.notices.length > 0 ? [repeat(undefined, this.notices, this.setting()).outgoing] : []
    // An old client shows no edits.
    const shown = said.map(({ corrects, ...one }): Outgoing => {
      const edits = corrects !== undefined && !textButtonsOnly
      return { kind: 'show', buttons: [], ...one, ...(edits && { corrects }) }
    })
    const reminder = screen && this.reminder()
    const stamped = reminder && { ...reminder, stamp: screen.stamp }
    return { kind: 'moved', state: this.state, outgoing: [...told, ...shown], reminder: stamped }
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
    this.noteFailure()
    this.state.unclear += 1
    const said = [
      text('common.notUnderstood'),
      ...(example ? [example] : []),
      ...(this.state.unclear > 1 ? [text('common.askAPerson')] : []),
    ]
    const person = this.state.unclear > 2 ? this.aPerson() : undefined
    if (!person) return this.sayOver(...said)
    this.notices.push(...said)
    this.added.push(person)
    return this.ask()
  }

  /** A button that leads to a person, where none is there already. */
  private aPerson(): Choice | undefined {
    const dialog = this.turn.dialogs.get('consultant')
    const words = nameOfDialog('consultant', this.state.language, this.turn.words)
    const isThere = this.state.screen?.buttons.some(({ means }) => 'open' in means && means.open === 'consultant')
    if (!dialog || words === undefined || isThere || this.standing().dialog === 'consultant') return undefined
    return this.hasConsentFor(dialog)
      ? { label: text('common.words', { words }), means: { open: 'consultant' } }
      : undefined
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
    const stamped = reminder && screen && { ...reminder, stamp: screen.stamp }
    return { kind: 'moved', state: this.state, outgoing: [outgoing], reminder: stamped }
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

  private saidOnce({ once, onceIn }: Screen): Text[] {
    const { told = [] } = this.state
    const name = once && (onceIn === undefined ? once.key : `${once.key}@${onceIn}`)
    if (!once || name === undefined || told.includes(name)) return []
    // Of a text that is said again by and by, the last time is all that is to be known.
    this.state.told = [...told.filter((one) => !one.startsWith(`${once.key}@`)), name]
    return [once]
  }

  /** The saved place cannot be shown. */
  protected abstract unreadable(): Promise<Advanced>
}

/**
 * A screen in the place of one that is shown. Where its buttons are the same they keep their tokens, which are good while the message is being
 * changed.
 */
function revising(before: ShownScreen, screen: Screen, setting: Setting): ReturnType<typeof present> {
  const again = present(screen, { ...setting, stamp: before.stamp, page: before.page })
  const isSame = isDeepStrictEqual(JSON.parse(JSON.stringify(again.shown.buttons)), before.buttons)
  const { outgoing, shown } = isSame ? again : present(screen, setting)
  if (outgoing.kind === 'show') outgoing.revises = before.shownAt ?? before.stamp
  return { outgoing, shown: isSame ? { ...shown, shownAt: setting.stamp } : shown }
}
