import { describe, expect, test } from 'vitest'
import type { Words } from '../../src/desk/records.ts'
import { requestUntold } from '../../src/desk/requests/untold.ts'
import { addLine, topicOf } from '../../src/desk/writing.ts'
import { type Asker, RequestRoom } from './requestRoom.ts'

const room = new RequestRoom()

/** A resident who is talked with by a consultant. */
async function talking(he: Asker, by: string, said: { text: string; files?: string[] }[] = []): Promise<string> {
  const { sql, clock } = room
  const topic = await topicOf(sql, he.resident, clock.now())
  const id = clock.id()
  await sql(
    'handOff',
    `INSERT INTO hand_off (id, resident_id, topic_id, chat, subject, account_id, state, asked_at, queued_at, resident_at, taken_by, taken_at)
     VALUES ($1, $2, $3, $4, 'account', $5, 'taken', $6, $6, $6, $7, $6)`,
    [id, he.resident, topic, he.chat, he.account, clock.now(), by],
  )
  for (const { text, files = [] } of said)
    await addLine(
      sql,
      {
        ...{ handOffId: id, author: 'resident', chat: he.chat, message: String(text.length) },
        body: {
          ...{ kind: 'words', text: { text, spans: [] } },
          files: files.map((name) => ({ kind: 'photo', ref: `ref-${name}`, name })),
        },
      },
      clock.now(),
    )
  return id
}

describe('«В разговор»', () => {
  test('opens a talk that he has at once, linked with the request, which stays open', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'В разговор')
    const [talk] = await room.sql<{ id: string; state: string; takenBy: string; subject: string }>(
      'talk',
      'SELECT h.id, h.state::text, h.taken_by AS "takenBy", h.subject FROM hand_off h JOIN request r ON r.hand_off_id = h.id WHERE r.id = $1',
      [asked.id],
    )
    expect(talk).toMatchObject({ state: 'taken', takenBy: anna.who.id, subject: 'charges' })
    const lines = await room.sql<{ body: { kind: string; text?: { text: string } } }>(
      'told',
      'SELECT body FROM desk_line WHERE hand_off_id = $1 ORDER BY id',
      [talk?.id],
    )
    expect(lines.map(({ body }) => body.text?.text ?? body.kind)).toEqual([
      'taken',
      `Пишем по вашему обращению № ${asked.number}.`,
    ])
    expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: anna.who.id })
    const { text, labels } = await room.message(asked)
    expect(text).toMatch(/Разговор № \d+/)
    expect(labels).toContain('Решено в разговоре')
    await room.press(anna, asked, 'Решено в разговоре')
    expect(await room.state(asked)).toMatchObject({ state: 'answered' })
  })

  test('joins the talk that is under way, unless it is another’s', async () => {
    const asked = await room.asked()
    const [anna, boris] = [await room.consultant('Анна'), await room.consultant('Борис')]
    const talk = await talking(asked.who, anna.who.id)
    await room.press(boris, asked, 'В разговор')
    expect(room.forum.toast(boris.who.id)).toMatchObject({ alert: true })
    expect(await room.state(asked)).toMatchObject({ state: 'new', assignedTo: null })
    await room.press(anna, asked, 'В разговор')
    const linked = await room.sql('linked', 'SELECT hand_off_id AS talk FROM request WHERE id = $1', [asked.id])
    expect(linked).toEqual([{ talk }])
  })
})

