import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { calm, hears, people, queued } from './staffed.ts'
import { flats, messengers, otherChat } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ desk: true })
})
afterAll(() => town.close())

const megabytes = (count: number) => new Uint8Array(count * 1024 * 1024).fill(7)

describe.each(messengers)('in the middle of a talk in %s', (messenger) => {
  test('a resident blocks the bot: the line that he does not get is marked; he comes back and it goes on', async () => {
    const visit = await queued(town, messenger, flats.twoWater)
    await visit.takes()
    await visit.reads(() => visit.talk.hand.block(), said('desk.resident.blocked'))
    let line = ''
    const marked = await visit.reads(async () => {
      line = await visit.say('Вы здесь?')
    }, said('desk.forum.notReached.blocked'))
    expect(marked.replyTo).toBe(line)
    await visit.seen(({ messages }) => messages.some(({ id, reaction }) => id === line && reaction === '👎'))
    await visit.reads(() => visit.talk.hand.unblock(), said('desk.resident.unblocked'))
    await visit.hears(() => visit.say('Снова с вами'), 'Снова с вами')
    await visit.reads(() => visit.talk.hand.say('Спасибо'), 'Спасибо')
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    await calm(town)
  })

  test('a resident deletes his data: his topic is gone, and nothing of him is left', async () => {
    const visit = await queued(town, messenger, flats.oneMeter)
    await visit.takes()
    await visit.reads(() => visit.talk.hand.say('Моя фамилия Тестова'), 'Тестова')
    await visit.hears(() => visit.say('Вижу вас, Марфа'), 'Марфа')
    const { id, number } = await visit.handOff()
    const other = await otherChat(town, visit.talk)
    await other.say('удалить мои данные', said('deletion.sure'))
    await other.press('Удалить', said('deletion.done'))
    await visit.seen(({ deleted }) => deleted)
    const told = await visit
      .staff()
      .waitForTopic(1, ({ messages }) =>
        messages.some(({ text }) => said('desk.resident.deleted', { number: String(number) }).test(text)),
      )
    expect(JSON.stringify(told.messages.at(-1)?.entities)).toContain(String(people.irina.telegramId))
    const tables = ['hand_off', 'hand_off_take', 'desk_topic', 'desk_line', 'desk_post', 'outbox', 'file', 'timer']
    const { pool } = town.fresh.database
    for (const table of tables) {
      const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`)
      const about = rows.filter(({ row }) => /Тестова|Марфа/.test(row))
      expect({ table, about }).toEqual({ table, about: [] })
    }
    const { rows } = await pool.query('SELECT chat, resident_id, state FROM hand_off WHERE id = $1', [id])
    expect(rows).toEqual([{ chat: '', resident_id: null, state: 'closed' }])
    await calm(town)
  })

  test('a resident of two messengers has one topic and is answered where he wrote last', async () => {
    const visit = await queued(town, messenger, flats.twoZones)
    await visit.takes()
    const other = await otherChat(town, visit.talk)
    await other.say('консультант', said('consultant.talking', { name: 'Ирина' }))
    await visit.reads(() => other.hand.say('Пишу отсюда'), 'Пишу отсюда')
    await hears(other, () => visit.say('Отвечаю туда'), /^Отвечаю туда$/)
    await visit.reads(() => visit.talk.hand.say('А теперь здесь'), 'А теперь здесь')
    await visit.hears(() => visit.say('И я здесь'), /^И я здесь$/)
    expect((await other.hand.chat()).messages.map(({ text }) => text)).not.toContain('И я здесь')
    expect((await visit.talk.hand.chat()).messages.map(({ text }) => text)).not.toContain('Отвечаю туда')
    const { number } = await visit.handOff()
    const { topics } = await visit.staff().see()
    expect(topics.filter(({ name }) => name.includes(`№ ${number} ·`))).toHaveLength(1)
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    await calm(town)
  })

  test('a consultant sends a file of 50 MB: it is marked with the reason, what he wrote with it goes out', async () => {
    const visit = await queued(town, messenger, flats.threeZones)
    await visit.takes()
    const huge = { kind: 'document', name: 'архив.zip', bytes: megabytes(50) } as const
    let sent: string[] = []
    const marked = await visit.reads(async () => {
      sent = await visit.staff().send([huge], visit.where())
    }, said('desk.forum.notReached.tooLarge'))
    expect(sent).toContain(marked.replyTo)
    await visit.reads(
      () => visit.hears(() => visit.staff().send([huge], { ...visit.where(), caption: 'Весь архив' }), 'Весь архив'),
      said('desk.forum.notReached.tooLarge'),
    )
    await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
    await calm(town)
  })
})

test('a resident sends a file of 25 MB, which Telegram does not hand out: the topic is told, his words are there', async () => {
  const visit = await queued(town, 'telegram', flats.sevenMeters)
  await visit.takes()
  const large = { kind: 'document', name: 'скан.pdf', bytes: megabytes(25) } as const
  const told = await visit.reads(() => visit.talk.hand.send([large], 'Вот скан'), 'Вот скан')
  expect(told.text).toMatch(said('desk.forum.fileLost', { name: 'скан.pdf' }))
  await visit.reads(() => visit.talk.hand.say('Дошло?'), 'Дошло?')
  await visit.hears(() => visit.press('Закрыть'), said('consultant.rating'))
  await calm(town)
})

test('an administrator answers from VK’s own inbox: the chat is his, the bot is silent, his words are in the topic', async () => {
  const visit = await queued(town, 'vk', flats.room)
  const { talk } = visit
  const admin = people.oleg.id
  const words = await visit.reads(() => talk.hand.adminSays('Добрый день, это Олег', admin), 'Добрый день, это Олег')
  expect(words.text).toMatch(said('desk.forum.admin'))
  await visit.called(/^Администратор сообщества ВКонтакте/)
  const length = await talk.length()
  await visit.reads(() => talk.hand.say('меню'), 'меню')
  await visit.reads(() => talk.hand.adminSays('Меню пока не нужно', admin), 'Меню пока не нужно')
  expect((await talk.hand.chat()).messages.slice(length).map(({ from, text }) => `${from}: ${text}`)).toEqual([
    'resident: меню',
    'admin: Меню пока не нужно',
  ])
  await visit.reads(() => visit.say('А я помогу?'), said('desk.handle.stopped'))
  await calm(town)
})
