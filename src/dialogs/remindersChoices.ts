import type { DutyKind } from '../domain/reminders/kinds.ts'
import type { Choice } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { LinkedAccount } from '../queries/accounts.ts'

/** Of more accounts the first ones have a button of their own; the rest are chosen within the dialog. */
const mostAccounts = 4

/** Buttons that lead into a dialog with the account chosen; they name it where there are several. */
export function leadingTo(
  dialog: string,
  accounts: readonly LinkedAccount[],
  one: string,
  ofSeveral: (account: string) => Choice['label'],
  isOnlyOne: boolean,
): Choice[] {
  return accounts.slice(0, mostAccounts).map(({ id, label }) => ({
    label: isOnlyOne ? text(one) : ofSeveral(label),
    means: { open: dialog, accountId: id },
  }))
}

/** «Завтра», «Не в этом месяце», «Уже сделано»: what a reminder may be answered. */
export function answersTo(kind: DutyKind, about: string, ...ways: ('later' | 'notThisMonth' | 'done')[]): Choice[] {
  const answers = {
    later: {
      ...{ label: text('reminders.answer.later'), also: text('reminders.typed.later') },
      opening: { later: kind, about },
    },
    notThisMonth: {
      ...{ label: text('reminders.answer.notThisMonth'), also: text('reminders.typed.notThisMonth') },
      opening: { notThisMonth: kind },
    },
    done: {
      ...{ label: text(`reminders.answer.done.${kind}`), also: text(`reminders.typed.done.${kind}`) },
      opening: { done: kind },
    },
  }
  return ways.map((way) => {
    const { label, also, opening } = answers[way]
    return { label, also, means: { open: 'reminders', opening } }
  })
}

export const settingsOf: Choice = { label: text('reminders.settings'), means: { open: 'reminders' } }
