import { z } from 'zod'
import { showsSums } from '../domain/channelPolicy.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { finish, goTo, type Screen, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whereCabinetIs } from './cabinet.ts'
import { doors } from './doors.ts'

const subjects = ['charges', 'receipt', 'payment', 'documents'] as const
type Subject = (typeof subjects)[number]

const place = z.object({ at: z.literal('told'), subject: z.enum(subjects) })

/**
 * What this messenger may not carry (`CHANNEL_POLICY_*`): says so kindly, why once in a chat, and where it is to be seen. Dialogs that
 * show sums, receipts and payment codes open it with their subject in place of themselves.
 */
export const withheld = defineDialog<z.infer<typeof place>>({
  id: 'withheld',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening }) => {
    const subject = subjects.find((one) => one === opening)
    return subject ? goTo({ at: 'told', subject }) : finish()
  },
  places: {
    told: {
      ask: (here) => told(here.place.subject, here),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})

function told(subject: Subject, { policy, chat, rules }: Here<unknown>): Screen {
  // The setting may have changed since this place was come to.
  if (showsSums(policy))
    return screen(text('withheld.shown'), [subject === 'documents' ? doors.orders : doors[subject]])
  if (policy === 'off') return screen(text(`withheld.off.${subject}`), [doors.consultant])
  const [here, there] = chat.startsWith('vk:') ? (['vk', 'telegram'] as const) : (['telegram', 'vk'] as const)
  return screen(
    [text(`withheld.linkOnly.${subject}`), ...otherBot(there, rules), whereCabinetIs(rules)],
    [doors.consultant, ...(subject === 'payment' ? [doors.payment] : [])],
    { once: text(`withheld.why.${here}`) },
  )
}

/** The bot in the other messenger, where there is one that shows sums. */
function otherBot(there: 'telegram' | 'vk', { bots, channelPolicy }: Here<unknown>['rules']): Text[] {
  const bot = bots[there]
  if (!bot || !showsSums(channelPolicy[there])) return []
  return [bot.url === undefined ? text(`withheld.bot.${there}`) : text(`withheld.botAt.${there}`, { url: bot.url })]
}
