import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveHealth } from '../../bots/health.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { calm, people, queued, visit as visitOf } from './staffed.ts'
import { flats, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true })
})
afterAll(() => town.close())

const over = said('consultant.rating')

test('a consultant leaves the group: his chats are in the queue again, and supervisors are told', async () => {
  const visit = await queued(town, 'telegram', flats.twoWater)
  await visit.takes('oleg')
  await visit.hears(() => visit.staff('oleg').leave(), both(said('consultant.queued'), said('consultant.place')))
  await visit.called(/^Ждёт/)
  const left = said('desk.handle.left', { name: 'Олег Сафин' })
  const { messages } = await visit
    .staff()
    .waitForTopic(1, (topic) => topic.messages.some(({ text }) => left.test(text)))
  const told = messages.find(({ text }) => left.test(text))
  expect(JSON.stringify(told?.entities)).toContain(String(people.nadezhda.telegramId))
  await visit.staff('oleg').join()
  await visit.takes('irina')
  await visit.hears(() => visit.press('Закрыть'), over)
  await calm(town)
})

test('a card that is being shown while it changes again is shown once more', async () => {
  const visit = await queued(town, 'vk', flats.twoWater)
  const effect = { kind: 'hold' } as const
  const call = { messenger: 'telegram', method: 'editMessageText', bot: staffForum.botId, times: 1 } as const
  const held = await town.hand.fault({ ...call, effect })
  await visit.takes()
  await visit.hears(() => visit.say('/back'), said('consultant.queued'))
  await held.release()
  expect((await visit.card(/^Ждёт/)).text).not.toContain('Баланс')
  await visit.takes()
  await visit.hears(() => visit.press('Закрыть'), over)
  await calm(town)
})

test('a topic deleted by hand is opened anew with its card, and no word is lost', async () => {
  const visit = await queued(town, 'vk', flats.twoWater)
  const { talk } = visit
  await visit.takes()
  await visit.reads(() => talk.hand.say('Первое'), 'Первое')
  await visit.staff('nadezhda').deleteTopic(visit.topic)
  await talk.hand.say('Второе')
  await talk.hand.say('Третье')
  const { number } = await visit.handOff()
  const { topics } = await visit
    .staff()
    .waitFor((forum) =>
      forum.topics.some(
        ({ id, name, messages }) =>
          id !== visit.topic && name.includes(`№ ${number} ·`) && messages.some(({ text }) => text.includes('Третье')),
      ),
    )
  const anew = topics.find(({ name, deleted }) => !deleted && name.includes(`№ ${number} ·`))
  expect(anew?.name).toMatch(/^Ирина/)
  const shown = (anew?.messages ?? []).filter(({ service }) => !service)
  expect(anew?.pinned).toEqual([shown[0]?.id])
  expect(shown.map(({ text }) => text).join()).toMatch(/^Ирина[\s\S]*Баланс[\s\S]*Второе[\s\S]*Третье/)
  const there = await visitOf(town, talk)
  await there.hears(() => there.say('Вижу обе'), 'Вижу обе')
  await there.hears(() => there.press('Закрыть'), over)
  await calm(town)
})

test('a topic closed by hand: of whoever holds the chat it is its end, of anybody else it is opened again', async () => {
  const visit = await queued(town, 'telegram', flats.twoWater)
  await visit.takes()
  await visit.reads(() => visit.staff('oleg').closeTopic(visit.topic), said('desk.handle.byHand.notClosed'))
  await visit.seen(({ closed }) => !closed)
  await visit.reads(() => visit.talk.hand.say('Вы здесь?'), 'Вы здесь?')
  await visit.hears(
    () => visit.staff('irina').closeTopic(visit.topic),
    both(said('consultant.closed.consultant'), over),
  )
  await visit.called(/^Закрыто/)
  await calm(town)
})

test('the bot is put out of the group and let in again: /readyz says so, residents go on, nothing is lost', async () => {
  const visit = await queued(town, 'telegram', flats.twoWater)
  await visit.takes()
  const { database, listening } = town.product
  const wanted = ['telegram', 'vk', 'consultants'] as const
  const health = await serveHealth({ port: 0 }, { database, listening, wanted })
  const readyz = async () => (await fetch(`http://127.0.0.1:${health.port}/readyz`)).json()
  expect(await readyz()).toEqual({ status: 'ready', missing: [] })
  const supervisor = visit.staff('nadezhda')
  await supervisor.kickBot()
  await visit.talk.hand.say('Раз')
  const another = await settled(town, 'vk', flats.oneMeter)
  await another.say('оператор', said('consultant.subjectNow'))
  await another.press('Оплата', said('consultant.place'))
  await visit.talk.hand.say('Два')
  await expect.poll(readyz, { timeout: 30_000 }).toEqual({ status: 'waiting', missing: ['consultants'] })
  await supervisor.addBot()
  await visit.seen(({ messages }) => messages.some(({ text }) => text.includes('Два')))
  const whole = (await visit.lines()).join()
  expect(whole).toMatch(/Раз[\s\S]*Два/)
  const there = await visitOf(town, another)
  await expect.poll(readyz, { timeout: 30_000 }).toEqual({ status: 'ready', missing: [] })
  await there.takes()
  await there.hears(() => there.press('Закрыть'), over)
  await visit.hears(() => visit.press('Закрыть'), over)
  await health.close()
  await calm(town, /lets us work|a topic waits/)
})

test('the bot was put out of the group while nobody listened: it is noticed by what cannot be said', async () => {
  const visit = await queued(town, 'vk', flats.twoWater)
  await visit.takes()
  const listens = () => town.product.listening.has('consultants')
  await town.hand.hold('telegram')
  await visit.staff('nadezhda').kickBot()
  await town.restart()
  await visit.talk.hand.say('Вы здесь?')
  await expect
    .poll(() => town.logged.some((line) => line.includes('a topic waits') && line.includes('NO_RIGHTS')), {
      timeout: 30_000,
    })
    .toBe(true)
  await expect.poll(listens, { timeout: 30_000 }).toBe(false)
  await visit.staff('nadezhda').addBot()
  await visit.seen(({ messages }) => messages.some(({ text }) => text.includes('Вы здесь?')))
  await expect.poll(listens, { timeout: 30_000 }).toBe(true)
  await town.hand.release('telegram')
  await visit.hears(() => visit.press('Закрыть'), over)
})

test('the staff’s Telegram is down while residents write: all of it comes, in order', async () => {
  const visit = await queued(town, 'vk', flats.twoWater)
  await visit.takes()
  const bad = { messenger: 'telegram', method: '*', bot: staffForum.botId, times: 100_000 } as const
  await town.hand.fault({ ...bad, effect: { kind: 'http', status: 502 } })
  const words = Array.from({ length: 12 }, (_, at) => `строка ${at + 1}.`)
  for (const one of words) await visit.talk.silently(() => visit.talk.hand.say(one))
  await town.hand.clearFaults()
  await visit.seen(({ messages }) => messages.some(({ text }) => text.includes('строка 12.')))
  const all = (await visit.lines()).join('\n').match(/строка \d+\./g)
  expect(all).toEqual(words)
  await visit.hears(() => visit.say('Прочитала всё'), 'Прочитала всё')
  await visit.hears(() => visit.press('Закрыть'), over)
  expect(await town.hand.violations()).toEqual([])
})
