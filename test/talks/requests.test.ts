import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openFileStore } from '../../src/files/store.ts'
import { sqlOn } from '../../src/infra/database.ts'
import { addNotice } from '../../src/notices/addNotice.ts'
import { lyingPhoto, pdfOf } from '../files/phoneFiles.ts'
import { noon, openTown, type Town } from '../support/town.ts'
import { photo } from './photo.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, otherChat, settled, type Talk } from './talk.ts'

const picture = await lyingPhoto()

let town: Town
beforeAll(async () => {
  town = await openTown({ env: { EMERGENCY_DISPATCH_PHONE: '8 800 000-00-00' } })
})
/** A Tuesday. */
beforeEach(() => town.clock.set(noon))
afterAll(() => town.close())

interface Kept {
  id: string
  number: number
  state: string
  subject: string
  account: string | null
  words: string[]
  files: number
  rating: number | null
  rating_words: string | null
}

/** What the resident has asked for, drafts too, in order. */
async function requestsOf({ chat }: Talk): Promise<Kept[]> {
  const { rows } = await town.fresh.database.pool.query<Kept>(
    `SELECT r.id, r.number, r.state, r.subject, a.number AS account, r.rating, r.rating_words,
            array_remove(array_agg(l.body ->> 'text' ORDER BY l.id), '') AS words, coalesce(sum(jsonb_array_length(l.body -> 'files')), 0)::int AS files
     FROM request r JOIN conversation c ON c.resident_id = r.resident_id LEFT JOIN account a ON a.id = r.account_id
     LEFT JOIN request_line l ON l.request_id = r.id AND l.author = 'resident'
     WHERE c.chat = $1 GROUP BY r.id, a.number ORDER BY r.created_at`,
    [chat],
  )
  return rows
}

async function requestOf(talk: Talk): Promise<Kept> {
  const [request] = await requestsOf(talk)
  if (!request) throw new Error('nothing was kept')
  return request
}

/** As staff do it: a line, what it brings the request to, and a notice of it. */
async function answered(id: string, state: string | null, words: string, files: object[] = []): Promise<void> {
  const { pool } = town.fresh.database
  const now = town.clock.now()
  const { rows } = await pool.query(
    `INSERT INTO request_line (request_id, author, state, body, at) VALUES ($1, 'consultant', $2, $3, $4) RETURNING id`,
    [id, state, JSON.stringify({ text: words, files }), now],
  )
  const { rows: changed } = await pool.query(
    `UPDATE request SET state = coalesce($2::"RequestState", state), answered_at = CASE WHEN $2 = 'answered' THEN $3::timestamptz END WHERE id = $1 RETURNING resident_id, chat`,
    [id, state, now],
  )
  const line = String(rows[0].id)
  const { resident_id: residentId, chat } = changed[0]
  await addNotice(sqlOn(town.fresh.database), {
    id: `request:${line}`,
    residentId,
    chat,
    dialog: 'requests',
    about: line,
    dueAt: now,
  })
}

/** A file of a consultant's, as it is kept for the resident. */
async function stored({ chat }: Talk, name: string): Promise<object> {
  const id = randomUUID()
  await openFileStore(town.fresh.database).add({
    id,
    kind: 'document',
    name,
    bytes: await pdfOf(name),
    chat,
    now: town.clock.now(),
  })
  return { id, kind: 'document', name }
}

const told = (talk: Talk, words: RegExp) => talk.hand.reply(({ text }) => words.test(text.replaceAll('\u00a0', ' ')))

async function written(talk: Talk, words = 'За что начислили вдвое больше?') {
  await talk.press('Обращения', said('requests.askTopic'))
  await talk.press('Начисления', both(said('requests.write'), said('requests.limits', { most: '10', megabytes: '10' })))
  return talk.say(words, said('requests.gathered', { amount: '1 сообщение' }))
}

async function sent(talk: Talk, words?: string): Promise<Kept> {
  await written(talk, words)
  await talk.press('Отправить', said('requests.accepted', { date: '24 ноября' }))
  return requestOf(talk)
}

