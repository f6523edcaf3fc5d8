import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { linesOf } from './desk.ts'
import { both, said } from './said.ts'
import { calm, people, queued, type Who } from './staffed.ts'
import { flats, readingsOf } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true, env: { CONSULTANTS_CHATS: '2' } })
  for (const who of ['irina', 'oleg'] as const) await generally(who, '/on', said('desk.handle.shift.begun'))
})
afterAll(() => town.close())
afterEach(() => calm(town))

const general = 1

/** Said in the general topic, and answered so. */
async function generally(who: Who, text: string, wish: RegExp): Promise<string> {
  const staff = town.hand.staff(people[who].id)
  const message = await staff.say(text)
  const isAnswer = (one: { replyTo?: string; text: string }) => one.replyTo === message && wish.test(one.text)
  const { messages } = await staff.waitForTopic(general, (topic) => topic.messages.some(isAnswer))
  return messages.findLast(isAnswer)?.text ?? ''
}

/** What a press shows above the chat of whoever pressed. */
async function toast(who: Who, act: () => Promise<unknown>, wish: RegExp): Promise<void> {
  const staff = town.hand.staff(people[who].id)
  const before = (await staff.see()).toasts[people[who].id]?.at
  await act()
  const { toasts } = await staff.waitFor(
    (forum) => forum.toasts[people[who].id] !== undefined && forum.toasts[people[who].id]?.at !== before,
  )
  expect(toasts[people[who].id]?.text).toMatch(wish)
}

describe('who holds a chat', () => {
  test('two press «Беру» at once: one has it, the other is told whose it is', async () => {
    const visit = await queued(town, 'telegram', flats.twoWater)
    const before = (await visit.staff().see()).toasts
    await Promise.all([visit.press('Беру', 'irina'), visit.press('Беру', 'oleg')])
    const ids = [people.irina.id, people.oleg.id]
    const { toasts } = await visit
      .staff()
      .waitFor((forum) => ids.every((id) => forum.toasts[id] && forum.toasts[id]?.at !== before[id]?.at))
    const { takenBy } = await visit.handOff()
    const winner: Who = takenBy === String(people.irina.telegramId) ? 'irina' : 'oleg'
    const other: Who = winner === 'irina' ? 'oleg' : 'irina'
    const name = `${people[winner].firstName} ${people[winner].lastName}`
    expect(toasts[people[winner].id]?.text).toMatch(said('desk.handle.done.take'))
    expect(toasts[people[other].id]).toMatchObject({ text: `Чат ведёт ${name}.`, alert: true })
    const taken = (await linesOf(town, visit.talk)).filter(({ body }) => body.kind === 'taken')
    expect(taken).toHaveLength(1)
    await visit.hears(() => visit.press('Закрыть', winner), said('consultant.rating'))
  })

  test('«Передать»: the other one is called and takes it, the resident is told who answers now', async () => {
    const visit = await queued(town, 'vk', flats.oneMeter)
    await visit.takes('irina')
    await visit.reads(() => visit.press('Передать'), said('desk.handle.whom'))
    const offered = await visit.reads(() => visit.press('Олег Сафин: 0 из 2'), said('desk.handle.offered'))
    expect(offered.entities.some(({ type, url }) => `${type} ${url}`.includes(String(people.oleg.telegramId)))).toBe(
      true,
    )
    await visit.hears(() => visit.say('Сейчас ответит коллега'), 'Сейчас ответит коллега')
    await visit.hears(() => visit.press('Беру', 'oleg'), said('consultant.passed', { name: 'Олег' }))
    await visit.called(/^Олег/)
    const refused = await visit.reads(
      () => visit.say('И ещё', { by: 'irina' }),
      said('desk.handle.stopped', { name: 'Олег Сафин' }),
    )
    expect(refused.replyTo).toBeDefined()
    await visit.hears(() => visit.say('Слушаю вас', { by: 'oleg' }), /^Слушаю вас$/)
    expect((await visit.talk.hand.chat()).messages.map(({ text }) => text)).not.toContain('И ещё')
    await visit.hears(() => visit.press('Закрыть', 'oleg'), said('consultant.rating'))
  })

  test('«В очередь»: the resident is told his place and keeps it', async () => {
    const visit = await queued(town, 'telegram', flats.twoWater)
    const another = await queued(town, 'vk', flats.oneMeter)
    await visit.takes('irina')
    await visit.hears(
      () => visit.press('В очередь'),
      both(said('consultant.queued'), said('consultant.place', { place: '1' })),
    )
    await visit.called(/^Ждёт/)
    await visit.takes('oleg')
    await visit.hears(() => visit.press('Закрыть', 'oleg'), said('consultant.rating'))
    await another.takes('irina')
    await another.hears(() => another.press('Закрыть'), said('consultant.rating'))
  })

  test('«Отложить до…»: the resident is told until when, and then it is before its holder again', async () => {
    const visit = await queued(town, 'vk', flats.twoWater)
    await visit.takes()
    await visit.reads(() => visit.press('Отложить до…'), said('desk.handle.untilWhen'))
    await visit.hears(() => visit.press('1 час'), said('consultant.heldBy', { name: 'Ирина' }))
    await visit.called(/^Отложено/)
    const { holdUntil } = await visit.handOff()
    const back = await visit.reads(async () => {
      town.clock.set(new Date((holdUntil?.getTime() ?? 0) + 1_000).toISOString())
    }, said('desk.clock.holdOver'))
    expect(JSON.stringify(back.entities)).toContain(String(people.irina.telegramId))
    await visit.called(/^Ирина/)
    await visit.hears(() => visit.say('Узнала: всё верно'), 'Узнала: всё верно')
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
  })

  test('more chats than a consultant may have are refused to him', async () => {
    const visits = [
      await queued(town, 'telegram', flats.twoWater),
      await queued(town, 'vk', flats.oneMeter),
      await queued(town, 'telegram', flats.twoZones),
    ]
    const [first, second, third] = visits
    await first?.takes('oleg')
    await second?.takes('oleg')
    await toast('oleg', () => third?.press('Беру', 'oleg') ?? Promise.resolve(), said('desk.handle.refused.full'))
    await third?.takes('irina')
    for (const visit of visits)
      await visit.hears(() => visit.press('Закрыть', visit === third ? 'irina' : 'oleg'), said('consultant.rating'))
  })
})

