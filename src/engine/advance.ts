import type { Choice, Json, Said, Screen, Step } from './dialog.ts'
import { asJson, Ground } from './ground.ts'
import type { Outgoing } from './outgoing.ts'
import { globalWord, nameOf, typedButton } from './route.ts'
import { present, repeat } from './screens.ts'
import type { ShownScreen, Waiting } from './state.ts'
import { type SmallTalk, type Text, text } from './text.ts'
import { readToken } from './tokens.ts'
import type { Advanced, Reminder, Turn } from './turn.ts'
import { danger, understood } from './understand.ts'

/** Where an event brings a conversation, and what is shown. Reads only. */
export async function advance(turn: Turn): Promise<Advanced> {
  return new Walk(turn).take()
}

/** More steps than any dialog takes in one turn: two dialogs that send a resident to each other are stopped here. */
const mostSteps = 20

/** So far «Назад» leads back. */
const longestTrail = 12

type Wrapped = Step<{ at: string }>

class Walk extends Ground {
  private readonly notices: Text[] = []
  private steps = 0
  /** What this turn shows holds something to keep. */
  private keeps = false
  /** Choices of news and of offers, before those of the place. */
  private added: Choice[] = []

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
    if (this.accountIsGone()) return this.gone()
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

  // ── what came ──────────────────────────────────────────────────────────────────────────────────────────────────────

  private async start(payload: string | undefined): Promise<Advanced> {
    const { at } = this.state
    this.state.waiting = []
    if (payload !== undefined && this.turn.dialogs.has(payload)) return this.enter(payload)
    if (payload?.startsWith('code:')) return this.enter('linking', { code: payload.slice('code:'.length) })
    if (at && this.isHalfDone(at) && !this.accountIsGone()) {
      this.state.parked = at
      return this.enter('resume', at.dialog)
    }
    return this.enter('menu')
  }

  private async read(said: string, message: string): Promise<Advanced> {
    const standing = this.standing()
    this.state.answered = { message, at: structuredClone(standing) }
    const word = globalWord(said, this.turn.words)
    if (word) {
      if ('way' in word) return this.go(word.way)
      this.warnOfLeaving()
      return this.enter(word.dialog)
    }
    const urgent = danger(said, this.turn.words)
    if (urgent !== undefined) return this.leaveFor(urgent)
    return this.answer({ kind: 'text', text: said }, () => {
      const button = typedButton(said, this.state.screen)
      if (button !== undefined) return this.choose(button)
      return this.isAtEase() ? this.atEase(said) : this.aside(said)
    })
  }

  /** Where nothing is asked, readings and free words are understood as at the menu. */
  private async atEase(said: string): Promise<Advanced> {
    const menu = this.turn.dialogs.get('menu')?.places.menu
    const elsewhere = menu && this.standing().dialog !== 'menu' && this.turn.resident?.accounts.length
    if (elsewhere) {
      const step = await menu.answer({ ...this.here({ at: 'menu' }), said: { kind: 'text', text: said } } as never)
      if (step.kind !== 'unclear') return this.follow(step)
    }
    const meant = understood(said, this.turn.words)
    if (meant?.kind === 'opens') return this.leaveFor(meant.dialog)
    if (meant?.kind === 'smallTalk') return this.chat(meant.about)
    if (meant?.kind !== 'doubt') return this.notUnderstood(elsewhere ? menu.example : undefined)
    const [only, ...others] = meant.dialogs
    if (only === undefined || others.length > 0) return this.offer(meant.dialogs, text('freeWords.which'))
    return this.offer([...new Set([only, 'consultant'])], text('freeWords.perhaps'))
  }

  /** Where something is asked, nobody is led away from it by free words: what they are about is offered beside it. */
  private async aside(said: string): Promise<Advanced> {
    const meant = understood(said, this.turn.words)
    if (meant?.kind === 'smallTalk' && meant.about !== 'ok' && meant.about !== 'no') return this.chat(meant.about)
    const id = meant?.kind === 'opens' ? meant.dialog.split(':')[0] : undefined
    if (meant?.kind !== 'opens' || id === this.standing().dialog) return this.notUnderstood()
    if (this.turn.resident?.consented) return this.offer([meant.dialog], text('freeWords.aside'))
    return this.turn.dialogs.get(id ?? '')?.needs === 'nothing' ? this.leaveFor(meant.dialog) : this.notUnderstood()
  }

  /** Answers as a person would, in place. */
  private async chat(about: SmallTalk): Promise<Advanced> {
    const answer = text(`freeWords.${about}`)
    if (about === 'rude' && this.turn.resident?.consented)
      return this.offer(['consultant', 'elsewhere:requests'], answer)
    const example = this.isAtEase() ? undefined : this.placeRules()?.example
    const further = example ?? (about === 'hello' ? text('freeWords.canDo') : undefined)
    return this.sayOver(answer, ...(further ? [further] : []))
  }