describe.each(messengers)('a request in %s', (messenger) => {
  test('is written in several messages, each told of below it, an album once, and sent under a number with a promised day', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const before = await talk.length()
    await talk.say('И за октябрь тоже.', said('requests.gathered', { amount: '2 сообщения' }))
    await talk.hand.send([photo(picture, 'bill.jpg'), photo(picture, 'second.jpg')])
    const { messages } = await talk.hand.waitFor(({ messages }) =>
      messages.some(({ text }) => text.includes('2 сообщения, 2 фото')),
    )
    expect(messages.at(-1)?.text).toContain('2 сообщения, 2 фото')
    // His own, an album's photos being two in Telegram, and two of ours.
    expect((await talk.length()) - before).toBe(messenger === 'telegram' ? 5 : 4)
    const accepted = await talk.press(
      'Отправить',
      both(said('requests.accepted', { date: '24 ноября' }), said('requests.whereAnswered')),
    )
    const kept = await requestOf(talk)
    expect(kept).toMatchObject({
      ...{ state: 'new', subject: 'charges', account: flats.twoWater.number, files: 2 },
      words: ['За что начислили вдвое больше?', 'И за октябрь тоже.'],
    })
    expect(accepted.text).toContain(`№ ${kept.number}`)
    expect(labels(accepted)).toEqual(['Дополнить', 'Мои дела', 'Меню'])
    // «Отправить» once more shows the same number.
    await talk.say('отправить', said('requests.accepted', { number: String(kept.number) }))
    await talk.press('Меню', said('menu.title'))
    const list = await talk.press(
      'Обращения',
      both(said('requests.sentBefore'), said('requests.due', { date: '24 ноября' })),
    )
    expect(labels(list)).toContain(`№ ${kept.number} · Начисления`)
  })

  test('sent from both chats of a resident is one, under one number', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const other = await otherChat(town, talk)
    await other.press('Обращения', both(said('requests.begun'), said('requests.gathered')))
    await other.press('Отправить', said('requests.accepted'))
    const { number } = await requestOf(talk)
    const again = await talk.press('Отправить', said('requests.accepted', { number: String(number) }))
    expect(again.text).toContain(`№ ${number}`)
    expect(await requestsOf(talk)).toHaveLength(1)
  })

  test('begins with the words themselves; which account is asked of who has several', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.oneMeter)
    await talk.press('Обращения', said('requests.askTopic'))
    await talk.say('Когда сделают перерасчёт?', both(said('requests.wordsKept'), said('requests.askAccount')))
    const screen = (await talk.hand.chat()).messages.at(-1)
    await talk.press((screen && labels(screen)[0]) ?? '', said('requests.gathered', { amount: '1 сообщение' }))
    await talk.press('Отправить', said('requests.accepted'))
    expect(await requestOf(talk)).toMatchObject({ subject: 'recalculation', words: ['Когда сделают перерасчёт?'] })
    expect((await requestOf(talk)).account).not.toBeNull()
  })

  test('about what is not ours is answered with whom to call, and noted without a word of his', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Обращения', said('requests.askTopic'))
    const words = 'лифт не работает у нас'
    const call = await talk.say(
      words,
      both(said('emergency.lift'), said('emergency.dispatchAt', { dispatch: '8 800 000-00-00' })),
    )
    expect(await requestsOf(talk)).toEqual([])
    const noted = town.logged.filter((line) => line.includes('whom to call'))
    expect(noted.at(-1)).toContain('"matter":"lift"')
    expect(noted.join()).not.toContain('лифт')
    expect(labels(call)).toContain('Это о начислениях, отправить в ЕРЦ')
    await talk.press('Это о начислениях, отправить в ЕРЦ', said('requests.gathered'))
    expect((await requestOf(talk)).words).toEqual([words])
  })

  test('is answered where it was sent, thanked for, rated, and opened again with what is missing', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { id, number } = await sent(talk)
    await answered(id, 'waiting', 'Пришлите фото счётчика.')
    const asked = await told(talk, both(said('requests.news.waiting', { number: String(number) }), /Пришлите фото/))
    expect(labels(asked).slice(0, 2)).toEqual(['Ответить', 'Открыть обращение'])
    await talk.press('Ответить', said('requests.askMore'))
    await talk.send([photo(picture, 'bill.jpg')], said('requests.added', { amount: '1 фото' }))
    expect(await requestOf(talk)).toMatchObject({ state: 'new', files: 1 })
    await talk.say('Вот он.', said('requests.added', { amount: '1 сообщение, 1 фото' }))
    const one = await talk.press('Готово', both(said('requests.oneTitle'), /Вот он/))
    // Before he was asked and after: what is said in one minute stands under one name.
    expect(one.text.match(/Вы, 10 ноября/g)).toHaveLength(2)
    expect(one.text).toContain('1 фото')
    await answered(id, 'answered', 'Сделали перерасчёт.')
    const news = await told(
      talk,
      both(said('requests.news.answered', { number: String(number) }), /Сделали перерасчёт/),
    )
    expect(labels(news)).toEqual([
      'Спасибо, вопрос решён',
      'Вопрос не решён',
      'Оценить ответ',
      'Открыть обращение',
      'Меню',
    ])
    await talk.press('Спасибо, вопрос решён', both(said('requests.closed'), said('requests.askRating')))
    // The answer stays to be read.
    expect((await talk.hand.chat()).messages.some(({ text }) => text.includes('Сделали перерасчёт.'))).toBe(true)
    await talk.say('4', said('requests.askComment'))
    await talk.say('Быстро ответили', said('requests.thanks'))
    expect(await requestOf(talk)).toMatchObject({ state: 'closed', rating: 4, rating_words: 'Быстро ответили' })
    await talk.press('Обращения', said('requests.sentBefore'))
    const shown = await talk.press(`№ ${number} · Начисления`, both(said('requests.oneTitle'), /Сделали перерасчёт\./))
    expect(labels(shown)).toContain('Открыть снова')
    await talk.press('Открыть снова', said('requests.askReopen'))
    await talk.say('Опять то же самое', said('requests.reopened', { date: '24 ноября' }))
    expect(await requestOf(talk)).toMatchObject({ state: 'new', rating: null })
  })

  test('may be corrected, thinned out and thrown away before it is sent', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk, 'Ошиблся словом')
    const message = talk.written
    await talk.hand.edit(message, 'Исправил слово')
    await talk.hand.send([photo(picture, 'bill.jpg')])
    await talk.hand.waitFor(({ messages }) => messages.some(({ text }) => text.includes('1 сообщение, 1 фото')))
    expect(await requestOf(talk)).toMatchObject({ words: ['Исправил слово'], files: 1 })
    await talk.press('Убрать файл', said('requests.askFile'))
    await talk.press('Фото 1', both(said('requests.takenOut'), said('requests.gathered', { amount: '1 сообщение' })))
    await talk.press('Удалить черновик', said('requests.sureToDrop'))
    await talk.press('Да, удалить', said('requests.dropped'))
    expect(await requestsOf(talk)).toEqual([])
  })

  test('takes no voice, and says why; what was written before stays', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.send([{ kind: 'voice', name: 'voice.ogg', bytes: Buffer.from('OggS') }], said('requests.left.kind'))
    expect(await requestOf(talk)).toMatchObject({ words: ['За что начислили вдвое больше?'], files: 0 })
  })

  test('a file of no bytes is told of, and taken out', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.hand.send([{ kind: 'document', name: 'act.pdf', bytes: Buffer.alloc(0) }])
    await told(talk, /act\.pdf/)
    expect(await requestOf(talk)).toMatchObject({ files: 0 })
  })

  test('is answered with a file, also while something else is asked: that goes on below', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const { id, number } = await sent(talk)
    await talk.press('Меню', said('menu.title'))
    await talk.press('Передать показания', said('readings.title'))
    const file = await stored(talk, 'act.pdf')
    await answered(id, 'answered', 'Вот акт сверки.', [file])
    const news = await told(
      talk,
      both(said('requests.news.answered', { number: String(number) }), said('readings.title')),
    )
    expect(news.text).toContain('Вот акт сверки.')
    expect(news.files).toMatchObject([{ kind: 'document', name: 'act.pdf' }])
    await talk.say('324 311', said('readings.check'))
  })

  test('whose account has been closed meanwhile keeps its words, and is sent without it', async () => {
    const talk = await settled(town, messenger, flats.house)
    await written(talk)
    const { pool } = town.fresh.database
    const closed = (open: boolean) =>
      pool.query('UPDATE account SET open = $2 WHERE number = $1', [flats.house.number, open])
    await closed(false)
    try {
      await talk.press('Отправить', both(said('requests.accountGone'), said('requests.gathered')))
      await talk.press('Отправить', said('requests.accepted'))
      expect(await requestOf(talk)).toMatchObject({
        state: 'new',
        account: null,
        words: ['За что начислили вдвое больше?'],
      })
    } finally {
      await closed(true)
    }
  })

  test('is not sent once consent has been withdrawn in the other chat, and nothing of it is left', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    const other = await otherChat(town, talk)
    await other.say('отозвать согласие', said('withdrawal.sure'))
    await other.press('Отозвать', said('withdrawal.done'))
    const shown = await talk.press('Отправить')
    expect(shown.text).not.toMatch(said('requests.accepted'))
    expect(await requestsOf(talk)).toEqual([])
  })

  test('in plain mode is told of anew with every message: edits are not read out', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await town.fresh.database.pool.query(`UPDATE conversation SET state = state || '{"plain": true}' WHERE chat = $1`, [
      talk.chat,
    ])
    await written(talk)
    await talk.say('И за октябрь тоже.', said('requests.gathered', { amount: '2 сообщения' }))
    await talk.say('Отправить', said('requests.accepted'))
  })

  test('left unsent is spoken of, and gone back to', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await written(talk)
    await talk.say('меню', both(said('requests.notSent'), said('menu.title')))
    await talk.say('продолжить', both(said('common.resumed'), said('requests.gathered')))
    await talk.press('Отправить', said('requests.accepted'))
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
