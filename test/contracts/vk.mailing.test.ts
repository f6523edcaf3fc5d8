import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChatId } from '../../src/engine/event.ts'
import { show } from './anyOutgoing.ts'
import { delivery, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage('vk', 'enforced')
})
afterAll(() => stage.close())

it('sends a mailing in full calls, of which VK refuses none, and answers a person before the rest of it', async () => {
  const many = 750
  const crowd = await stage.hand.addCrowd(many)
  const { chat, phone } = await stage.resident()
  const channel = stage.channel()
  const mailed = crowd.map(({ vkId }) =>
    channel.deliver(`vk:${vkId}` as ChatId, show('Воды не будет', { mailing: true }), delivery()),
  )
  const [first] = mailed
  await first
  await channel.deliver(chat, show('Меню'), delivery())
  expect((await phone.chat()).messages.at(-1)?.text).toBe('Меню')
  const all = await Promise.all(mailed)
  expect(all.filter(({ failure }) => failure)).toEqual([])
  const sent = await stage.hand.calls({ messenger: 'vk', method: 'messages.send' })
  expect(sent.length).toBe(many + 1)
  expect(sent.slice(0, many / 2).map(({ params }) => params.message)).toContain('Меню')
  const seconds = await stage.hand.residentRate()
  const sum = (of: (one: (typeof seconds)[number]) => number) => seconds.reduce((all, one) => all + of(one), 0)
  expect({ calls: sum(({ vk }) => vk), refused: sum(({ tooMany }) => tooMany.vk) }).toEqual({
    calls: Math.ceil((many + 1) / 25),
    refused: 0,
  })
})
