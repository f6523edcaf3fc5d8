import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import type { SeenTopic } from '../../bots/sandbox/hand/seenForum.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { lyingPhoto } from '../files/phoneFiles.ts'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { calm, queued, Visit } from './staffed.ts'
import { flats, labels, messengers, otherChat, settled, type Talk } from './talk.ts'

const picture = { kind: 'photo', name: 'p.jpg', bytes: await lyingPhoto() } as const
const paper = (name: string) => ({ kind: 'document', name, bytes: new TextEncoder().encode(name) }) as const

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true })
})
afterAll(() => town.close())

/** Somebody who has sent a request about charges, and its topic in the forum. */
async function asking(talk: Talk): Promise<{ visit: Visit; number: number }> {
  await talk.press('Обращения', said('requests.askTopic'))
  await talk.press('Начисления', both(said('requests.write'), said('requests.limits', { most: '10', megabytes: '10' })))
  await talk.say('За что перерасчёт?', said('requests.gathered', { amount: '1 сообщение' }))
  const accepted = await talk.press('Отправить', said('requests.accepted', { date: '24 ноября' }))
  const number = Number(/№ (\d+)/.exec(accepted.text)?.[1])
  const isHis = ({ name, deleted }: SeenTopic) => !deleted && name.includes(`№ ${number}`)
  const { topics } = await town.hand.forum(staffForum.id).waitFor((seen) => seen.topics.some(isHis))
  return { visit: new Visit(town, talk, topics.find(isHis)?.id ?? 0), number }
}

/** The message that shows the request, once it is as wished. */
async function shown(visit: Visit, wish: RegExp): Promise<SeenMessage> {
  const isIt = (one: SeenMessage) =>
    !one.deleted && labels(one).length > 0 && wish.test(one.text.replaceAll('\u00a0', ' '))
  const { messages } = await visit.seen(({ messages }) => messages.some(isIt))
  return messages.findLast(isIt) as SeenMessage
}

describe.each(messengers)('a request in %s and in the forum', (messenger) => {
  test('is taken, asked about, added to, answered with an album, and reopened; each side sees the other’s part', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { visit, number } = await asking(talk)
    const first = await shown(visit, /Новое · никто не взял[\s\S]*За что перерасчёт\?/)
    expect(first.text).not.toMatch(/8 Марта|Берёзкина/)

    await visit.hears(() => visit.press('Беру'), new RegExp(`№ ${number}`))
    expect((await shown(visit, /В работе · Ирина/)).id).toBe(first.id)
    expect((await shown(visit, /8 Марта/)).text).toContain('Берёзкина')

    const asked = await visit.reads(() => visit.press('Уточнить'), /Ответьте на это сообщение/)
    await visit.hears(() => visit.say('За какой месяц?', { replyTo: asked.id }), /За какой месяц\?/)
    await shown(visit, /Ждём жителя · Ирина/)
    await talk.say('За октябрь', said('requests.added', { amount: '1 сообщение' }))
    await talk.send([picture], said('requests.added', { amount: '1 сообщение, 1 фото' }))
    const anew = await shown(visit, /В работе · Ирина[\s\S]*За октябрь[\s\S]*Файлы: /)
    expect(anew.id).not.toBe(first.id)

    const album = [paper('расчёт.txt'), paper('акт.txt')]
    const where = { topic: visit.topic, replyTo: anew.id, caption: 'Перерасчёт за отопление' }
    const answer = await visit.hears(() => visit.staff().send(album, where), /Перерасчёт за отопление/)
    await visit.seen(({ messages }) => messages.some(({ text }) => /Отправлено жителю[\s\S]*Файлов: 2/.test(text)))
    const { messages } = await talk.hand.chat()
    const names = messages.flatMap(({ files }) => files).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['расчёт.txt', 'акт.txt']))
    expect(answer.text).toContain(String(number))

    await talk.press('Вопрос не решён', said('requests.askReopen'))
    await visit.reads(() => talk.say('А за воду?', ''), /открыл № \d+ снова/)
    await shown(visit, /Новое · [\s\S]*А за воду\?/)
    await calm(town)
  })
})

test('a question of the talk becomes a request, and the request a talk again', async () => {
  const visit = await queued(town, 'telegram', flats.withoutMeters)
  await visit.takes()
  await visit.reads(() => visit.talk.hand.say('Почему так много?'), 'Почему так много?')
  const told = await visit.hears(() => visit.press('В обращение'), /стал обращением № \d+\. Ответим до 24/)
  const number = /№ (\d+)/.exec(told.text)?.[1]
  await shown(visit, new RegExp(`№ ${number}[\\s\\S]*В работе · Ирина[\\s\\S]*Почему так много\\?`))
  await visit.hears(() => visit.press('В разговор'), new RegExp(`обращению № ${number}`))
  await visit.hears(() => visit.say('Здравствуйте ещё раз'), 'Здравствуйте ещё раз')
  await visit.press('Решено в разговоре')
  await shown(visit, /Ответ дан · Ирина/)
  await visit.hears(() => visit.press('Закрыть'), /Мы ответили на это обращение в разговоре/)
  await calm(town)
})

test('an answer to whoever has blocked the bot meanwhile comes by his other messenger, and is marked where there is none', async () => {
  const talk = await settled(town, 'telegram', flats.house)
  const { visit, number } = await asking(talk)
  const other = await otherChat(town, talk)
  await talk.hand.block()
  // That he has, only the platform knows.
  await town.fresh.database.pool.query('UPDATE conversation SET blocked_at = NULL WHERE chat = $1', [talk.chat])
  const { id } = await shown(visit, /Новое · никто не взял/)
  await visit.say('Пересчитали', { replyTo: id })
  const { text } = await other.hand.reply((one) => one.text.includes('Пересчитали'))
  expect(text).toContain(String(number))

  await other.hand.block()
  const answered = await shown(visit, /Ответ дан · Ирина/)
  await visit.reads(
    async () => {
      await visit.say('И ещё одно', { replyTo: answered.id })
      await visit.press('Отправить вдогонку')
    },
    said('desk.request.untold.blocked', { number: String(number) }),
  )
})
