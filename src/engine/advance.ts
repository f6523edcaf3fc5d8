import type { Said } from './dialog.ts'
import type { Input } from './event.ts'
import { FreeWords } from './freeWords.ts'
import { globalWord, saysGoOn, typedButton } from './route.ts'
import type { DialogStep } from './steps.ts'
import { isFromResident, type Summons, summonsIn } from './summons.ts'
import type { News } from './telling.ts'
import { text } from './text.ts'
import { readToken } from './tokens.ts'
import type { Advanced, Turn } from './turn.ts'
import { danger } from './understand.ts'

/** Where an event brings a conversation, and what is shown. Reads only. */
export async function advance(turn: Turn): Promise<Advanced> {
  const walk = new Walk(turn)
  return walk.withHeard(await walk.take())
}

/** What came, by its kind. */
class Walk extends FreeWords {
  /** What came of the turn, with what became of notices in it. */
  withHeard(came: Advanced): Advanced {
    if (came.kind === 'moved') return this.heard.length > 0 ? { ...came, notices: this.heard } : came
    if (came.kind === 'newer') return came
    return { ...came, resume: async (outcome, fresh) => this.withHeard(await came.resume(outcome, fresh)) }
  }

  async take(): Promise<Advanced> {
    const { event, trouble } = this.turn
    const { input } = event
    if (input.kind === 'group') return this.politelyNotHere()
    const isHeld = this.isHeld()
    if ((input.kind === 'blocked' || input.kind === 'unblocked') && !isHeld) return this.silent()
    const known = this.known()
    if (known === 'newer') return { kind: 'newer' }
    const summons = summonsIn(input, isHeld)
    if (summons && !this.maySummon(summons)) return this.silent()
    if (trouble === 'errors.failed' && (summons || isHeld))
      return isFromResident(input) ? this.sayOver(text(trouble)) : this.silent()
    const lost = trouble ?? (known === 'corrupt' ? 'errors.lostPlace' : undefined)
    if (lost) return this.lost(lost, summons?.dialog, undefined, summons?.opening)
    if (summons) return this.summoned(summons)
    if (isHeld) return this.held(input)
    const did = steps[input.kind]
    if (did) this.noteStep(did)
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
        if (this.placeRules()?.takesEdits) return this.answer({ kind: 'other' }, () => this.silent())
        return this.readAgain(input.text, input.message)
      case 'choice':
        return this.pressed(input.token)
      case 'files': {
        const { files, caption } = input
        const said: Said = { kind: 'files', files, ...(caption !== undefined && { caption }) }
        const heard = await this.heardByNews(said)
        return heard ?? this.answer(said, () => this.notExpected('common.fileNotExpected'))
      }
      case 'due':
        return this.fallenDue(input.what)
      default:
        return this.answer({ kind: 'other' }, () => this.notExpected('common.onlyWords'))
    }
  }

  private notExpected(key: string): Promise<Advanced> {
    this.noteFailure()
    return this.sayOver(text(key))
  }

  /** A person holds the chat. */
  private async held(input: Input): Promise<Advanced> {
    if (input.kind === 'choice') return this.pressed(input.token)
    if (input.kind === 'due') return this.fallenDue(input.what)
    // What is told in words may be answered in words; a number may be meant for the person.
    const isLabel = this.state.plain && input.kind === 'text' && /\p{L}/u.test(input.text)
    const button = isLabel ? typedButton(input.text, this.state.screen) : undefined
    if (button !== undefined) return this.choose(button)
    return this.answer({ kind: 'passed', input }, () => this.silent())
  }

  /** Only somebody who may be in that dialog without any further question is taken there. */
  private maySummon({ dialog }: Summons): boolean {
    const summoning = this.turn.dialogs.get(dialog)
    return summoning !== undefined && this.turn.resident?.consented === true && this.hasConsentFor(summoning)
  }

  private async summoned({ dialog, opening, what }: Summons): Promise<Advanced> {
    const isThere = what && this.state.at?.dialog === dialog && this.placeRules() !== undefined
    if (isThere) return this.answer({ kind: 'due', what }, () => this.enter(dialog, opening))
    this.parkForATalk(dialog)
    return this.enter(dialog, opening)
  }

  private async start(payload: string | undefined): Promise<Advanced> {
    const { at } = this.state
    this.state.waiting = []
    if (payload !== undefined && this.turn.dialogs.has(payload)) {
      if (this.isTalk(payload)) this.parkForATalk(payload)
      return this.enter(payload)
    }
    const isHalfDone = this.park()
    if (payload?.startsWith('code:')) {
      // What was given and not confirmed is offered again when the account is linked.
      if (at && isHalfDone && this.placeRules()?.idle) this.wait({ dialog: 'resume', opening: at.dialog })
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
    const isAnswer = word && 'way' in word && word.way === 'cancel' && this.placeRules()?.takesCancel
    if (isAnswer) return this.answer({ kind: 'text', text: said }, () => this.go('cancel'))
    if (word) {
      const overruled = this.placeRules()?.overruled?.(said)
      if (overruled) this.notices.push(overruled)
      if ('way' in word) return this.go(word.way)
      this.warnOfLeaving(word.dialog)
      return this.enter(word.dialog)
    }
    const urgent = danger(said, this.turn.words)
    if (urgent !== undefined) return this.leaveFor(urgent)
    const heard = await this.heardByNews({ kind: 'text', text: said })
    if (heard) return heard
    // News stand there with buttons of their own: their words are for these, not for the place below.
    const ofNews =
      this.state.screen?.aside && !this.state.screen.hears ? typedButton(said, this.state.screen) : undefined
    if (ofNews !== undefined && this.isAtEase()) return this.choose(ofNews)
    const mayName = this.isAboutOneAccount() || standing.dialog === 'menu'
    const account = mayName ? await this.accountNamed(said) : undefined
    if (account) return this.goOver(account)
    return this.answer({ kind: 'text', text: said }, () => {
      const button = typedButton(said, this.state.screen)
      if (button !== undefined) return this.choose(button)
      return this.isAtEase() ? this.atEase(said) : this.aside(said)
    })
  }

  /** What is said to news that ask for it, when nothing else is asked; nothing where it is said to nobody, or is a button in words. */
  private async heardByNews(said: Said): Promise<Advanced | undefined> {
    const { screen } = this.state
    const means = screen?.hears && this.isAtEase() ? screen.buttons[0]?.means : undefined
    if (!means || !('open' in means)) return undefined
    // A number is the answer to how many there are, not a button.
    if (said.kind === 'text' && /\p{L}/u.test(said.text) && typedButton(said.text, screen) !== undefined)
      return undefined
    this.state.answered = undefined
    const asked = await this.enter(means.open, means.opening, means.accountId)
    const rules = this.standing().dialog === means.open ? this.placeRules() : undefined
    if (asked.kind !== 'moved' || !rules || rules.asksNothing) return asked
    this.notices.length = 0
    const step = await rules.answer({ ...this.here(this.place()), said, came: this.turn.event.input } as never)
    return step.kind === 'unclear' ? asked : this.follow(step)
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
      this.warnOfLeaving(means.open)
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
    if (this.isHeld()) {
      this.postpone(what)
      return this.silent()
    }
    const news = await this.newsOf(what)
    return news ? this.tell(news) : this.silent()
  }

  /** News that come where the account has gone are told above the word of that; its own loss is told by that word itself. */
  private async noteNews(what: News): Promise<void> {
    if (what.dialog === 'accountGone' && what.about === String(this.standing().accountId)) this.hear(what, 'told')
    else this.note(await this.newsOf(what))
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
    if (said.kind === 'text' && rules.labelsFirst) {
      const isAnswer = rules.takesNumbers && !/\p{L}/u.test(said.text)
      const typed = isAnswer ? undefined : typedButton(said.text, this.state.screen)
      if (typed !== undefined) return this.choose(typed)
    }
    const came = this.turn.event.input
    const step = await rules.answer({ ...this.here(this.place()), said, came } as never)
    if (step.kind === 'again' && said.kind === 'text' && this.isAboutElse(said.text)) return this.aside(said.text)
    return step.kind === 'unclear' ? otherwise() : this.follow(step)
  }
}

const steps: { [Kind in Input['kind']]?: DialogStep['did'] } = {
  text: 'typed',
  edited: 'typed',
  choice: 'pressed',
  files: 'sentFile',
  contact: 'typed',
  location: 'typed',
  unsupported: 'typed',
}
