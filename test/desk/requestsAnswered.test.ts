import { describe, expect, test, vi } from 'vitest'
import { AppError } from '../../src/infra/errors.ts'
import { upkeep } from '../../src/jobs/upkeep.ts'
import { RequestRoom } from './requestRoom.ts'

const room = new RequestRoom()
const pdf = (name: string, size = 5) => ({ kind: 'document' as const, name, bytes: new Uint8Array(size).fill(1) })

describe('«Беру»', () => {
  test('pressed by two at once gives it to one of them; the other is told who has it', async () => {
    const asked = await room.asked()
    const [anna, boris] = [await room.consultant('Анна'), await room.consultant('Борис')]
    const thread = await room.thread(asked)
    anna.press('Беру', { thread })
    boris.pressToken(`rqtake:${asked.id}`, { thread })
    await room.idle()
    expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: anna.who.id })
    expect(room.forum.toast(boris.who.id)).toEqual({ toast: `№ ${asked.number} ведёт Анна.`, alert: true })
    expect(await room.notices(asked)).toEqual(['requests'])
  })

  test('and «Вернуть» give it to the next one, of which the resident is told once', async () => {
    const asked = await room.asked()
    const [anna, boris] = [await room.consultant('Анна'), await room.consultant('Борис')]
    await room.press(anna, asked, 'Беру')
    await room.press(anna, asked, 'Вернуть')
    expect(await room.state(asked)).toMatchObject({ state: 'new', assignedTo: null })
    await room.press(boris, asked, 'Беру')
    expect(await room.state(asked)).toMatchObject({ assignedTo: boris.who.id })
    expect(await room.notices(asked)).toEqual(['requests'])
  })
})

describe('a reply to the message of a question', () => {
  test('that nobody has is the answer: it is taken and sent at once, and he is told so', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    const said = await room.replies(anna, asked, 'За октябрь')
    expect(await room.state(asked)).toMatchObject({ state: 'answered', assignedTo: anna.who.id })
    expect(await room.lines(asked)).toEqual([
      { author: 'consultant', state: 'answered', body: { text: 'За октябрь', files: [] } },
    ])
    expect(await room.notices(asked)).toEqual(['requests'])
    const told = await room.found(asked, /^Отправлено жителю\. Обращение № \d+: ответ дан\.$/)
    expect(told.repliesTo).toBe(said)
    expect((await room.message(asked)).labels).toEqual(['Закрыть обращение'])
  })

  test('that another has goes nowhere: it is kept as a note, and he is told who has it', async () => {
    const asked = await room.asked()
    await room.press(await room.consultant('Анна'), asked, 'Беру')
    await room.replies(await room.consultant('Борис'), asked, 'За октябрь')
    expect(await room.state(asked)).toMatchObject({ state: 'assigned' })
    expect((await room.lines(asked)).at(-1)).toMatchObject({ author: 'note', body: { text: 'За октябрь' } })
    await room.found(asked, /^Не отправлено: это ведёт Анна/)
    expect(await room.notices(asked)).toEqual(['requests'])
  })

  test('lets a supervisor take it first', async () => {
    const asked = await room.asked()
    await room.press(await room.consultant('Анна'), asked, 'Беру')
    const chief = await room.consultant('Главная', 'supervisor')
    await room.replies(chief, asked, 'За октябрь')
    await room.press(chief, asked, 'Забрать себе')
    expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: chief.who.id })
    await room.replies(chief, asked, 'За октябрь')
    expect(await room.state(asked)).toMatchObject({ state: 'answered' })
  })

  test('sent twice is sent once: the second waits until he says that it is to follow', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    await room.replies(anna, asked, 'За октябрь')
    await room.replies(anna, asked, 'За октябрь')
    expect(await room.notices(asked)).toHaveLength(1)
    await room.found(asked, /Пока не отправлено: № \d+ уже в состоянии «Ответ дан»/)
    await room.press(anna, asked, 'Отправить вдогонку')
    expect(await room.notices(asked)).toHaveLength(2)
    expect((await room.lines(asked)).map(({ state }) => state)).toEqual(['answered', null])
    await room.press(anna, asked, 'Отправить вдогонку')
    expect(room.forum.toast(anna.who.id)).toMatchObject({ alert: true })
    expect(await room.notices(asked)).toHaveLength(2)
  })

  test('of words behind «//» is a note', async () => {
    const asked = await room.asked()
    await room.replies(await room.consultant('Анна'), asked, '// проверить в биллинге')
    expect(await room.lines(asked)).toMatchObject([{ author: 'note', body: { text: 'проверить в биллинге' } }])
    expect(await room.state(asked)).toMatchObject({ state: 'new' })
    expect((await room.message(asked)).text).toContain('Заметка')
  })

  test('that is faster than the message was noted waits for it', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    const [message, thread] = [(await room.message(asked)).id, await room.thread(asked)]
    const shown = await room.sql<{ id: string }>(
      'unnoted',
      `UPDATE desk_post SET state = 'pending', messages = '{}' WHERE $1 = ANY (messages) RETURNING id::text`,
      [message],
    )
    anna.say('За октябрь', { thread, repliesTo: message })
    await room.sql('noted', `UPDATE desk_post SET state = 'sent', messages = ARRAY[$1] WHERE id = ANY ($2::bigint[])`, [
      message,
      shown.map(({ id }) => id),
    ])
    await room.idle()
    expect(await room.state(asked)).toMatchObject({ state: 'answered' })
  })

  test('by a stranger does nothing', async () => {
    const asked = await room.asked()
    await room.replies(room.forum.staff('1', 'Чужой'), asked, 'За октябрь')
    expect(await room.state(asked)).toMatchObject({ state: 'new' })
    expect(await room.lines(asked)).toEqual([])
  })
})

