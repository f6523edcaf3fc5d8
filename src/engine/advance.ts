import type { Said, Screen } from './dialog.ts'
import type { Due } from './event.ts'
import { FreeWords } from './freeWords.ts'
import { globalWord, saysGoOn, typedButton } from './route.ts'
import { present } from './screens.ts'
import { text } from './text.ts'
import { readToken } from './tokens.ts'
import type { Advanced, Turn } from './turn.ts'
import { danger } from './understand.ts'

/** Where an event brings a conversation, and what is shown. Reads only. */
export async function advance(turn: Turn): Promise<Advanced> {
  return new Walk(turn).take()
}

type News = Extract<Due, { kind: 'news' }>

/** What came, by its kind. */
class Walk extends FreeWords {
  async take(): Promise<Advanced> {
    const { event, trouble } = this.turn
    const { input } = event
    if (input.kind === 'blocked' || input.kind === 'unblocked') return this.silent()
    if (input.kind === 'group') return this.politelyNotHere()
    const known = this.known()
    if (known === 'newer') return { kind: 'newer' }
    if (trouble) return this.lost(trouble)
    if (known === 'corrupt') return this.lost('errors.lostPlace')
    if (input.kind === 'start') return this.start(input.payload)
    if (!this.state.at) return input.kind === 'due' ? this.silent() : this.enter('menu')
    if (this.accountIsGone()) {
      if (input.kind === 'due' && input.what.kind === 'news') await this.noteNews(input.what)
      return this.gone()
    }
    switch (input.kind) {
      case 'text':
        return this.read(input.text, input.message)
      case 'edited':
        return this.readAgain(input.text, input.message)
      case 'choice':
        return this.pressed(input.token)
      case 'files':
        return this.answer(
          { kind: 'files', files: input.files, ...(input.caption !== undefined && { caption: input.caption }) },
          () => this.sayOver(text('common.fileNotExpected')),
        )
      case 'due':
        return this.fallenDue(input.what)
      default:
        return this.answer({ kind: 'other' }, () => this.sayOver(text('common.onlyWords')))
    }
  }

  private async start(payload: string | undefined): Promise<Advanced> {
    const { at } = this.state
    this.state.waiting = []
    if (payload !== undefined && this.turn.dialogs.has(payload)) return this.enter(payload)
    const isHalfDone = at && this.isHalfDone(at) && !this.accountIsGone()
    // What was given and not confirmed does not give way to another matter where nothing waits to be confirmed.
    const mayPark = !this.state.parked || this.isAsParked() || this.placeRules()?.idle
    if (isHalfDone && mayPark) this.state.parked = at
    if (payload?.startsWith('code:')) {
      // What was given and not confirmed is offered again when the account is linked.
      if (isHalfDone && this.placeRules()?.idle) this.wait({ dialog: 'resume', opening: at.dialog })
      return this.enter('linking', { code: payload.slice('code:'.length) })
    }
    const { parked } = this.state
    const left = isHalfDone || at?.dialog === 'menu' ? parked : undefined
    return left ? this.enter('resume', left.dialog) : this.enter('menu')
  }

  private async read(said: string, message: string): Promise<Advanced> {
    const standing = this.standing()
    this.state.answered = { message, at: standing }
    const word = globalWord(said, this.turn.words)
    // «Вернуться» leads back to the menu, and from there to what was left half done.
    const mayGoOn = this.state.parked && (word ? standing.dialog === 'menu' : this.isAtEase())
    if (mayGoOn && saysGoOn(said, this.turn.words)) return this.go('resume')
    if (word) {
      const overruled = this.placeRules()?.overruled?.(said)
      if (overruled) this.notices.push(overruled)
      if ('way' in word) return this.go(word.way)
      this.warnOfLeaving()
      return this.enter(word.dialog)
    }
    const urgent = danger(said, this.turn.words)
    if (urgent !== undefined) return this.leaveFor(urgent)
    const mayName = this.isAboutOneAccount() || standing.dialog === 'menu'
    const account = mayName ? await this.accountNamed(said) : undefined
    if (account) return this.goOver(account)
    return this.answer({ kind: 'text', text: said }, () => {
      const button = typedButton(said, this.state.screen)
      if (button !== undefined) return this.choose(button)
      return this.isAtEase() ? this.atEase(said) : this.aside(said)
    })
  }