describe('what is said in a topic', () => {
  test('notes stay there, a canned reply goes out filled in', async () => {
    const visit = await queued(town, 'vk', flats.twoWater)
    await visit.takes()
    await generally('nadezhda', '/q+ привет Здравствуйте! Меня зовут {{consultant}}.', said('desk.handle.canned.kept'))
    await visit.say('// похоже на двойное начисление')
    await visit.hears(() => visit.say('/q привет Чем помочь?'), /Меня зовут Ирина Фомина\.\s+Чем помочь\?/)
    await visit.say('//и ещё заметка')
    await visit.hears(() => visit.say('Проверяю'), 'Проверяю')
    const { messages } = await visit.talk.hand.chat()
    expect(messages.filter(({ text }) => /заметка|двойное|\/q/.test(text))).toEqual([])
    const notes = (await linesOf(town, visit.talk)).filter(({ author }) => author === 'note')
    expect(notes.map(({ body }) => body.text?.text)).toEqual(['похоже на двойное начисление', 'и ещё заметка'])
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
  })

  test('a stranger can do nothing, and is told so once', async () => {
    const visit = await queued(town, 'telegram', flats.twoWater)
    await toast('petr', () => visit.press('Беру', 'petr'), said('desk.handle.stranger'))
    const told = await visit.reads(() => visit.say('Скажу я вам', { by: 'petr' }), said('desk.handle.stranger'))
    expect(told.replyTo).toBeDefined()
    await visit.say('/close', { by: 'petr' })
    await visit.say('И ещё скажу', { by: 'petr' })
    await visit.takes()
    await visit.say('Пётр говорит', { by: 'petr' })
    await visit.hears(() => visit.say('Здравствуйте'), /^Здравствуйте$/)
    expect((await visit.lines()).filter((line) => said('desk.handle.stranger').test(line))).toHaveLength(1)
    const heard = (await visit.talk.hand.chat()).messages.map(({ text }) => text)
    expect(heard.filter((text) => /Скажу|скажу|Пётр/.test(text))).toEqual([])
    expect((await linesOf(town, visit.talk)).map(({ body }) => body.text?.text ?? '').join()).not.toMatch(/скажу|Пётр/i)
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
  })

  test('«Отправить в шаг…»: the resident hands in his readings and comes back to the talk', async () => {
    const visit = await queued(town, 'vk', flats.oneMeter)
    const { talk } = visit
    await visit.takes()
    await visit.reads(() => visit.press('Отправить в шаг…'), said('desk.handle.whichDialog'))
    await visit.hears(() => visit.press('Передать показания'), said('consultant.led'))
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', both(said('readings.accepted'), said('consultant.talking', { name: 'Ирина' })))
    expect(await readingsOf(town, flats.oneMeter)).toMatchObject([{ dials: [7000] }])
    await visit.reads(() => talk.hand.say('Передал'), 'Передал')
    await visit.hears(() => visit.say('Вижу, спасибо'), 'Вижу, спасибо')
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
  })
})
