import type { Choice, Said } from './dialog.ts'
import { nameOf } from './route.ts'
import { present } from './screens.ts'
import { Switching } from './switching.ts'
import { type SmallTalk, type Text, text } from './text.ts'
import { topicsAbout } from './topics.ts'
import type { Advanced } from './turn.ts'
import { understood } from './understand.ts'

/** What a person says in words of his own: answered, followed where nothing is asked, offered where something is. */
export abstract class FreeWords extends Switching {
  /** Where nothing is asked, readings and free words are understood as at the menu. */
  protected async atEase(said: string): Promise<Advanced> {
    const menu = this.turn.dialogs.get('menu')?.places.menu
    const elsewhere = menu && this.standing().dialog !== 'menu' && this.turn.resident?.accounts.length
    if (elsewhere) {
      const account = await this.accountNamed(said)
      if (account) return this.goOver(account)
      const step = await menu.answer({ ...this.here({ at: 'menu' }), said: { kind: 'text', text: said } } as never)
      if (step.kind !== 'unclear') return this.follow(step)
    }
    const topics = this.placeRules()?.searches ? topicsAbout(said, this.turn.words) : []
    if (topics.length > 0) return this.tellOf(topics)
    const meant = understood(said, this.turn.words)
    if (meant?.kind === 'opens') return this.leaveFor(meant.dialog, said)
    if (meant?.kind === 'smallTalk') return this.chat(meant.about)
    if (meant?.kind !== 'doubt') return this.notUnderstood(elsewhere ? menu.example : undefined)
    const [only, ...others] = meant.dialogs
    if (only === undefined || others.length > 0) return this.offer(meant.dialogs, text('freeWords.which'))
    return this.offer([...new Set([only, 'consultant'])], text('freeWords.perhaps'))
  }

  /** The one topic that was searched for, at once, with its way back when it is of this very dialog; else up to three to choose from. */
  private tellOf(topics: string[]): Promise<Advanced> {
    const [only = '', another] = topics
    if (another !== undefined) return this.offer(topics, text('freeWords.topics'))
    const [dialog, opening = null] = only.split(':')
    const leave = () => this.leaveFor(only)
    return dialog === this.standing().dialog ? this.answer({ kind: 'choice', value: opening }, leave) : leave()
  }

  /** Hands the place what was said; `otherwise` when it is not for this place. */
  protected abstract answer(said: Said, otherwise: () => Promise<Advanced>): Promise<Advanced>

  /** Where something is asked, nobody is led away from it by free words: what they are about is offered beside it. */
  protected async aside(said: string): Promise<Advanced> {
    const meant = understood(said, this.turn.words)
    if (meant?.kind === 'smallTalk' && meant.about !== 'ok' && meant.about !== 'no') return this.chat(meant.about)
    const id = meant?.kind === 'opens' ? meant.dialog.split(':')[0] : undefined
    if (meant?.kind !== 'opens' || id === this.standing().dialog) return this.notUnderstood()
    if (this.turn.resident?.consented) return this.offer([meant.dialog], text('freeWords.aside'))
    return this.turn.dialogs.get(id ?? '')?.needs === 'nothing' ? this.leaveFor(meant.dialog) : this.notUnderstood()
  }

  /** Words without a number that were wrong here and are plainly about something else: no street is called «сколько я должна». */
  protected isAboutElse(said: string): boolean {
    const meant = /\d/.test(said) ? undefined : understood(said, this.turn.words)
    return meant?.kind === 'opens' && meant.dialog.split(':')[0] !== this.standing().dialog
  }

  /** Answers as a person would, in place. */
  private async chat(about: SmallTalk): Promise<Advanced> {
    const answer = text(`freeWords.${about}`)
    if (about === 'rude' && this.turn.resident?.consented) return this.offer(['consultant', 'requests'], answer)
    const example = this.isAtEase() ? undefined : this.placeRules()?.example
    const further = example ?? (about === 'hello' ? text('freeWords.canDo') : undefined)
    return this.sayOver(answer, ...(further ? [further] : []))
  }

  /** Dialogs to choose from: alone where nothing is asked, else before the choices of what is. */
  protected async offer(names: string[], said: Text): Promise<Advanced> {
    const { language } = this.state
    const choices = names.flatMap((name): Choice[] => {
      const words = nameOf(name, language, this.turn.words)
      const [open = '', opening] = name.split(':')
      if (words === undefined) return []
      return [{ label: text('common.words', { words }), means: opening === undefined ? { open } : { open, opening } }]
    })
    if (this.isAtEase()) {
      const { outgoing, shown } = present({ text: [said], choices, files: [], nav: 'menu' }, this.setting())
      return this.moved(outgoing, { ...shown, aside: true })
    }
    this.notices.push(said)
    this.added = choices
    return this.ask()
  }
}
