import { describe, expect, test } from 'vitest'
import { showRequest } from '../../src/desk/requests/showRequest.ts'
import { inTransaction } from '../../src/infra/database.ts'
import { RequestRoom } from './requestRoom.ts'

const room = new RequestRoom()

describe('a request', () => {
  test('stands in the resident’s topic with what it is, by when, about which account and what he says', async () => {
    const asked = await room.asked()
    const { text, labels } = await room.message(asked)
    expect(text).toContain(`Обращение № ${asked.number} · Начисления · ответить до 24 ноября`)
    expect(text).toContain('Новое · никто не взял')
    expect(text).toMatch(/Счёт ••••\d{4}, по коду активации/)
    expect(text).toContain('За что перерасчёт?')
    expect(text).not.toContain('Мира')
    expect(labels).toEqual(['Беру', 'Уточнить', 'Ответить', 'Не наше', 'Обещать…', 'В разговор'])
  })

  test.each([
    ['full', ['Мира', 'Иванов'], []],
    ['masked', ['Мира'], ['Иванов', '45']],
  ] as const)(
    'shows whoever has taken it, under the policy «%s», what the card would, and that look is kept',
    async (policy, shown, hidden) => {
      room.policy = policy
      const asked = await room.asked()
      const one = await room.consultant('Анна')
      await room.press(one, asked, 'Беру')
      const { text } = await room.message(asked)
      expect(text).toContain('В работе · Анна')
      for (const word of shown) expect(text).toContain(word)
      for (const word of hidden) expect(text.replace(/••••\d{4}/, '')).not.toContain(word)
      const views = await room.sql('views', 'SELECT by, request_id, account_id, why FROM card_view', [])
      expect(views).toEqual([{ by: one.who.id, request_id: asked.id, account_id: asked.who.account, why: 'taken' }])
    },
  )

  test.each([
    ['papers', ['Беру', 'Нужно дослать…', 'Принять', 'Отклонить…', 'Обещать…', 'В разговор']],
    ['account', ['Беру', 'Нужно дослать…', 'Принять', 'Отклонить…', 'Обещать…', 'В разговор']],
    ['order', ['Беру', 'Уточнить', 'Отклонить…', 'Готово', 'Обещать…', 'В разговор']],
  ])('of the kind «%s» has its own buttons', async (kind, labels) => {
    expect((await room.message(await room.asked({ kind, subject: 'x' }))).labels).toEqual(labels)
  })

  test('tells what its kind asks for: whose papers these are, which files are which, how a document is received', async () => {
    const passport = { ...(await room.file('p.jpg')), paper: 'passport' }
    const papers = await room.asked({ kind: 'papers', subject: 'commission', said: [{ text: '', files: [passport] }] })
    const opening = await room.asked({ kind: 'account', subject: null })
    const order = await room.asked({ kind: 'order', subject: 'statement' })
    for (const [{ id }, details] of [
      [papers, { meter: 'холодная вода', phone: '+7 900' }],
      [opening, { address: 'улица Мира, 1', claimant: 'heir' }],
      [order, { way: 'post', months: { from: '2026-01', to: '2026-10' } }],
    ] as const) {
      await room.sql('details', 'UPDATE request SET details = $2 WHERE id = $1', [id, JSON.stringify(details)])
      await room.moved(id, 'changed')
    }
    expect((await room.message(papers)).text).toMatch(
      /Новый счётчик[\s\S]*Счётчик: холодная вода[\s\S]*паспорт: .*: p\.jpg/,
    )
    expect((await room.message(papers)).text).not.toContain('+7')
    expect((await room.message(opening)).text).toContain('Кто подаёт: Наследник')
    expect((await room.message(opening)).text).not.toContain('Мира')
    expect((await room.message(order)).text).toMatch(
      /Выписка по счёту[\s\S]*по почте[\s\S]*За январь 2026 – октябрь 2026/,
    )
    const anna = await room.consultant('Анна')
    await room.press(anna, opening, 'Беру')
    expect((await room.message(opening)).text).toContain('Адрес: улица Мира, 1')
  })

  test('that is overdue says so', async () => {
    const asked = await room.asked({ dueOn: '2026-11-09' })
    expect((await room.message(asked)).text).toContain('ПРОСРОЧЕНО, срок был 9 ноября')
  })

  test('whose account is no longer the resident’s does not show it', async () => {
    const asked = await room.asked()
    await room.press(await room.consultant('Анна'), asked, 'Беру')
    await room.sql('unlink', 'UPDATE link SET removed_at = $2 WHERE resident_id = $1', [
      asked.who.resident,
      room.clock.now(),
    ])
    await room.moved(asked.id, 'accountGone')
    const { text } = await room.message(asked)
    expect(text).toContain('больше не подключён')
    expect(text).not.toMatch(/Мира|••••/)
    await room.found(asked, /^Счёт из № \d+ больше не подключён/)
  })

  test('is changed in place by what staff does, and shown anew at the end by what the resident adds', async () => {
    const asked = await room.asked()
    const first = (await room.message(asked)).id
    await room.press(await room.consultant('Анна'), asked, 'Беру')
    expect((await room.message(asked)).id).toBe(first)
    const line = await room.line(asked.id, { text: 'И ещё за отопление', files: [] })
    await room.moved(asked.id, 'added', line)
    const now = await room.message(asked)
    expect(now.text).toMatch(/Анна$/)
    expect(now.id).not.toBe(first)
    expect(now.text).toContain('И ещё за отопление')
    const former = (await room.messages(asked)).find(({ id }) => id === first)
    expect(former?.text).toMatch(/смотрите новое сообщение ниже/)
    expect(former?.buttons).toEqual([])
  })

  test('has its files beside it, an album together, and a file that was refused by its name', async () => {
    const files = [await room.file('a.jpg'), await room.file('b.jpg')]
    const asked = await room.asked({ said: [{ text: 'Вот', files }] })
    const shown = (await room.messages(asked)).filter((message) => message.files.length > 0)
    expect(shown.map((message) => message.files[0]?.name)).toEqual(['a.jpg', 'b.jpg'])
    expect(new Set(shown.map(({ album }) => album)).size).toBe(1)
    expect((await room.message(asked)).text).toContain('Файлы: a.jpg, b.jpg')
    const gone = await room.file('c.exe')
    await room.sql('refuse', `UPDATE file SET state = 'refused' WHERE id = $1`, [gone.id])
    const line = await room.line(asked.id, { text: '', files: [gone] })
    await room.moved(asked.id, 'added', line)
    await room.found(asked, /Файл «c\.exe» не принят/)
  })

  test('has a whole album of the resident’s shown at once, however many lines it came in', async () => {
    const asked = await room.asked()
    await inTransaction(room.database, async (sql) => {
      for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
        const line = await room.line(asked.id, { text: '', files: [await room.file(name)], album: 'x' })
        await showRequest(sql, asked.id, 'added', line, room.clock.now())
      }
    })
    await room.idle()
    const shown = (await room.messages(asked)).filter((message) => message.files.length > 0)
    expect(shown.map(({ files: [file] }) => file?.name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
    expect(new Set(shown.map(({ album }) => album)).size).toBe(1)
    expect((await room.messages(asked)).filter(({ text }) => /смотрите новое сообщение/.test(text))).toHaveLength(1)
    expect((await room.message(asked)).text).toMatch(/a\.jpg[\s\S]*c\.jpg/)
  })

  test('that nobody has while the resident is waited for can be taken', async () => {
    const asked = await room.asked()
    await room.sql('waits', `UPDATE request SET state = 'waiting' WHERE id = $1`, [asked.id])
    await room.moved(asked.id, 'changed')
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'Беру')
    expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: anna.who.id })
  })

  test('that was over before a forum was there is not shown', async () => {
    const asked = await room.asked()
    await room.sql('over', `UPDATE request SET state = 'answered', staff_message = NULL WHERE id = $1`, [asked.id])
    const before = await room.texts(asked)
    await room.moved(asked.id, 'sent')
    expect(await room.texts(asked)).toEqual(before)
  })

  test('waits with a file that is still being fetched, and holds up no other topic', async () => {
    const file = await room.file('a.jpg', 'wanted')
    const he = await room.asker()
    const asking = room.asked({ who: he, said: [{ text: 'Вот', files: [file] }] })
    const other = room.asked()
    await room.sql('fetched', `UPDATE file SET state = 'stored' WHERE id = $1`, [file.id])
    const [asked] = await Promise.all([asking, other])
    expect((await room.messages(asked)).filter((message) => message.files.length > 0)).toHaveLength(1)
  })

  test('with words too long for its message has them in full beside it', async () => {
    const long = `начало ${'слово '.repeat(400)}конец`
    const asked = await room.asked({ said: [{ text: long, files: [] }] })
    expect((await room.message(asked)).text).not.toContain('конец')
    await room.found(asked, /^Обращение № \d+ · Начисления\s+начало[\s\S]*конец$/)
  })

  test('is shown in another topic when its own was deleted by hand, with all that is open', async () => {
    const asked = await room.asked()
    const other = await room.asked({ who: asked.who })
    const before = await room.thread(asked)
    const line = await room.line(asked.id, { text: 'И ещё', files: [] })
    ;(await room.consultant('Анна')).deleteTopic(before)
    await room.moved(asked.id, 'added', line)
    expect(await room.thread(asked)).not.toBe(before)
    expect((await room.message(asked)).text).toContain('И ещё')
    expect((await room.message(other)).text).toContain(`№ ${other.number}`)
  })

  test('whose message was deleted by hand is shown again by what changes', async () => {
    const asked = await room.asked()
    const before = await room.message(asked)
    const one = await room.consultant('Анна')
    const thread = await room.thread(asked)
    one.erase(before.id)
    one.pressToken(`rqtake:${asked.id}`, { thread })
    await room.idle()
    expect((await room.message(asked)).id).not.toBe(before.id)
  })

  test('is shown once, also when the forum’s answer was lost half-way', async () => {
    const files = [await room.file('a.pdf'), await room.file('b.pdf')]
    room.forum.fail('post', 'PLATFORM_DOWN', { after: true, times: 2 })
    const asked = await room.asked({ said: [{ text: 'Вот', files }] })
    const all = await room.messages(asked)
    expect(all.filter((message) => message.files.length > 0).map((message) => message.files[0]?.name)).toEqual([
      'a.pdf',
      'b.pdf',
    ])
    expect(all.filter(({ buttons }) => buttons.length > 0)).toHaveLength(1)
  })
})

