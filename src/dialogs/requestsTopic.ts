import { questionTopics } from '../domain/requests/questionTopics.ts'
import { topicOfWords } from '../domain/requests/questionWords.ts'
import {
  again,
  choice,
  goTo,
  type Here,
  type PlaceRules,
  perform,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { linkedHere } from './accountNames.ts'
import { keepIn } from './requestsKeeping.ts'
import { writtenIn } from './requestsMessage.ts'
import { matterIn, toldWhomToCall } from './requestsNotOurs.ts'
import type { At, Place } from './requestsPlaces.ts'
import { topicText } from './requestsTexts.ts'

const topics = questionTopics.map((topic) => choice(topicText(topic), topic))

/** What it is about, by a button; what is not ours stands on the first page. Words are the обращение itself: what they are about is told by them. */
export const topicPlace: PlaceRules<At<'topic'>, Place> = {
  labelsFirst: true,
  ask: () =>
    screen(
      [text('requests.title'), text('requests.askTopic')],
      [...topics.slice(0, 5), choice('requests.notOurs.title', 'notOurs'), ...topics.slice(5)],
    ),
  answer: async (here): Promise<Step<Place>> => {
    const { said, came, place } = here
    if (said.kind === 'choice') {
      if (said.value === 'notOurs') return goTo({ at: 'notOurs' })
      const topic = questionTopics.find((one) => one === said.value)
      if (!topic) return unclear
      if (place.draft === undefined) return toAccount(here, topic)
      const input = { of: 'question', subject: topic } as const
      return perform({ effect: 'keepDraft', input }, ({ draft }): Step<Place> => stay({ at: 'gathered', draft }))
    }
    const written = said.kind === 'due' ? undefined : writtenIn(came)
    if (!written || written.edits)
      return said.kind === 'files' || said.kind === 'text' ? again(text('requests.cannotKeep')) : unclear
    const matter = place.draft === undefined ? matterIn(here) : undefined
    if (matter)
      return toldWhomToCall(matter, { at: 'notOurs', ...(said.kind === 'text' && { words: wordsOf(written) }) })
    if (place.draft !== undefined) return keepIn(here, { written }, false)
    const topic = topicOfWords(written.text ?? '')
    const [only, another] = await linkedHere(here)
    if (!another) return keepIn(here, { subject: topic, accountId: only?.id ?? null, written }, false)
    const input = { of: 'question', subject: topic, written } as const
    return perform({ effect: 'keepDraft', input }, ({ draft }): Step<Place> => goTo({ at: 'account', topic, draft }))
  },
  example: text('requests.exampleTopic'),
}

const wordsOf = ({ text: words = '', message = '' }: { text?: string | undefined; message?: string | undefined }) => ({
  text: words,
  message,
})

/** On to what is to be written, by way of the account where there are several. */
async function toAccount(here: Here<unknown>, topic: Extract<Place, { at: 'account' }>['topic']): Promise<Step<Place>> {
  const [only, another] = await linkedHere(here)
  if (another) return goTo({ at: 'account', topic })
  return goTo({ at: 'write', topic, account: only?.id ?? null })
}
