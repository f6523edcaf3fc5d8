import { z } from 'zod'
import { showsSums } from '../domain/channelPolicy.ts'
import { defineDialog, finish, goTo, open, opens, screen, unclear } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { whereCabinetIs } from './cabinet.ts'

const subjects = ['charges', 'receipt', 'appointment', 'documents', 'requests', 'code', 'noAccount', 'cabinet'] as const

const place = z.object({ at: z.literal('told'), subject: z.enum(subjects) })

/** What the bot cannot do yet: says so plainly and where it can be done today, the centre's web cabinet first. */
export const elsewhere = defineDialog<z.infer<typeof place>>({
  id: 'elsewhere',
  version: 1,
  needs: 'consent',
  place,
  begin: ({ opening, policy }) => {
    const subject = subjects.find((one) => one === opening)
    if ((subject === 'charges' || subject === 'receipt') && !showsSums(policy))
      return open('withheld', { opening: subject })
    if (subject === 'code') return open('linking', { opening: 'code' })
    if (subject === 'documents') return open('documents')
    if (subject === 'noAccount') return open('papers', { opening: 'account' })
    if (subject === 'charges' || subject === 'receipt' || subject === 'appointment' || subject === 'requests')
      return open(subject)
    return subject ? goTo({ at: 'told', subject }) : finish()
  },
  places: {
    told: {
      ask: ({ place: { subject }, rules, resident }) =>
        screen(
          [text(`elsewhere.${subject}`), whereCabinetIs(rules)],
          [
            ...(subject === 'code' ? [opens('linking.byCode', 'linking', 'code')] : []),
            ...(subject === 'charges' ? [opens('menu.charges', 'charges')] : []),
            ...(subject === 'receipt' ? [opens('menu.receipt', 'receipt')] : []),
            ...(subject === 'documents' ? [opens('menu.documents', 'documents')] : []),
            ...(subject === 'noAccount' ? [opens('linking.noAccount', 'papers', 'account')] : []),
            ...(subject === 'appointment' ? [opens('menu.appointment', 'appointment')] : []),
            ...(subject === 'requests' ? [opens('menu.requests', 'requests')] : []),
            ...(subject === 'code' || subject === 'cabinet' ? [opens('linking.byAddress', 'linking', 'address')] : []),
            ...(resident?.accounts.length ? [opens('menu.readings', 'readings')] : []),
            opens('menu.consultant', 'consultant'),
          ],
        ),
      answer: () => unclear,
      asksNothing: true,
    },
  },
})
