import { clockTime, isWithin } from '../domain/hours.ts'
import { localMinuteOfDay } from '../domain/localDate.ts'
import type { PlaceRules } from '../engine/dialog.ts'
import { choice, open, opens, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import type { At, Place } from './consultantPlaces.ts'

/** Where a consultant can be reached when not here: where there is no desk, and for whoever has not consented. */
export const toldPlace: PlaceRules<At<'told'>, Place> = {
  asksNothing: true,
  ask: ({ now, rules: { consultantsHours, timeZone, cabinetUrl, phone, hasDesk }, resident }) => {
    const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
    const isOpen = isWithin(localMinuteOfDay(now, timeZone), consultantsHours)
    const here = resident?.consented ? opens('consultant.write', 'consultant') : choice('consultant.agree', 'agree')
    return screen(
      [
        text(hasDesk ? 'consultant.whereToo' : 'consultant.where', hours),
        text(isOpen ? 'consultant.now' : 'consultant.later', hours),
        ...(phone ? [text('consultant.phone', { phone })] : []),
        ...(cabinetUrl ? [text('elsewhere.cabinetAt', { url: cabinetUrl })] : []),
        ...(hasDesk && !resident?.consented ? [text('consultant.wantsConsent')] : []),
      ],
      [...(hasDesk ? [here] : []), opens('menu.help', 'help')],
    )
  },
  answer: ({ said, resident }) => {
    if (said.kind !== 'choice') return unclear
    return resident?.consented ? open('consultant') : open('consent', { comesBack: true })
  },
}