describe('«В обращение»', () => {
  test('makes what the resident has said a request of whoever has the talk; he is told number and day, and the talk ends', async () => {
    const he = await room.asker()
    const anna = await room.consultant('Анна')
    const talk = await talking(he, anna.who.id, [
      { text: 'Сменился собственник' },
      { text: 'Вот выписка', files: ['p.jpg'] },
    ])
    anna.pressToken(`request:${talk}`, { thread: '' })
    await room.forum.idle()
    const [made] = await room.sql<{
      id: string
      number: number
      state: string
      subject: string
      due: string
      by: string
      account: number
    }>(
      'made',
      `SELECT id, number, state::text, subject, due_on::text AS due, assigned_to AS by, account_id AS account FROM request WHERE hand_off_id = $1`,
      [talk],
    )
    // Ten working days after Tuesday, 10 November.
    expect(made).toMatchObject({
      state: 'assigned',
      subject: 'owner',
      due: '2026-11-24',
      by: anna.who.id,
      account: he.account,
    })
    const asked = { id: made?.id ?? '', number: made?.number ?? 0, who: he }
    const own = await room.sql<{ body: { text: string; files: { id: string; name: string }[] } }>(
      'own',
      `SELECT body FROM request_line WHERE request_id = $1 AND author = 'resident' ORDER BY id`,
      [asked.id],
    )
    expect(own.map(({ body }) => [body.text, body.files.map(({ name }) => name)])).toEqual([
      ['Сменился собственник', []],
      ['Вот выписка', ['p.jpg']],
    ])
    const wanted = await room.sql('wanted', `SELECT ref, chat FROM file WHERE state = 'wanted'`, [])
    expect(wanted).toEqual([{ ref: 'ref-p.jpg', chat: he.chat }])
    expect((await room.lines(asked)).map(({ author, body }) => [author, body.text.replaceAll('\u00a0', ' ')])).toEqual([
      ['desk', `Ваш вопрос стал обращением № ${asked.number}. Ответим до 24 ноября.`],
    ])
    expect(await room.notices(asked)).toEqual(['requests'])
    expect(await room.sql('over', 'SELECT state::text, closed_by AS by FROM hand_off WHERE id = $1', [talk])).toEqual([
      { state: 'closed', by: 'consultant' },
    ])
    anna.pressToken(`request:${talk}`, { thread: '' })
    await room.forum.idle()
    expect(await room.sql('all', 'SELECT 1 FROM request', [])).toHaveLength(1)
    await room.sql('fetched', `UPDATE file SET state = 'refused'`, [])
    await room.idle()
    expect((await room.message(asked)).text).toContain('Сменился собственник')
  })

  test('of a talk that came of a request goes on in that one', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'В разговор')
    const [talk] = await room.sql<{ id: string }>('talk.only', 'SELECT id FROM hand_off', [])
    await room.sql('waits', `UPDATE request SET state = 'waiting' WHERE id = $1`, [asked.id])
    const body: Words = { kind: 'words', text: { text: 'За 2025 год', spans: [] }, files: [] }
    await addLine(room.sql, { handOffId: talk?.id ?? '', author: 'resident', body }, room.clock.now())
    anna.pressToken(`request:${talk?.id}`, { thread: await room.thread(asked) })
    await room.idle()
    expect(await room.sql('all', 'SELECT 1 FROM request', [])).toHaveLength(1)
    expect((await room.lines(asked)).at(-1)?.body.text).toContain(`Продолжим в обращении № ${asked.number}`)
    expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: anna.who.id })
  })

  test('promises no day that has passed', async () => {
    const asked = await room.asked({ dueOn: '2026-11-09' })
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'В разговор')
    const [talk] = await room.sql<{ id: string }>('talk.only', 'SELECT id FROM hand_off', [])
    anna.pressToken(`request:${talk?.id}`, { thread: await room.thread(asked) })
    await room.idle()
    expect((await room.lines(asked)).at(-1)?.body.text).toContain('ответим как можно скорее')
  })

  test('of a talk in which nothing was said makes none', async () => {
    const he = await room.asker()
    const anna = await room.consultant('Анна')
    const talk = await talking(he, anna.who.id)
    anna.pressToken(`request:${talk}`, { thread: '' })
    await room.forum.idle()
    expect(room.forum.toast(anna.who.id)).toMatchObject({ alert: true })
    expect(await room.sql('all', 'SELECT 1 FROM request', [])).toEqual([])
  })
})

