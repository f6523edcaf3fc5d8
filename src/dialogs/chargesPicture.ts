import { z } from 'zod'
import { showsSums } from '../domain/channelPolicy.ts'
import { addPeriods, type Period } from '../domain/period.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { finish, goTo, opens, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { pictureOf, pictureWords } from './chargesPictureTexts.ts'
import { toWithheld, withheld } from './chargesWithheld.ts'

const place = z.object({ at: z.literal('picture') })

const monthsShown = 12

/** The latest year of charges as a picture, month by month and by service, with what it tells in words. */
export const chargesPicture = defineDialog<z.infer<typeof place>>({
  id: 'chargesPicture',
  version: 1,
  needs: 'account',
  consent: 2,
  place,
  begin: async (here) => {
    if (!showsSums(here.policy)) return toWithheld
    return (await yearOf(here)) ? goTo({ at: 'picture' }) : finish(text('chargesPicture.none'))
  },
  places: {
    picture: {
      ask: async (here) => {
        if (!showsSums(here.policy)) return withheld
        const year = await yearOf(here)
        if (!year) return screen(text('chargesPicture.none'))
        const [facts, account] = await Promise.all([
          here.queries.charges.picture(here.accountId, year.from, year.to),
          whose(here),
        ])
        // A picture cannot be edited into words.
        return screen(
          [...account, ...pictureWords(facts, here.plain)],
          [opens('chargesExport.open', 'chargesExport', { ...year }, here.accountId)],
          { files: [pictureOf(facts, year, here)], keep: true },
        )
      },
      answer: () => unclear,
      asksNothing: true,
    },
  },
})

/** The year up to the latest month that has charges. */
async function yearOf({ queries, accountId }: Here<unknown>): Promise<{ from: Period; to: Period } | undefined> {
  const [to] = await queries.charges.periods(accountId)
  return to && { from: addPeriods(to, 1 - monthsShown), to }
}
