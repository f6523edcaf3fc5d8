import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { openTown, type Town } from '../support/town.ts'
import { handOffOf, linesOf, Olga, postsOf, seen, withDesk, wordsOf } from './desk.ts'
import { both, said } from './said.ts'
import { flats, messengers, newcomer, nextTurn, otherChat, settled, type Talk } from './talk.ts'

let town: Town
let olga: Olga
beforeAll(async () => {
  town = await openTown({ env: withDesk })
  olga = new Olga(town)
  await olga.comesToWork()
})
afterAll(() => town.close())

const query = async <Row>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  (await town.fresh.database.pool.query(sql, values)).rows

async function taken(talk: Talk): Promise<Talk> {
  await talk.press('Консультант')
  await talk.press('Другое', said('consultant.place'))
  await talk.replied(
    seen(() => olga.take(talk)),
    said('consultant.talking', { name: 'Ольга' }),
  )
  return talk
}

describe.each(messengers)('a resident of two messengers, begun in %s', (messenger) => {
  test('has one talk: the other chat joins it and is answered from then on', async () => {
    const talk = await taken(await settled(town, messenger, flats.twoWater))
    const other = await otherChat(town, talk)
    await other.press('Консультант', said('consultant.talking', { name: 'Ольга' }))
    await other.silently(() => other.hand.say('Пишу отсюда'))
    await other.replied(
      seen(() => olga.say(talk, 'Вижу')),
      /^Вижу$/,
    )
    await talk.silently(() => talk.hand.say('И отсюда'))
    const chats = await query<{ chat: ChatId }>(
      'SELECT chat FROM hand_off WHERE id = $1',
      (await handOffOf(town, talk)).id,
    )
    expect(chats).toEqual([{ chat: talk.chat }])
    expect(await wordsOf(town, talk)).toEqual(['Пишу отсюда', 'И отсюда'])
  })

  test('is brought back to the bot in the other chat when the talk is over, whoever has ended it', async () => {
    const talk = await taken(await settled(town, messenger, flats.twoWater))
    const other = await otherChat(town, talk)
    await other.press('Консультант', said('consultant.talking'))
    await other.press('Закончить разговор', said('consultant.rating'))
    await talk.replied(() => olga.forward(), said('consultant.over'))
    await talk.say('меню', said('menu.title'))

    await taken(talk)
    await other.say('консультант', said('consultant.talking'))
    await talk.silently(() => talk.hand.say('Пишу отсюда'))
    await other.replied(
      seen(() =>
        talk.replied(
          seen(() => olga.closes(talk, 'silence')),
          said('consultant.rating'),
        ),
      ),
      said('consultant.over'),
    )
    await other.say('меню', said('menu.title'))
  })

  test('writes in a talk that was ended in the other one, and it is open again', async () => {
    const talk = await taken(await settled(town, messenger, flats.twoWater))
    const other = await otherChat(town, talk)
    await other.press('Консультант', said('consultant.talking'))
    await other.press('Закончить разговор', said('consultant.rating'))
    await talk.say('Вы тут?', both(said('consultant.reopened'), said('consultant.place')))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'waiting', chat: talk.chat })
  })

  test('whoever deletes his data in the middle of a talk leaves no words behind', async () => {
    const talk = await taken(await settled(town, messenger, flats.twoWater))
    await talk.silently(() => talk.hand.say('Моя фамилия Тестова'))
    const { id, topicId } = await handOffOf(town, talk)
    await query(`UPDATE desk_topic SET forum = '-1001234567890', thread = $2 WHERE id = $1`, topicId, String(topicId))
    const other = await otherChat(town, talk)
    await other.say('удалить мои данные', said('deletion.sure'))
    await other.press('Удалить', said('deletion.done'))
    expect(await query('SELECT state, closed_by, resident_id FROM hand_off WHERE id = $1', id)).toEqual([
      { state: 'closed', closed_by: 'deleted', resident_id: null },
    ])
    const kept = await query<{ words: string }>(
      `SELECT concat(body, chat, message) AS words FROM desk_line WHERE hand_off_id = $1`,
      id,
    )
    expect(kept.map(({ words }) => words).join()).not.toMatch(/Тестова|telegram|vk/)
    const posts = await query<{ body: { kind: string } }>(
      `SELECT body FROM desk_post WHERE forum IS NOT NULL AND state = 'pending' ORDER BY id DESC LIMIT 2`,
    )
    expect(posts.map(({ body }) => body)).toMatchObject([
      { kind: 'say', text: { key: 'desk.resident.deleted' }, mentions: ['700'] },
      { kind: 'delete', thread: String(topicId) },
    ])
    await talk.say('Алло?', said('consent.text'))
  })

  test('whoever takes his consent back ends the talk', async () => {
    const talk = await taken(await settled(town, messenger, flats.twoWater))
    const other = await otherChat(town, talk)
    await other.say('настройки')
    await other.press('Отозвать согласие', said('withdrawal.sure'))
    await other.press('Отозвать', said('withdrawal.done'))
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'closed', closedBy: 'resident' })
  })

  test('whoever has not consented is told where consultants are, and comes back when he has', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    await talk.say('оператор', both(said('consultant.whereToo'), said('consultant.wantsConsent')))
    await talk.press('Прочитать согласие', said('consent.text'))
    await talk.press('Согласен', both(said('consent.thanks'), said('consultant.subjectNow')))
  })
})

describe("an administrator who answers from VK's own inbox", () => {
  const [{ id: admin, vkId } = { id: 0, vkId: 0 }] = staffPeople.consultants

  test('holds the chat: the bot is silent, and his words stand in the topic', async () => {
    const talk = await settled(town, 'vk', flats.twoWater)
    const told = nextTurn()
    await talk.hand.adminSays('Здравствуйте, это ЕРЦ', admin)
    await told
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'taken', takenBy: `vk:${vkId}` })
    await talk.silently(() => talk.hand.say('меню'))
    const lines = await linesOf(town, talk)
    expect(lines.map(({ author, state, body }) => [author, state, body.text?.text])).toEqual([
      ['consultant', 'shown', 'Здравствуйте, это ЕРЦ'],
      ['resident', 'kept', 'меню'],
    ])
    expect((await postsOf(town, talk)).filter((post) => post === 'line')).toHaveLength(2)
    await talk.say('закончить разговор', said('consultant.rating'))
  })

  test('in the queue he takes it, and the resident who waits reads no more of the queue', async () => {
    const talk = await settled(town, 'vk', flats.twoWater)
    await talk.press('Консультант')
    await talk.press('Другое', said('consultant.place'))
    const told = nextTurn()
    await talk.hand.adminSays('Слушаю', admin)
    await told
    expect(await handOffOf(town, talk)).toMatchObject({ state: 'taken', takenBy: `vk:${vkId}` })
    await talk.silently(() => talk.hand.say('Вопрос такой'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
