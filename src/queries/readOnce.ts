import type { Queries } from './registry.ts'

/**
 * The same reads, each made once: for one turn, which writes nothing while it reads. Dialogs may ask for the same facts wherever
 * they need them, and see one state of things.
 */
export function readOnce(queries: Queries): Queries {
  const { accounts, meters, history, charges, receipts, desk, requests, reminders, news } = queries
  return {
    ...queries,
    accounts: { ...accounts, linked: once(accounts.linked) },
    meters: { onHand: once(meters.onHand) },
    history: { ofAccount: once(history.ofAccount) },
    charges: {
      balance: once(charges.balance),
      periods: once(charges.periods),
      between: once(charges.between),
      payments: once(charges.payments),
      picture: once(charges.picture),
      file: once(charges.file),
    },
    receipts: { periods: once(receipts.periods), ofMonth: once(receipts.ofMonth), toPay: once(receipts.toPay) },
    desk: { ...desk, active: once(desk.active), closed: once(desk.closed) },
    requests: { ...requests, draft: once(requests.draft), open: once(requests.open), all: once(requests.all) },
    reminders: { unwanted: once(reminders.unwanted), unrated: once(reminders.unrated) },
    news: { topics: once(news.topics), item: once(news.item) },
  }
}

function once<Args extends (string | number)[], Read>(read: (...args: Args) => Promise<Read>) {
  let made: Map<string, Promise<Read>> | undefined
  return (...args: Args): Promise<Read> => {
    made ??= new Map()
    const name = args.join(' ')
    const known = made.get(name) ?? read(...args)
    made.set(name, known)
    return known
  }
}
