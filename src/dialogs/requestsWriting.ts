import type { QuestionTopic } from '../domain/requests/questionTopics.ts'
import type { PlaceRules } from '../engine/dialog.ts'
import { again, type Choice, choice, goTo, opens, type Step, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { doors } from './doors.ts'
import { draftHere } from './requestsHere.ts'
import { keepIn } from './requestsKeeping.ts'
import { writtenIn } from './requestsMessage.ts'
import { matterIn, toldWhomToCall } from './requestsNotOurs.ts'
import type { At, Place } from './requestsPlaces.ts'
import { sending } from './requestsSent.ts'
import { aboutTexts, amountOf, limitsText } from './requestsTexts.ts'

/** Nothing has been written yet. */
export const writePlace: PlaceRules<At<'write'>, Place> = {
  labelsFirst: true,
  ask: async (here) => {
    const { topic, account } = here.place
    const about = await aboutTexts(here, topic, account ?? undefined)
    return screen([about, text('requests.write'), limitsText(here.rules)], sooner[topic] ?? [])
  },
  answer: (here): Step<Place> => {
    const { said, came, place } = here
    if (said.kind === 'due' || said.kind === 'choice') return unclear
    const written = writtenIn(came)
    if (!written || written.edits) return again(text('requests.cannotKeep'))
    const matter = matterIn(here)
    const { topic, account } = place
    const words =
      said.kind === 'text' && written.message !== undefined ? { text: said.text, message: written.message } : undefined
    if (matter && words) return toldWhomToCall(matter, { ...place, at: 'notOurs', words })
    return keepIn(here, { subject: topic, ...(account !== undefined && { accountId: account }), written }, false)
  },
  example: text('requests.exampleWrite'),
}

/** What is done sooner elsewhere. */
const sooner: Partial<Record<QuestionTopic, Choice[]>> = { documents: [doors.documents], readings: [doors.readings] }

/** What has been written so far. Whatever comes is added to it, until it is sent. */
export const gatheredPlace: PlaceRules<At<'gathered'>, Place> = {
  labelsFirst: true,
  takesNumbers: true,
  takesEdits: true,
  idle: { minutes: 30, text: text('requests.notSent') },
  ask: async (here) => {
    const draft = await draftHere(here)
    if (!draft)
      return screen(text('requests.noDraft'), [
        opens('requests.new', 'requests', 'new'),
        opens('requests.all', 'requests', 'list'),
      ])
    const { subject, accountId, lines } = draft
    const files = lines.flatMap((line) => line.files)
    const about = await aboutTexts(here, subject, accountId)
    const drop = choice('requests.drop', 'drop')
    if (lines.length === 0) return screen([about, text('requests.write'), limitsText(here.rules)], [drop])
    return screen(
      [about, text('requests.gathered', { amount: amountOf(lines) }), text('requests.goOnOrSend')],
      [
        choice('requests.send', 'send'),
        ...(files.length > 0 ? [choice('requests.takeOut', 'files')] : []),
        choice('requests.otherTopic', 'topic'),
        drop,
      ],
    )
  },
  answer: (here): Step<Place> => {
    const { said, came, place } = here
    const { draft } = place
    if (said.kind === 'choice') {
      if (said.value === 'send') return sending(place)
      if (said.value === 'topic') return goTo({ at: 'topic', draft })
      return said.value === 'files' || said.value === 'drop' ? goTo({ at: said.value, draft }) : unclear
    }
    if (said.kind === 'due') return unclear
    const written = writtenIn(came)
    return written ? keepIn(here, { written }, true) : again(text('requests.cannotKeep'))
  },
}
