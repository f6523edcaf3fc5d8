import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ShownFile } from '../../../src/engine/outgoing.ts'
import { picture } from '../stage.ts'
import { type DeskStage, filesOf, say, words } from './stage.ts'

const limit = { messages: 5, windowMs: 400 }

/** On stages of their own: a platform counts what came before, too. */
export function describeDeskRate(open: () => Promise<DeskStage>): void {
  let opened: DeskStage
  const stage = () => opened
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.close())

  it('is kept in any window however much is posted at once, albums by their pieces', async () => {
    const { forum } = stage()
    const thread = await stage().channel().openTopic(forum, 'Много')
    const place = { forum, thread }
    const counted = await stage().rate(limit)
    const channel = stage().channel({ messagesPerMinute: limit.messages, windowMs: limit.windowMs })
    const files = ['a', 'b', 'c'].map((id): ShownFile => ({ id, kind: 'photo', name: `${id}.png` }))
    const album = () => channel.post(place, words('', { files }), filesOf({ a: picture, b: picture, c: picture }))
    const texts = Array.from({ length: 12 }, (_, at) => `слово ${at}`)
    await Promise.all([...texts.map((text) => say(channel, place, text)), album(), album()])
    const { most, refused } = await counted()
    expect(refused).toBe(0)
    expect(most).toBe(limit.messages)
    const { messages } = await stage().topic(thread)
    expect(messages.flatMap((one) => (one.files.length > 0 ? [] : [one.text])).toSorted()).toEqual(texts.toSorted())
    expect(messages.filter((one) => one.files.length > 0)).toHaveLength(6)
  })

  it('does not hold up a stop: who would have to wait is asked to come again', async () => {
    const { forum } = stage()
    const thread = await stage().channel().openTopic(forum, 'Стоп')
    const place = { forum, thread }
    const channel = stage().channel({ messagesPerMinute: 1, windowMs: 60_000 })
    const stop = await channel.listen(async () => ({}))
    await say(channel, place, 'сразу')
    const waiting = [1, 2].map(() => say(channel, place, 'потом'))
    const failures = Promise.allSettled(waiting)
    await stop()
    const reason = { code: 'RATE_LIMITED', retry: expect.any(Number) }
    expect(await failures).toMatchObject([{ reason }, { reason }])
  })
}