  /** An edit of the message last answered is read again from where it was asked; any other comes too late. */
  private async readAgain(said: string, message: string): Promise<Advanced> {
    const { answered } = this.state
    if (answered?.message !== message || answered.led !== this.standing().dialog)
      return this.sayOver(text('common.editedTooLate'))
    this.state.at = answered.at
    if (this.accountIsGone()) return this.gone()
    return this.read(said, message)
  }

  private async pressed(token: string): Promise<Advanced> {
    const { screen } = this.state
    const pressed = readToken(token)
    if (!screen || pressed?.stamp !== screen.stamp) {
      // A second click: what the first one led to is already shown.
      if (screen?.from === token) return this.silent()
      this.notices.push(text('common.oldButton'))
      return this.ask()
    }
    if (typeof pressed.press === 'number') return this.choose(pressed.press)
    return this.ask(Math.max(0, screen.page + (pressed.press === 'next' ? 1 : -1)))
  }

  private async choose(index: number): Promise<Advanced> {
    const means = this.state.screen?.buttons[index]?.means
    if (!means) return this.ask()
    if ('go' in means) return this.go(means.go)
    if ('open' in means) {
      this.warnOfLeaving()
      return this.enter(means.open, means.opening, means.accountId)
    }
    return this.answer({ kind: 'choice', value: means.answer }, () => this.ask())
  }

  private async fallenDue(what: Extract<Said, { kind: 'due' }>['what']): Promise<Advanced> {
    if (what.kind === 'news') return this.tellNews(what)
    if (what.kind !== 'idle') return this.answer({ kind: 'due', what }, () => this.silent())
    const idle = this.placeRules()?.idle
    if (!idle || what.stamp !== this.state.screen?.stamp) return this.silent()
    this.notices.push(idle.text)
    return this.ask(0, 'silently')
  }

  /** News do not move the conversation: what is being asked is asked again below them. */
  private async tellNews(what: News): Promise<Advanced> {
    const news = await this.newsOf(what)
    if (!news) return this.silent()
    if (this.isAtEase()) {
      const { outgoing, shown } = present(news, this.setting())
      return this.moved(outgoing, shown)
    }
    this.notices.push(...news.text)
    this.added = news.choices
    return this.ask()
  }

  /** News that come where the account has gone are told above the word of that; a loss is told by that word itself. */
  private async noteNews(what: News): Promise<void> {
    const news = what.dialog === 'accountGone' ? undefined : await this.newsOf(what)
    this.notices.push(...(news?.text ?? []))
    this.added = news?.choices ?? []
  }

  private async newsOf({ dialog, about }: News): Promise<Screen | undefined> {
    const place = this.standing().dialog === dialog ? this.place() : undefined
    const teller = this.turn.dialogs.get(dialog)
    if (!teller || !this.hasConsentFor(teller)) return undefined
    return teller.news?.({ ...this.here(place as never), about })
  }

  private async go(way: 'menu' | 'back' | 'cancel' | 'resume'): Promise<Advanced> {
    const standing = this.standing()
    if (way === 'resume' && this.state.parked) {
      this.state.at = this.state.parked
      this.state.parked = undefined
      if (this.known() !== 'known') return this.lost('errors.lostPlace')
      if (this.accountIsGone()) return this.gone()
      this.notices.push(text('common.resumed'))
      return this.ask()
    }
    const before = way === 'back' ? standing.trail.at(-1) : undefined
    if (before !== undefined) {
      this.state.at = { ...standing, place: before, trail: standing.trail.slice(0, -1) }
      return this.ask()
    }
    if (way === 'cancel' && standing.dialog !== 'menu') this.notices.push(text('common.cancelled'))
    else this.warnOfLeaving()
    this.state.waiting = []
    return this.enter('menu')
  }

  protected async answer(said: Said, otherwise: () => Promise<Advanced>): Promise<Advanced> {
    const rules = this.placeRules()
    if (!rules) return this.unreadable()
    const step = await rules.answer({ ...this.here(this.place()), said } as never)
    if (step.kind === 'again' && said.kind === 'text' && this.isAboutElse(said.text)) return this.aside(said.text)
    return step.kind === 'unclear' ? otherwise() : this.follow(step)
  }
}