test('words that answer nothing do not go to the resident, and he is told how to answer', async () => {
  const asked = await room.asked()
  const anna = await room.consultant('Анна')
  anna.say('За октябрь', { thread: await room.thread(asked) })
  await room.idle()
  await room.found(asked, /^Не отправлено: разговора с жителем сейчас нет/)
  expect(await room.state(asked)).toMatchObject({ state: 'new' })
})

describe('a button that wants words', () => {
  test.each([
    ['question', 'Уточнить', 'waiting', 'requests'],
    ['question', 'Ответить', 'answered', 'requests'],
    ['question', 'Не наше', 'redirected', 'requests'],
    ['papers', 'Нужно дослать…', 'waiting', 'papers'],
    ['account', 'Отклонить…', 'rejected', 'papers'],
    ['order', 'Готово', 'done', 'orders'],
  ])('of a request «%s», «%s», asks for them, and a reply brings it to %s', async (kind, label, state, dialog) => {
    const asked = await room.asked({ kind })
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, label)
    expect(await room.state(asked)).toMatchObject({ state: 'assigned', assignedTo: anna.who.id })
    const prompt = await room.found(asked, /ответ(ом|ьте) на это сообщение/i)
    await room.replies(anna, asked, 'Слова', prompt.id)
    expect(await room.state(asked)).toMatchObject({ state })
    expect((await room.lines(asked)).at(-1)).toMatchObject({ state, body: { text: 'Слова' } })
    expect(await room.notices(asked)).toEqual([dialog, dialog])
  })

  test('whose prompt is old is answered by what has become of it, and nothing is sent', async () => {
    const asked = await room.asked({ kind: 'papers' })
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'Отклонить…')
    const prompt = await room.found(asked, /отклонено и что/)
    await room.sql('done', `UPDATE request SET state = 'closed' WHERE id = $1`, [asked.id])
    await room.replies(anna, asked, 'Не тот паспорт', prompt.id)
    expect(await room.state(asked)).toMatchObject({ state: 'closed' })
    await room.found(asked, /^Не отправлено: № \d+ сейчас: Закрыто/)
    expect((await room.lines(asked)).at(-1)).toMatchObject({ author: 'note', body: { text: 'Не тот паспорт' } })
  })
})

test('«Принять» and «Готово без файла» need no words', async () => {
  const asked = await room.asked({ kind: 'papers' })
  const anna = await room.consultant('Анна')
  await room.press(anna, asked, 'Принять')
  expect(await room.state(asked)).toMatchObject({ state: 'accepted', assignedTo: anna.who.id })
  await room.press(anna, asked, 'Готово')
  await room.press(anna, asked, 'Готово без файла')
  expect(await room.state(asked)).toMatchObject({ state: 'done' })
  expect(await room.notices(asked)).toEqual(['papers', 'papers'])
})

test('a reply to papers is asked about: what it is cannot be guessed', async () => {
  const asked = await room.asked({ kind: 'papers' })
  const anna = await room.consultant('Анна')
  await room.replies(anna, asked, 'Не видно печати')
  await room.found(asked, /^Пока не отправлено\. Что это для № \d+/)
  expect(await room.notices(asked)).toEqual([])
  await room.press(anna, asked, 'Нужно дослать, уточнить')
  expect(await room.state(asked)).toMatchObject({ state: 'waiting' })
  expect((await room.lines(asked)).at(-1)).toMatchObject({ state: 'waiting', body: { text: 'Не видно печати' } })
})

test.each([
  ['ru', /управляющая компания/],
  ['en', /managing company/],
] as const)('«Не наше» tells a resident who reads %s whom to call', async (language, said) => {
  const asked = await room.asked({ who: await room.asker(language) })
  const anna = await room.consultant('Анна')
  await room.press(anna, asked, 'Не наше')
  await room.press(anna, asked, 'Управляющая компания')
  expect(await room.state(asked)).toMatchObject({ state: 'redirected' })
  expect((await room.lines(asked)).at(-1)?.body.text).toMatch(said)
})

