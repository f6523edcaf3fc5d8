import type { ChannelPolicy } from '../domain/channelPolicy.ts'
import { alreadyMeans } from './alreadyMeans.ts'
import type { Dialog } from './dialog.ts'
import { messengerOf } from './event.ts'
import type { Json } from './saying.ts'
import type { Setting } from './screens.ts'
import type { Standing, State } from './state.ts'
import { type DialogStep, stepsOf, withFailure, withStep } from './steps.ts'
import { readToken } from './tokens.ts'
import { generationOf, type Reminder, type Turn } from './turn.ts'
import { understood } from './understand.ts'

/** What is known in a turn: where the conversation stands, in today's shapes, and what a place may see. Nothing here moves it. */
export class Ground {
  protected state: State
  /** What was done in this turn where the conversation stood. */
  private done: DialogStep | undefined
  /** The place that was read last, for it is asked about again and again. */
  private lastRead: { from: Standing; place: { at: string } | undefined } | undefined

  constructor(protected turn: Turn) {
    this.state = this.asItWas()
    const { textButtonsOnly } = turn.event.chatFacts ?? {}
    if (textButtonsOnly !== undefined) this.state.textButtonsOnly = textButtonsOnly
  }

  /** What was saved, to be changed; what is within is never changed in place but for the list of what waits. */
  protected asItWas(): State {
    const { state, dialogs } = this.turn
    const generation = Math.max(state.generation ?? 0, generationOf(dialogs))
    return { ...state, waiting: [...state.waiting], generation }
  }

  protected setting() {
    const { input } = this.turn.event
    const before = this.turn.state.screen
    const { plain: isPlain, at } = this.state
    const rules = isPlain && at ? this.placeRules() : undefined
    const plain: Setting['plain'] = isPlain && (rules?.takesNumbers || rules?.takesAll ? 'byWord' : 'byNumber')
    const setting = { words: this.turn.words, language: this.state.language, plain, stamp: this.turn.revision }
    if (input.kind !== 'choice' || readToken(input.token)?.stamp !== before?.stamp) return setting
    const inPlace = !this.state.textButtonsOnly && !before?.keeps
    return { ...setting, from: input.token, replaces: inPlace ? input.message : undefined }
  }

  /** Set anew with every screen of a place that is not to be left unanswered. */
  protected reminder(): Reminder | undefined {
    const idle = this.state.at && this.placeRules()?.idle
    return idle && { afterMinutes: idle.minutes, stamp: this.turn.revision }
  }

  /** Whether leaving a place now would lose something the resident has already given. */
  protected isHalfDone(at: Standing): boolean {
    if (at.dialog === 'resume' || at.dialog === 'menu') return false
    return at.trail.length > 0 || this.placeRules()?.idle !== undefined
  }

  /** Whether a person holds the chat: all that comes is for the place. */
  protected isHeld(): boolean {
    return this.state.at !== undefined && this.known() === 'known' && this.placeRules()?.takesAll === true
  }

  /** Whether a dialog has a place that takes all: a talk with a person. */
  protected isTalk(dialog: string): boolean {
    return Object.values(this.turn.dialogs.get(dialog)?.places ?? {}).some(({ takesAll }) => takesAll === true)
  }

  /** Notes what is done where the conversation stands. */
  protected noteStep(did: DialogStep['did']): void {
    const { at } = this.state
    if (!at) return
    this.done = { dialog: at.dialog, at: nameOf(at.place), did }
    this.state.steps = withStep(this.state.steps ?? [], this.done)
  }

  /** Notes the first place of a dialog; a talk that a place takes whole is no step of the way. */
  protected noteEntry({ at }: { at: string }): void {
    const { dialog } = this.standing()
    if (this.turn.dialogs.get(dialog)?.places[at]?.takesAll) return
    this.state.steps = withStep(this.state.steps ?? [], { dialog, at, did: 'opened' })
  }

