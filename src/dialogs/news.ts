import { z } from 'zod'
import { newsIn } from '../domain/news/newsText.ts'
import { newsTopics } from '../domain/news/topics.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { choice, goTo, opens, perform, type Screen, screen, stay, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'

const place = z.object({ at: z.literal('topics') })
type Place = z.infer<typeof place>

/** News of the centre (новости), by topics that a resident subscribes to himself. `news` is told the id of the mailing; one that is shown
 * beforehand (`preview:…`) to whoever wants to see it. */
export const news = defineDialog<Place>({
  id: 'news',
  version: 1,
  needs: 'consent',
  place,
  begin: () => goTo({ at: 'topics' }),
  places: {
    topics: {
      ask: topics,
      answer: async (here) => {
        const { said } = here
        const topic = said.kind === 'choice' && newsTopics.find((one) => one === said.value)
        if (!topic) return unclear
        const want = !(await own(here)).includes(topic)
        return perform({ effect: 'subscribeToNews', input: { topic, want } }, () => stay({ at: 'topics' }))
      },
      asksNothing: true,
    },
  },
  news: async (here) => {
    const item = await here.queries.news.item(here.about)
    const isPreview = here.about.startsWith('preview:')
    if (!item || (!isPreview && !(await own(here)).includes(item.topic))) return undefined
    const { title, body } = newsIn(item.text, here.language)
    return screen(
      [text('news.item', { title, body }), text('news.why', { topic: text(`news.topic.${item.topic}`) })],
      [opens('news.settings', 'news')],
      { nav: 'menu', keep: true },
    )
  },
})

const own = async ({ resident, queries }: Here<unknown>): Promise<string[]> =>
  resident ? queries.news.topics(resident.id) : []

async function topics(here: Here<Place>): Promise<Screen> {
  const subscribed = await own(here)
  const all = newsTopics.map((topic) => ({
    topic,
    name: text(`news.topic.${topic}`),
    isOn: subscribed.includes(topic),
  }))
  const lines = all.map(({ name, isOn }): Text => text(isOn ? 'news.line.on' : 'news.line.off', { name }))
  const choices = all.map(({ topic, name, isOn }) =>
    choice(text(isOn ? 'news.unsubscribe' : 'news.subscribe', { name }), topic),
  )
  return screen([text('news.title'), text('common.lines', { lines })], choices)
}
