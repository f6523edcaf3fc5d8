import type { Rules } from '../domain/rules.ts'
import type { Office } from '../domain/visits/office.ts'
import type { VisitTopic } from '../domain/visits/topics.ts'
import { instantOf } from '../domain/workingHours.ts'
import type { ChatId } from '../engine/event.ts'
import type { VisitDrawing } from '../engine/outgoing.ts'
import { text, type Words } from '../engine/text.ts'
import { visitIcs } from './calendar/visit.ts'
import type { Draughtsman } from './drawn.ts'

interface Visit {
  office: Office
  topic: VisitTopic
  date: `${number}-${number}-${number}`
  minute: number
  minutes: number
  ticket: string
  state: string
}

/** A resident's visit as a file for his calendar: only his, and only while it is booked. */
export function visitDraughtsman(deps: {
  words: Words
  rules: Pick<Rules, 'timeZone' | 'visits'>
  /** A booking of the person in a chat. */
  visit(chat: ChatId, booking: string): Promise<Visit | undefined>
  /** The same, whose ever it is. */
  anyVisit(booking: string): Promise<Visit | undefined>
}): Draughtsman<VisitDrawing> {
  const { words, rules } = deps
  return {
    maySee: async (chat, { booking }) => (await deps.visit(chat, booking))?.state === 'booked',
    async draw({ booking, language }) {
      const visit = await deps.anyVisit(booking)
      if (!visit) throw new Error('the visit is gone')
      const { office, topic, date, minute, minutes, ticket } = visit
      const { name, address } = office
      const say = (key: string, values?: Record<string, string>) => words.plain(language, text(key, values))
      return visitIcs({
        ...{ id: booking, minutes, remindMinutes: rules.visits.remindMinutes },
        from: instantOf(date, minute, rules),
        title: say('appointment.calendar.title', { ticket }),
        place: say('appointment.calendar.place', { name, address }),
        about: words.plain(language, text('appointment.papers', { papers: text(`appointment.papersFor.${topic}`) })),
      })
    },
  }
}