  /** Dialogs to choose from: alone where nothing is asked, else before the choices of what is. */
  private async offer(names: string[], said: Text): Promise<Advanced> {
    const { language } = this.state
    const choices = names.flatMap((name): Choice[] => {
      const words = nameOf(name, language, this.turn.words)
      const [open = '', opening] = name.split(':')
      if (words === undefined) return []
      return [{ label: text('common.words', { words }), means: opening === undefined ? { open } : { open, opening } }]
    })
    if (this.isAtEase()) {
      const { outgoing, shown } = present({ text: [said], choices, files: [], nav: 'menu' }, this.setting())
      return this.moved(outgoing, shown)
    }
    this.notices.push(said)
    this.added = choices
    return this.ask()
  }

  private leaveFor(name: string): Promise<Advanced> {
    const [dialog = '', opening] = name.split(':')
    this.warnOfLeaving()
    return this.enter(dialog, opening)
  }

  /** An edit of the message last answered is read again from where it was asked; any other comes too late. */
  private async readAgain(said: string, message: string): Promise<Advanced> {
    const { answered } = this.state
    if (answered?.message !== message || answered.led !== this.standing().dialog)
      return this.sayOver(text('common.editedTooLate'))
    this.state.at = structuredClone(answered.at)
    if (this.accountIsGone()) return this.gone()
    return this.read(said, message)
  }

