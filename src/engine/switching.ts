import { calledSo } from '../domain/accountName.ts'
import type { Queries } from '../queries/registry.ts'
import { Leading } from './leading.ts'
import { typedButton } from './route.ts'
import { text } from './text.ts'
import type { Advanced } from './turn.ts'

type LinkedAccount = Awaited<ReturnType<Queries['accounts']['linked']>>[number]

/** Leads a resident of several accounts over to the one whose name he types. */
export class Switching extends Leading {
  /** The account of his that is called so; a button that says the same goes before. */
  protected async accountNamed(said: string): Promise<LinkedAccount | undefined> {
    const { resident, queries } = this.turn
    if (!resident || resident.accounts.length < 2 || numbersOnly.test(said)) return undefined
    if (typedButton(said, this.state.screen) !== undefined) return undefined
    return calledSo(said, await queries.accounts.linked(resident.id, this.policy()))
  }

  /** In a dialog that is about one account the same for another one, unless something given would be lost: then it is offered. */
  protected async goOver({ id, label }: LinkedAccount): Promise<Advanced> {
    const { dialog, accountId } = this.standing()
    if (!this.isAboutOneAccount()) return this.enter('accounts', { account: id })
    if (id === accountId) return this.ask()
    if (this.maySwitchAccount()) return this.enter(dialog, undefined, id)
    this.notices.push(text('common.otherAccountAside'))
    this.added = [{ label: text('common.words', { words: label }), means: { open: dialog, accountId: id } }]
    return this.ask()
  }
}

/** Readings, most often: no account is called so. */
const numbersOnly = /^[\d\s.,:;/+-]*$/