  /** What was done in this turn came to nothing. */
  protected noteFailure(): void {
    if (this.done) this.state.steps = withFailure(this.state.steps ?? [], this.done)
    this.done = undefined
  }

  protected isAtEase(): boolean {
    return this.standing().dialog === 'menu' || this.placeRules()?.asksNothing === true
  }

  protected here<Place>(place: Place) {
    const { event, now, today, rules, words, resident, queries } = this.turn
    const { state } = this
    const { steps = [] } = state
    return {
      place,
      chat: event.chat,
      language: state.language,
      plain: state.plain ?? false,
      now,
      today,
      rules,
      policy: this.policy(),
      resident,
      accountId: state.at?.accountId ?? 0,
      queries,
      parked: state.parked?.dialog,
      steps: () => stepsOf(steps),
      alreadyMeans: (said: string) => alreadyMeans(said, words),
      meant: (said: string) => {
        const meant = understood(said, words)
        return meant?.kind === 'opens' ? meant.dialog : undefined
      },
    }
  }

  /** What of an account this messenger may carry. */
  protected policy(): ChannelPolicy {
    return this.turn.rules.channelPolicy[messengerOf(this.turn.event.chat)]
  }

  protected standing(): Standing {
    if (!this.state.at) throw new Error('the conversation stands nowhere')
    return this.state.at
  }

  /** The saved place in today's shape; a place that fits no shape is corrupt and `undefined`. */
  protected place(): { at: string } | undefined {
    const standing = this.standing()
    if (this.lastRead?.from !== standing) this.lastRead = { from: standing, place: this.placeIn(standing) }
    return this.lastRead.place
  }

  private placeIn(standing: Standing): { at: string } | undefined {
    const dialog = this.turn.dialogs.get(standing.dialog)
    if (!dialog) return undefined
    const saved =
      standing.version < dialog.version ? dialog.upgrade?.(standing.place, standing.version) : standing.place
    const read = dialog.place.safeParse(saved)
    if (!read.success) return undefined
    if (standing.version < dialog.version)
      this.state.at = { ...standing, version: dialog.version, place: asJson(read.data), trail: [] }
    return read.data
  }

  protected placeRules() {
    const place = this.place()
    return place && this.turn.dialogs.get(this.standing().dialog)?.places[place.at]
  }

  protected accountIsGone(): boolean {
    const { at } = this.state
    if (!at || this.turn.dialogs.get(at.dialog)?.needs !== 'account') return false
    return !this.turn.resident?.accounts.some((account) => account.id === at.accountId)
  }

  protected hasConsentFor({ needs, consent = 1 }: Dialog): boolean {
    return needs === 'nothing' || (this.turn.resident?.consentVersion ?? 0) >= consent
  }

  protected isAboutOneAccount(): boolean {
    return this.turn.dialogs.get(this.standing().dialog)?.needs === 'account'
  }

  /** Whether a resident of several accounts can be led over to another one here. */
  protected maySwitchAccount(): boolean {
    if (!this.isAboutOneAccount() || (this.turn.resident?.accounts.length ?? 0) < 2) return false
    const rules = this.placeRules()
    return rules?.asksNothing === true || rules?.switchesAccount?.(this.here(this.place()) as never) === true
  }

  /** Whether the saved place is ours, a newer release's, or nobody's. */
  protected known(): 'known' | 'newer' | 'corrupt' {
    const { at, generation } = this.state
    const dialog = at && this.turn.dialogs.get(at.dialog)
    if (!at || (dialog && at.version <= dialog.version)) return 'known'
    return (generation ?? 0) > generationOf(this.turn.dialogs) ? 'newer' : 'corrupt'
  }
}

/** The name of a saved place. */
export const nameOf = (place: Json): string =>
  typeof place === 'object' && place !== null && 'at' in place ? String(place.at) : ''

export const asJson = (place: { at: string }): Json => JSON.parse(JSON.stringify(place))