describe('files in a reply', () => {
  test('are an answer with all pieces of an album, told once', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    const where = { thread: await room.thread(asked), repliesTo: (await room.message(asked)).id }
    anna.send([pdf('a.pdf'), pdf('b.pdf'), pdf('c.pdf')], { ...where, caption: 'Расчёт' })
    await room.idle()
    const [line] = await room.lines(asked)
    expect(line).toMatchObject({ state: 'answered', body: { text: 'Расчёт' } })
    expect(line?.body.files.map(({ name, size }) => [name, size])).toEqual([
      ['a.pdf', 5],
      ['b.pdf', 5],
      ['c.pdf', 5],
    ])
    expect(await room.notices(asked)).toHaveLength(1)
    await room.found(asked, /Отправлено жителю[\s\S]*Файлов: 3/)
    const later = { ...room.clock, now: () => new Date(room.clock.now().getTime() + 31 * 86_400_000) }
    await upkeep(room.database, later)()
    const kept = await room.sql(
      'kept',
      `SELECT 1 FROM file WHERE state = 'stored' AND id = ANY ($1::uuid[]) AND request_id = $2 AND resident_id = $3`,
      [line?.body.files.map(({ id }) => id), asked.id, asked.who.resident],
    )
    expect(kept).toHaveLength(3)
  })

  test.each([
    ['larger than the forum hands out', pdf('big.pdf', 21 * 1024 * 1024), /файл «big\.pdf» больше 20 МБ/],
    ['without a byte', pdf('none.pdf', 0), /файл «none\.pdf» пустой/],
  ])('%s keep all of it back, and he is told why', async (_, file, why) => {
    const asked = await room.asked({ kind: 'order' })
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'Готово')
    const prompt = await room.found(asked, /готовым файлом/)
    anna.send([file], { thread: await room.thread(asked), repliesTo: prompt.id, caption: 'Справка' })
    await room.idle()
    expect(await room.state(asked)).toMatchObject({ state: 'assigned' })
    await room.found(asked, why)
    expect(await room.notices(asked)).toEqual(['orders'])
    anna.send([pdf('small.pdf')], { thread: await room.thread(asked), repliesTo: prompt.id })
    await room.idle()
    expect(await room.state(asked)).toMatchObject({ state: 'done' })
  })

  test('wait for a forum that is down', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    room.forum.fail('fetchFile', 'PLATFORM_DOWN')
    anna.send([pdf('a.pdf')], { thread: await room.thread(asked), repliesTo: (await room.message(asked)).id })
    await room.idle()
    expect(await room.state(asked)).toMatchObject({ state: 'answered' })
    expect(await room.notices(asked)).toHaveLength(1)
  })

  test('that was tried once more leaves none that nobody uses', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    const [{ count: before } = { count: 0 }] = await room.sql<{ count: number }>(
      'files.count',
      'SELECT count(*)::int AS count FROM file',
      [],
    )
    const fetchFile = room.forum.fetchFile.bind(room.forum)
    let nth = 0
    const broken = vi.spyOn(room.forum, 'fetchFile').mockImplementation(async (ref) => {
      nth += 1
      if (nth === 2) throw new AppError('PLATFORM_DOWN', { retry: 10 })
      return fetchFile(ref)
    })
    anna.send([pdf('a.pdf'), pdf('b.pdf')], {
      ...{ thread: await room.thread(asked), repliesTo: (await room.message(asked)).id },
    })
    await room.idle()
    broken.mockRestore()
    expect(await room.state(asked)).toMatchObject({ state: 'answered' })
    expect(nth).toBe(4)
    expect(await room.sql('files.count', 'SELECT count(*)::int AS count FROM file', [])).toEqual([
      { count: before + 2 },
    ])
  })
})

describe('the words of a reply', () => {
  test('that were sent are not corrected by an edit, which is said', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    const said = await room.replies(anna, asked, 'За октябрь')
    anna.edit(said, 'За ноябрь')
    await room.idle()
    await room.found(asked, /^Не исправлено/)
    expect((await room.lines(asked)).map(({ body }) => body.text)).toEqual(['За октябрь'])
  })

  test('may be a canned reply with what the request is filled in', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    await room.sql(
      'canned',
      `INSERT INTO canned_reply (name, text, changed_at) VALUES ('срок', $1, $2) ON CONFLICT DO NOTHING`,
      ['Здравствуйте, {{name}}! № {{number}} до {{due}}.', room.clock.now()],
    )
    await room.replies(anna, asked, '/q срок Ждите')
    expect((await room.lines(asked)).at(-1)?.body.text.replaceAll('\u00a0', ' ')).toBe(
      `Здравствуйте, Пётр! № ${asked.number} до 24 ноября.\n\nЖдите`,
    )
    expect(await room.state(asked)).toMatchObject({ state: 'answered' })
  })
})

test('of a resident who has deleted his data nothing is done any more', async () => {
  const asked = await room.asked()
  const anna = await room.consultant('Анна')
  const thread = await room.thread(asked)
  await room.sql('forget', 'UPDATE request SET resident_id = NULL WHERE id = $1', [asked.id])
  anna.pressToken(`rqtake:${asked.id}`, { thread })
  await room.idle()
  expect(room.forum.toast(anna.who.id)).toMatchObject({ alert: true })
  expect(await room.state(asked)).toMatchObject({ state: 'new' })
})