  private async pressed(token: string): Promise<Advanced> {
    const { screen } = this.state
    const pressed = readToken(token)
    if (!screen || pressed?.stamp !== screen.stamp) {
      // A second click: what the first one led to is already shown.
      return screen?.from === token ? this.silent() : this.ask()
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
      return this.enter(means.open, means.opening)
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
  private async tellNews({ dialog, about }: { dialog: string; about: string }): Promise<Advanced> {
    const place = this.standing().dialog === dialog ? this.place() : undefined
    const news = await this.turn.dialogs.get(dialog)?.news?.({ ...this.here(place as never), about })
    if (!news) return this.silent()
    if (this.isAtEase()) {
      const { outgoing, shown } = present(news, this.setting())
      return this.moved(outgoing, shown)
    }
    this.notices.push(...news.text)
    this.added = news.choices
    return this.ask()
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

  /** What was given but not confirmed does not vanish without a word. */
  private warnOfLeaving(): void {
    const idle = this.placeRules()?.idle
    if (idle) this.notices.push(idle.text)
  }

  // ── where it leads ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Begins a dialog, by way of consent and an account when it needs them. */
  private async enter(id: string, opening?: Json, accountId?: number): Promise<Advanced> {
    this.countStep()
    const { resident } = this.turn
    const dialog = this.turn.dialogs.get(id)
    if (!dialog) return this.enter('menu')
    const first = dialog.needs === 'nothing' ? undefined : !resident?.consented ? 'consent' : undefined
    const accounts = resident?.accounts ?? []
    const chosen = accounts.find((account) => account.id === accountId)?.id
    if (first || (dialog.needs === 'account' && accounts.length === 0)) {
      if (id !== 'menu') this.wait({ dialog: id, opening })
      return this.enter(first ?? 'linking')
    }
    if (dialog.needs === 'account' && accounts.length > 1 && chosen === undefined)
      return this.enter('whichAccount', { dialog: id, opening: opening ?? null })
    const about = dialog.needs === 'account' ? (chosen ?? accounts[0]?.id ?? 0) : 0
    this.state.at = { dialog: id, version: dialog.version, place: null, accountId: about, trail: [] }
    this.state.unclear = 0
    return this.follow(await dialog.begin({ ...this.here(undefined), opening }))
  }

  /** A dialog waits once, however often it was asked for. */
  private wait(next: Waiting): void {
    this.state.waiting = [...this.state.waiting.filter(({ dialog }) => dialog !== next.dialog), next].slice(-3)
  }

  private async follow(step: Wrapped): Promise<Advanced> {
    this.countStep()
    switch (step.kind) {
      case 'goTo': {
        const standing = this.standing()
        const place = asJson(step.place)
        const moves = !step.stay && standing.place !== null && JSON.stringify(place) !== JSON.stringify(standing.place)
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
            if (!fresh.resident?.consented) this.state.parked = undefined
            return this.follow(await step.settle(outcome as never, this.here(this.place())))
          },
        }
      case 'open':
        if (step.notice) this.notices.push(step.notice)
        return this.enter(step.dialog, step.opening, step.accountId)
      case 'finish': {
        if (step.text) this.notices.push(step.text)
        this.keeps ||= step.keep === true
        const next = this.state.waiting.pop()
        return next ? this.enter(next.dialog, next.opening) : this.enter('menu')
      }
    }
  }

  private async answer(said: Said, otherwise: () => Promise<Advanced>): Promise<Advanced> {
    const rules = this.placeRules()
    if (!rules) return this.unreadable()
    const step = await rules.answer({ ...this.here(this.place()), said } as never)
    if (step.kind === 'again' && said.kind === 'text' && this.isAboutElse(said.text)) return this.aside(said.text)
    return step.kind === 'unclear' ? otherwise() : this.follow(step)
  }

  /** Words without a number that were wrong here and are plainly about something else: no street is called «сколько я должна». */
  private isAboutElse(said: string): boolean {
    const meant = /\d/.test(said) ? undefined : understood(said, this.turn.words)
    return meant?.kind === 'opens' && meant.dialog.split(':')[0] !== this.standing().dialog
  }

  // ── what is shown ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** Shows the place where the conversation stands. */
  private async ask(page = 0, how: 'asked' | 'silently' = 'asked'): Promise<Advanced> {
    const rules = this.placeRules()
    if (!rules) return this.unreadable()
    const asked: Screen = await rules.ask(this.here(this.place()) as never)
    const shown = { ...asked, choices: [...this.added, ...asked.choices] }
    const keeps = this.keeps || shown.keep === true
    const { outgoing, shown: screen } = present(shown, { ...this.setting(), page, notices: this.notices, keeps })
    return this.moved(outgoing, screen, how === 'asked' ? this.reminder() : undefined)
  }

  private async sayOver(...said: Text[]): Promise<Advanced> {
    if (!this.state.screen || this.placeRules()?.whole) {
      this.notices.push(...said)
      return this.ask()
    }
    const { outgoing, shown } = repeat(this.state.screen, [...this.notices, ...said], this.setting())
    return this.moved(outgoing, shown, this.reminder())
  }

  private async notUnderstood(example: Text | undefined = this.placeRules()?.example): Promise<Advanced> {
    this.state.unclear += 1
    return this.sayOver(
      text('common.notUnderstood'),
      ...(example ? [example] : []),
      ...(this.state.unclear > 1 ? [text('common.askAPerson')] : []),
    )
  }

  private async politelyNotHere(): Promise<Advanced> {
    const now = this.turn.now.getTime()
    if (now - (this.state.groupToldAt ?? 0) < 3_600_000) return this.silent()
    this.state.groupToldAt = now
    const { outgoing } = repeat(undefined, [text('common.privateOnly')], this.setting())
    return this.moved(outgoing, undefined)
  }

  /** The saved place fits no shape of today: a dialog that a new release has outgrown is begun anew, a corrupt one left. */
  private unreadable(): Promise<Advanced> {
    const { dialog, version, accountId } = this.standing()
    const outgrown = version < (this.turn.dialogs.get(dialog)?.version ?? 0)
    return outgrown ? this.lost('errors.lostPlace', dialog, accountId) : this.lost('errors.lostPlace')
  }

  /** The account that the conversation was about is linked no more: a dialog of its own says which one and why. */
  private gone(): Promise<Advanced> {
    const { at } = this.state
    if (!at || !this.turn.resident?.consented || !this.turn.dialogs.has('accountGone'))
      return this.lost('errors.accountGone')
    this.state.waiting = []
    this.state.parked = undefined
    this.state.screen = undefined
    return this.enter('accountGone', at.accountId)
  }

  /** Nothing that was saved can be trusted: says so and begins at the menu, unless another beginning is known. */
  private async lost(key: string, next = 'menu', accountId?: number): Promise<Advanced> {
    this.state.waiting = []
    this.state.parked = undefined
    this.state.screen = undefined
    this.notices.push(text(key))
    return this.enter(next, undefined, accountId)
  }

  private silent(): Promise<Advanced> {
    return Promise.resolve({ kind: 'moved', state: this.state, outgoing: [], reminder: undefined })
  }

  private moved(outgoing: Outgoing, screen: ShownScreen | undefined, reminder?: Reminder): Advanced {
    this.state.screen = screen
    const { input } = this.turn.event
    const { answered } = this.state
    if (answered && 'message' in input && input.message === answered.message) answered.led = this.state.at?.dialog
    if (outgoing.kind === 'show' && this.state.textButtonsOnly) outgoing.textButtonsOnly = true
    return { kind: 'moved', state: this.state, outgoing: [outgoing], reminder }
  }

  private countStep(): void {
    this.steps += 1
    if (this.steps > mostSteps) throw new Error(`no end of steps at the dialog ${this.state.at?.dialog}`)
  }
}
