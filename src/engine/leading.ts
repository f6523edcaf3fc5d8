import { asJson } from './ground.ts'
import type { Choice, Json, Screen, Step } from './saying.ts'
import { present } from './screens.ts'
import { Showing } from './showing.ts'
import type { Waiting } from './state.ts'
import { type Text, text } from './text.ts'
import type { Advanced } from './turn.ts'

/** More steps than any dialog takes in one turn: two dialogs that send a resident to each other are stopped here. */
const mostFollowed = 20

/** So far «Назад» leads back. */
const longestTrail = 12

/** A step of a dialog whose places the engine does not know. */
type Wrapped = Step<{ at: string }>

/** Where a turn leads: into a dialog, on within it, out of it, or away from a place that is no more. */
export class Leading extends Showing {
  private followed = 0

  /** Begins a dialog, by way of consent and an account when it needs them. */
  protected async enter(id: string, opening?: Json, accountId?: number): Promise<Advanced> {
    this.countStep()
    const { resident } = this.turn
    const dialog = this.turn.dialogs.get(id)
    if (!dialog) return this.enter('menu')
    const first = this.hasConsentFor(dialog) ? undefined : 'consent'
    const accounts = resident?.accounts ?? []
    const chosen = accounts.find((account) => account.id === accountId)?.id
    // Another account is never taken for the one that was meant.
    const isGone = dialog.needs === 'account' && accountId !== undefined && chosen === undefined
    if (isGone && resident?.consented && this.turn.dialogs.has('accountGone'))
      return this.enter('accountGone', accountId)
    if (first || (dialog.needs === 'account' && accounts.length === 0)) {
      if (id !== 'menu') this.wait({ dialog: id, opening })
      return this.enter(first ?? 'linking')
    }
    if (dialog.needs === 'account' && accounts.length > 1 && chosen === undefined)
      return this.enter('whichAccount', { dialog: id, opening: opening ?? null })
    // Nobody who has come to the menu waits for anything any more.
    if (id === 'menu') this.state.waiting = []
    const about = dialog.needs === 'account' ? (chosen ?? accounts[0]?.id ?? 0) : 0
    this.state.at = { dialog: id, version: dialog.version, place: null, accountId: about, trail: [] }
    this.state.unclear = 0
    return this.follow(await dialog.begin({ ...this.here(undefined), opening }))
  }

  /** `said`: the words that lead there. Within one dialog they are about the account that it is about. */
  protected leaveFor(name: string, said?: string): Promise<Advanced> {
    const [dialog = '', opening] = name.split(':')
    const { today, dialogs } = this.turn
    const heard = said === undefined ? undefined : dialogs.get(dialog)?.hears?.(said, { opening, today })
    const { at } = this.state
    const account = at?.dialog === dialog && at.accountId !== 0 ? at.accountId : undefined
    this.warnOfLeaving(dialog)
    return this.enter(dialog, heard ?? opening, account)
  }

  /**
   * What was given but not confirmed does not vanish without a word, and can be gone back to. From a talk with a person whatever was half done
   * is come back to by itself.
   */
  protected warnOfLeaving(next = 'menu'): void {
    const idle = this.placeRules()?.idle
    const forATalk = this.isTalk(next)
    if (idle) {
      this.notices.push(idle.text, text(forATalk ? 'common.afterTheTalk' : 'common.howToGoOn'))
      this.state.parked = this.standing()
    }
    if (forATalk) this.parkForATalk(next)
  }

  /** What is half done is left, and offered again when the talk is over. */
  protected parkForATalk(talk: string): void {
    const { at } = this.state
    if (!at || at.dialog === talk) return
    const isLeft = this.park() || at.dialog === 'resume'
    const { parked } = this.state
    if (isLeft && parked) this.wait({ dialog: 'resume', opening: parked.dialog })
  }

  /**
   * Whether something half done is left. What was given and not confirmed before does not give way to another matter where nothing waits to be
   * confirmed.
   */
  protected park(): boolean {
    const { at, parked } = this.state
    if (!at || !this.isHalfDone(at) || this.accountIsGone()) return false
    if (!parked || this.isAsParked() || this.placeRules()?.idle) this.state.parked = at
    return true
  }

  /** What has been brought to its end is not half done any more, even when it was begun anew for that. */
  private forgetParked(): void {
    if (this.isAsParked()) this.state.parked = undefined
  }

  /** Whether the conversation stands in the matter that was left half done. */
  protected isAsParked(): boolean {
    const { parked, at } = this.state
    return parked?.dialog === at?.dialog && parked?.accountId === at?.accountId
  }

  /** A dialog waits once, however often it was asked for. */
  protected wait(next: Waiting): void {
    this.state.waiting = [...this.state.waiting.filter(({ dialog }) => dialog !== next.dialog), next].slice(-3)
  }