test('one that is reopened is anybody’s, and whoever had it is called', async () => {
  const asked = await room.asked()
  const [anna, boris] = [await room.consultant('Анна'), await room.consultant('Борис')]
  await room.replies(anna, asked, 'За октябрь')
  const line = await room.line(asked.id, { text: 'А за воду?', files: [] })
  await room.sql('reopen', `UPDATE request SET state = 'new', answered_at = NULL WHERE id = $1`, [asked.id])
  await room.moved(asked.id, 'reopened', line)
  const { text } = await room.message(asked)
  expect(text).toContain('Новое · никто не взял')
  expect(text).toMatch(/Анна$/)
  await room.press(boris, asked, 'Беру')
  expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: boris.who.id })
})

describe('what a resident thinks of it', () => {
  test('and that he has closed it is told', async () => {
    const asked = await room.asked()
    await room.sql('rate', `UPDATE request SET state = 'closed', rating = 4 WHERE id = $1`, [asked.id])
    await room.moved(asked.id, 'closed')
    await room.moved(asked.id, 'rated')
    await room.found(asked, /Житель закрыл № \d+/)
    await room.found(asked, /оценил ответ на № \d+: 4 из 5/)
    await room.sql('words', `UPDATE request SET rating_words = 'спасибо' WHERE id = $1`, [asked.id])
    await room.moved(asked.id, 'rated')
    await room.found(asked, /^Отзыв об ответе на № \d+: спасибо$/)
    expect((await room.message(asked)).text).toContain('Закрыто')
  })
})

test('of a resident who has deleted his data nothing is shown', async () => {
  const asked = await room.asked()
  await room.sql('forget', 'UPDATE request SET resident_id = NULL, topic_id = NULL WHERE id = $1', [asked.id])
  const before = await room.texts(asked)
  await room.moved(asked.id, 'changed')
  expect(await room.texts(asked)).toEqual(before)
})