describe('«Обещать…»', () => {
  test('asks what and when, keeps it, and tells the resident only when he wants it to', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'Обещать…')
    const prompt = await room.found(asked, /^Что и когда обещаете/)
    await room.replies(anna, asked, 'перезвоню когда-нибудь', prompt.id)
    await room.found(asked, /^Не вижу, когда/)
    expect(await room.state(asked)).toMatchObject({ promisedAt: null })
    await room.replies(anna, asked, 'перезвоню завтра в 10', prompt.id)
    expect(await room.state(asked)).toMatchObject({
      promisedAt: new Date('2026-11-11T05:00:00Z'),
      assignedTo: anna.who.id,
    })
    expect((await room.message(asked)).text).toContain('Обещано 11 ноября 2026, 10:00: перезвоню')
    expect(await room.notices(asked)).toEqual(['requests'])
    await room.press(anna, asked, 'Сообщить жителю')
    await room.press(anna, asked, 'Сообщить жителю')
    expect(await room.notices(asked)).toEqual(['requests', 'requests'])
    expect((await room.lines(asked)).at(-1)?.body.text).toContain('перезвоню')
    await room.press(anna, asked, 'Обещание выполнено')
    expect(await room.state(asked)).toMatchObject({ promisedAt: null })
  })

  test('at a time that is offered needs no words, and an answer ends it', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'Обещать…')
    await room.press(anna, asked, 'Завтра в 10:00')
    expect(await room.state(asked)).toMatchObject({ promisedAt: new Date('2026-11-11T05:00:00Z') })
    await room.replies(anna, asked, 'Готово')
    expect(await room.state(asked)).toMatchObject({ state: 'answered', promisedAt: null })
  })
})

describe('the board', () => {
  test('lists what is open, the overdue first, and «/overdue» only these', async () => {
    const anna = await room.consultant('Анна')
    anna.say('обращения')
    await room.idle()
    expect(last()).toBe('Открытых обращений нет.')
    const later = await room.asked({ dueOn: '2026-11-20' })
    const overdue = await room.asked({ dueOn: '2026-11-09' })
    await room.press(anna, overdue, 'Беру')
    anna.say('/requests')
    await room.idle()
    const all = last()
    expect(all).toContain('Открыто обращений: 2')
    expect(all.indexOf(`№ ${overdue.number}`)).toBeLessThan(all.indexOf(`№ ${later.number}`))
    expect(all).toContain(
      `https://forum.example/${room.forum.forums[0]}/${await room.thread(later)}/${(await room.message(later)).id}`,
    )
    anna.say('просроченные')
    await room.idle()
    expect(last()).toContain('Просрочено обращений: 1')
    expect(last()).not.toContain(`№ ${later.number}`)
    anna.say('мои')
    await room.idle()
    expect(last()).toMatch(new RegExp(`^Ваши обращения: 1\n.*№ ${overdue.number}`))
  })

  const last = (): string =>
    (
      room.forum
        .topics()
        .find(({ thread }) => thread === '')
        ?.messages.findLast(({ from }) => from === 'bot')?.text ?? ''
    ).replaceAll('\u00a0', ' ')
})

test('a topic closed by hand is opened again while something in it is open', async () => {
  const asked = await room.asked()
  const anna = await room.consultant('Анна')
  anna.closeTopic(await room.thread(asked))
  await room.idle()
  await room.found(asked, /^Тема открыта снова/)
})

test('a line that reached the resident nowhere is told of under the consultant’s words, once', async () => {
  const asked = await room.asked()
  const said = await room.replies(await room.consultant('Анна'), asked, 'За октябрь')
  const [line] = await room.sql<{ id: string }>(
    'untold',
    `SELECT id::text FROM request_line WHERE author = 'consultant'`,
    [],
  )
  for (let times = 0; times < 2; times++) await requestUntold(room.sql, line?.id ?? '', room.clock.now())
  await room.idle()
  const told = (await room.messages(asked)).filter(({ text }) => text.startsWith('Житель не получил'))
  expect(told.map(({ repliesTo }) => repliesTo)).toEqual([said])
})