  protected async follow(step: Wrapped): Promise<Advanced> {
    this.countStep()
    switch (step.kind) {
      case 'goTo': {
        const standing = this.standing()
        const place = asJson(step.place)
        const moves = !step.stay && standing.place !== null && JSON.stringify(place) !== JSON.stringify(standing.place)
        if (standing.place === null) this.noteEntry(step.place)
        const trail = moves ? [...standing.trail, standing.place].slice(-longestTrail) : standing.trail
        this.state.at = { ...standing, place, trail }
        this.state.unclear = 0
        if (step.notice) this.notices.push(step.notice)
        return this.ask()
      }
      case 'speak':
        this.state.language = step.language
        return this.follow({ kind: 'goTo', place: step.place, stay: true })
      case 'speakPlainly':
        this.state.plain = step.plain || undefined
        return this.follow({ kind: 'goTo', place: step.place, stay: true })
      case 'again':
        this.noteFailure()
        this.state.unclear = 0
        return this.sayOver(step.problem)
      case 'unclear':
        return this.notUnderstood()
      case 'perform':
        return {
          kind: 'effect',
          call: step.call,
          resume: async (outcome, fresh) => {
            this.turn = { ...this.turn, ...fresh }
            this.state.answered = undefined
            // Whoever has withdrawn consent leaves nothing half done behind.
            if (!fresh.resident?.consented) {
              this.state.parked = undefined
              this.forgetPostponed()
            }
            return this.follow(await step.settle(outcome as never, this.here(this.place())))
          },
        }
      case 'letBe':
        return this.letBe(step.said)
      case 'pass': {
        if (step.asks) {
          const asked = await this.follow({ kind: 'goTo', place: step.place, stay: true })
          this.notices.length = 0
          const said = this.handedOn(step.shown)
          return asked.kind === 'moved' ? { ...asked, outgoing: [...asked.outgoing, ...said.outgoing] } : asked
        }
        if (!this.isShown(step.place.at)) this.state.screen = undefined
        this.state.at = { ...this.standing(), place: asJson(step.place) }
        this.state.unclear = 0
        return this.handedOn(step.shown)
      }
      case 'reshow': {
        const { screen } = this.state
        const isLast = this.isShown(step.place.at) && !this.hasSaidBelow()
        if (isLast && !screen?.keeps && !screen?.aside) this.revised = screen
        return this.follow({ kind: 'goTo', place: step.place, stay: true })
      }
      case 'open':
        if (step.notice) this.notices.push(step.notice)
        if (step.comesBack) this.wait({ dialog: this.standing().dialog })
        return this.enter(step.dialog, step.opening, step.accountId)
      case 'finish': {
        if (step.text) this.notices.push(step.text)
        this.forgetParked()
        this.keeps ||= step.keep === true
        const next = this.nextWaiting()
        return next ? this.enter(next.dialog, next.opening) : this.enter('menu')
      }
    }
  }

  /** As if nobody had been summoned; what is said comes as news do. */
  private async letBe(said: { text: Text; choices: Choice[] } | undefined): Promise<Advanced> {
    this.state = this.asItWas()
    this.heard = []
    return said ? this.tell({ text: [said.text], choices: said.choices, files: [], nav: 'menu' }) : this.silent()
  }

  /** Tells something besides what is asked, which does not move the conversation: alone where nothing is asked, else above it. */
  protected async tell(said: Screen): Promise<Advanced> {
    if (this.state.at && this.isAtEase()) {
      const { outgoing, shown } = present(said, { ...this.setting(), keeps: said.keep === true })
      return this.moved(outgoing, { ...shown, aside: true, ...(said.hears && { hears: true }) })
    }
    this.note(said)
    return this.state.at ? this.ask() : this.enter('menu')
  }

  /** What waits for this dialog to finish. What was parked may have been gone back to, or lost, meanwhile. */
  private nextWaiting(): Waiting | undefined {
    const next = this.state.waiting.pop()
    return next?.dialog === 'resume' && !this.state.parked ? this.nextWaiting() : next
  }

  /** The saved place fits no shape of today: a dialog that a new release has outgrown is begun anew, a corrupt one left. */
  protected unreadable(): Promise<Advanced> {
    const { dialog, version, accountId } = this.standing()
    const outgrown = version < (this.turn.dialogs.get(dialog)?.version ?? 0)
    return outgrown ? this.lost('errors.lostPlace', dialog, accountId) : this.lost('errors.lostPlace')
  }

  /** The account that the conversation was about is linked no more: a dialog of its own says which one and why. */
  protected gone(): Promise<Advanced> {
    const { at } = this.state
    if (!at || !this.turn.resident?.consented || !this.turn.dialogs.has('accountGone'))
      return this.lost('errors.accountGone')
    this.state.waiting = []
    this.state.parked = undefined
    this.state.screen = undefined
    return this.enter('accountGone', at.accountId)
  }

  /** Nothing that was saved can be trusted: says so and begins at the menu, unless another beginning is known. */
  protected async lost(key: string, next = 'menu', accountId?: number, opening?: Json): Promise<Advanced> {
    this.state.waiting = []
    this.state.parked = undefined
    this.state.screen = undefined
    this.notices.push(text(key))
    return this.enter(next, opening, accountId)
  }

  private countStep(): void {
    this.followed += 1
    if (this.followed > mostFollowed) throw new Error(`no end of steps at the dialog ${this.state.at?.dialog}`)
  }
}
