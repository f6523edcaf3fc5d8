import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatId, Due, Input } from '../../src/engine/event.ts'
import { readState, type State } from '../../src/engine/state.ts'
import { type BareEngine, bareEngine, settleIn, shown } from '../durability/bareEngine.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { heard, talkDialogs } from './talkDialogs.ts'

let fresh: FreshDatabase
let bare: BareEngine
beforeAll(async () => {
  fresh = await freshDatabase()
  bare = bareEngine(fresh.database, { dialogs: talkDialogs })
})
beforeEach(() => {
  heard.length = 0
})
afterAll(async () => {
  await bare.close()
  await fresh.drop()
})

let people = 0

/** A chat of somebody who has consented, or of somebody never met. */
async function chatOf(who: 'resident' | 'stranger' = 'resident'): Promise<ChatId> {
  const chat: ChatId = `telegram:${++people}`
  if (who === 'resident') await settleIn(fresh.database, chat, [])
  return chat
}

/** Hands over an event; answers the texts of what it shows. */
async function act(chat: ChatId, input: Input): Promise<string[]> {
  const before = (await shown(fresh.database, chat)).length
  await bare.engine.handle([bare.event(chat, input)])
  return (await shown(fresh.database, chat)).slice(before).map(({ text }) => text.text)
}

const say = (chat: ChatId, said: string) => act(chat, { kind: 'text', text: said, message: '1' })
const start = (chat: ChatId) => act(chat, { kind: 'start' })
const due = (chat: ChatId, what: Due) => act(chat, { kind: 'due', timer: 'none', what })
const hears = (chat: ChatId, line: string) => due(chat, { kind: 'summons', dialog: 'consultant', about: { line } })
const learns = (chat: ChatId, about: string) => due(chat, { kind: 'news', dialog: 'bulletin', about })
const last = async (chat: ChatId) => {
  const screen = (await shown(fresh.database, chat)).at(-1)
  if (!screen) throw new Error('nothing was shown')
  return screen
}

async function press(chat: ChatId, label: string): Promise<string[]> {
  const buttons = (await shown(fresh.database, chat)).flatMap((one) => one.buttons.flat())
  const token = buttons.findLast((button) => button.label === label)?.token ?? 'none'
  return act(chat, { kind: 'choice', token, message: '1' })
}

async function stateOf(chat: ChatId): Promise<State> {
  const row = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
  const state = readState(row.state)
  if (!state) throw new Error('a state')
  return state
}

/** Somebody in a talk with a person. */
async function talking(): Promise<ChatId> {
  const chat = await chatOf()
  await start(chat)
  await hears(chat, 'taken')
  heard.length = 0
  return chat
}

const message = '7'
const photo = { kind: 'photo', ref: 'r', name: 'photo.jpg' } as const
const admin: Input = { kind: 'fromAdmin', admin: '5', text: 'Добрый день', files: [], message }

describe('while a person holds the chat', () => {
  test.each<Input>([
    { kind: 'text', text: 'меню', message },
    { kind: 'text', text: '/help', message },
    { kind: 'text', text: 'оператор', message },
    { kind: 'text', text: 'пахнет газом', message },
    { kind: 'text', text: 'Закончить', message },
    { kind: 'text', text: '1', message, repliesTo: '3' },
    { kind: 'edited', text: 'исправил', message },
    { kind: 'files', files: [photo], caption: 'вот', message, album: 'a' },
    { kind: 'contact', message },
    { kind: 'location', message, latitude: 56.8, longitude: 60.6 },
    { kind: 'unsupported', message },
    { kind: 'start' },
    { kind: 'start', payload: 'form' },
    { kind: 'blocked' },
    { kind: 'unblocked' },
    admin,
  ])('all that comes is for the place, as it came: %j', async (input) => {
    const chat = await talking()
    expect(await act(chat, input)).toEqual([])
    expect(heard).toEqual([{ kind: 'passed', input }])
    expect((await stateOf(chat)).at).toMatchObject({ dialog: 'consultant', place: { at: 'talking' } })
  })

  test('a press on its own screen is an answer, however much was said since', async () => {
    const chat = await talking()
    await say(chat, 'раз')
    await hears(chat, 'says:два')
    await say(chat, 'три')
    expect(await press(chat, 'Закончить')).toEqual(['Оцените разговор'])
  })

  test('a press on a screen of before shows the present one', async () => {
    const chat = await talking()
    const [screen] = await press(chat, 'Передать показания')
    expect(screen).toMatch(/Вы говорите с консультантом/)
    expect(heard).toEqual([])
  })

  test('in plain mode a label that was told in words can be typed, a number is for the person', async () => {
    const chat = await talking()
    await fresh.database.pool.query(`UPDATE conversation SET state = state || '{"plain": true}' WHERE chat = $1`, [
      chat,
    ])
    expect(await say(chat, '1')).toEqual([])
    expect(heard).toHaveLength(1)
    expect((await press(chat, 'zzz')).join()).toContain('Закончить')
    expect((await say(chat, 'закончить')).join()).toMatch(/Оцените разговор/)
  })

  test('a file that was fetched is told to the place, and a reminder of before reminds of nothing', async () => {
    const chat = await talking()
    const file: Due = { kind: 'file', file: 'f', state: 'stored' }
    expect(await due(chat, file)).toEqual([])
    expect(heard).toEqual([{ kind: 'due', what: file }])
    expect(await due(chat, { kind: 'idle', stamp: 2 })).toEqual([])
    expect(heard).toHaveLength(1)
  })

  test('a fault of ours says so and leaves him in the talk', async () => {
    const chat = await talking()
    expect((await say(chat, 'сломайся')).join()).toMatch(/пошло не так/)
    expect(await hears(chat, 'fails')).toEqual([])
    expect(await say(chat, 'ещё раз')).toEqual([])
    expect((await stateOf(chat)).at).toMatchObject({ place: { at: 'talking' } })
  })

  test('what is said is shown as it is, each by itself, and what it answers or corrects goes with it', async () => {
    const chat = await talking()
    expect(await hears(chat, 'says:раз|два|три')).toEqual(['раз', 'два', 'три'])
    const row = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
    await hears(chat, `edits:${row.revision}`)
    expect(await last(chat)).toEqual({
      kind: 'show',
      text: { text: 'исправлено', spans: [] },
      buttons: [],
      files: [],
      corrects: row.revision,
    })
    await hears(chat, 'answers:7')
    expect(await last(chat)).toMatchObject({ repliesTo: '7', buttons: [] })
  })

  test('an old client is shown an edit as something new, and keeps its keyboard', async () => {
    const chat = await talking()
    await bare.engine.handle([
      { ...bare.event(chat, { kind: 'contact', message }), chatFacts: { textButtonsOnly: true } },
    ])
    await hears(chat, 'edits:3')
    expect(await last(chat)).toEqual({ kind: 'show', text: { text: 'исправлено', spans: [] }, buttons: [], files: [] })
  })

  test('that somebody writes is no turn', async () => {
    const chat = await talking()
    const { revision } = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
    await act(chat, { kind: 'typing' })
    const after = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
    expect([after.revision, heard]).toEqual([revision, []])
  })
})

describe('news that fall due in a talk', () => {
  test('wait until it is left, and are told once each on the first screen', async () => {
    const chat = await talking()
    expect(await learns(chat, 'А')).toEqual([])
    expect(await learns(chat, 'Б')).toEqual([])
    expect(await learns(chat, 'А')).toEqual([])
    expect(await learns(chat, 'old')).toEqual([])
    await say(chat, 'алло')
    expect(await hears(chat, 'says:слушаю')).toEqual(['слушаю'])
    const [rating] = await press(chat, 'Закончить')
    expect(rating).toMatch(/^Новость Б\n\nНовость А\n\nОцените разговор$/)
    expect((await last(chat)).buttons.flat().map(({ label }) => label)).toContain('Помощь')
    expect(await press(chat, '5')).toEqual(['Спасибо за оценку\n\nМеню'])
  })

  test('are bounded', async () => {
    const chat = await talking()
    for (let news = 1; news <= 25; news++) await learns(chat, String(news))
    expect((await stateOf(chat)).postponed?.map(({ about }) => about)).toEqual(
      Array.from({ length: 20 }, (_, at) => String(at + 6)),
    )
  })
})

describe('a summons', () => {
  test('takes over where something is half done, which is offered again at the end and gone back to', async () => {
    const chat = await chatOf()
    await start(chat)
    await press(chat, 'Передать показания')
    await say(chat, 'раз')
    expect(await hears(chat, 'taken')).toEqual(['Вы говорите с консультантом'])
    await press(chat, 'Закончить')
    const [offered] = await press(chat, '5')
    expect(offered).toMatch(/^Спасибо за оценку\n\n.*не законч/s)
    expect((await press(chat, 'Продолжить')).join()).toMatch(/Второй вопрос$/)
    expect(await press(chat, 'Готово')).toEqual(['Форма готова\n\nМеню'])
  })

  test('leaves no button of the place before it that could be taken for an answer', async () => {
    const chat = await chatOf()
    await start(chat)
    await press(chat, 'Передать показания')
    await say(chat, 'раз')
    expect(await hears(chat, 'says:Здравствуйте')).toEqual(['Здравствуйте'])
    heard.length = 0
    expect((await press(chat, 'Готово')).join()).toMatch(/Вы говорите с консультантом$/)
    expect(heard).toEqual([])
  })

  test('is told to the place where the talk is on', async () => {
    const chat = await talking()
    await hears(chat, 'says:раз')
    expect(heard).toEqual([
      { kind: 'due', what: { kind: 'summons', dialog: 'consultant', about: { line: 'says:раз' } } },
    ])
  })

  test('that the place does not understand opens the dialog anew', async () => {
    const chat = await talking()
    await hears(chat, 'nothing')
    expect(heard.at(-1)).toMatchObject({ opening: { line: 'nothing' } })
  })

  test('finds its way where the saved place is lost', async () => {
    const chat = await talking()
    await fresh.database.pool.query(
      `UPDATE conversation SET state = jsonb_set(state, '{at,place}', '{"at": "nowhere"}') WHERE chat = $1`,
      [chat],
    )
    expect(await hears(chat, 'says:раз')).toEqual(['раз'])
    await fresh.database.pool.query(`UPDATE conversation SET state = '{}' WHERE chat = $1`, [chat])
    expect(await hears(chat, 'says:два')).toEqual([expect.stringMatching(/не сохранился/), 'два'])
  })

  test('is still said to somebody who has stopped us: the platform refuses it and the desk learns that', async () => {
    const chat = await talking()
    await act(chat, { kind: 'blocked' })
    expect(await hears(chat, 'says:раз')).toEqual(['раз'])
    const { blockedAt } = await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })
    expect(blockedAt).not.toBeNull()
  })

  test('does nothing where there is nobody to summon', async () => {
    const chat = await chatOf('stranger')
    expect(await hears(chat, 'says:раз')).toEqual([])
    await start(chat)
    expect(await hears(chat, 'says:раз')).toEqual([])
    expect(heard).toEqual([])
  })
})

describe('an answer past us, from the messenger’s own inbox', () => {
  test('opens the talk and shows nothing', async () => {
    const chat = await chatOf()
    await start(chat)
    expect(await act(chat, admin)).toEqual([])
    expect(heard).toMatchObject([{ opening: { admin } }])
    expect((await stateOf(chat)).at).toMatchObject({ dialog: 'consultant', place: { at: 'talking' } })
  })

  test('means nothing in the chat of somebody who has not consented', async () => {
    const chat = await chatOf('stranger')
    await start(chat)
    expect(await act(chat, admin)).toEqual([])
    expect(heard).toEqual([])
  })
})

describe('a place in the queue', () => {
  const waiting = async () => {
    const chat = await chatOf()
    await start(chat)
    await say(chat, 'оператор')
    return { chat, first: await last(chat) }
  }
  const revisionOf = async (chat: ChatId) =>
    (await fresh.database.prisma.conversation.findUniqueOrThrow({ where: { chat } })).revision

  test('is shown in place of the one shown before, and its buttons stay good', async () => {
    const { chat, first } = await waiting()
    const asked = await revisionOf(chat)
    expect(await hears(chat, 'place:2')).toEqual(['Вы 2-й'])
    expect(await last(chat)).toMatchObject({ revises: asked, buttons: first.buttons })
    expect(await hears(chat, 'place:1')).toEqual(['Вы 1-й'])
    expect(await last(chat)).toMatchObject({ revises: asked + 1, buttons: first.buttons })
    const token = first.buttons[0]?.[0]?.token ?? ''
    expect(await act(chat, { kind: 'choice', token, message: '1' })).toEqual(['Ответим позже\n\nМеню'])
  })

  test('is shown below where another dialog or news stand', async () => {
    const { chat } = await waiting()
    await say(chat, 'меню')
    await hears(chat, 'place:2')
    expect(await last(chat)).not.toHaveProperty('revises')
  })
})

describe('opened from something half done', () => {
  test('a talk gives it back when it is over', async () => {
    const chat = await chatOf()
    await start(chat)
    await press(chat, 'Передать показания')
    await say(chat, 'раз')
    await say(chat, 'оператор')
    const [offered] = await press(chat, 'Не жду')
    expect(offered).toMatch(/^Ответим позже\n\n.*не законч/s)
  })

  test('a talk offers nothing when that was gone back to and finished meanwhile', async () => {
    const chat = await chatOf()
    await start(chat)
    await press(chat, 'Передать показания')
    await say(chat, 'раз')
    await say(chat, 'оператор')
    await fresh.database.pool.query(`UPDATE conversation SET state = state - 'parked' WHERE chat = $1`, [chat])
    expect(await press(chat, 'Не жду')).toEqual(['Ответим позже\n\nМеню'])
  })
})

describe('the last steps', () => {
  test('are told to a dialog: where, what was done, and where it failed, never the words', async () => {
    const chat = await chatOf()
    await start(chat)
    await press(chat, 'Передать показания')
    await say(chat, 'секрет')
    await say(chat, '13')
    await say(chat, 'что?')
    await act(chat, { kind: 'files', files: [photo], message })
    await say(chat, 'оператор')
    const [{ steps }] = heard as [{ steps: unknown[] }]
    expect(steps).toEqual([
      { dialog: 'menu', at: 'menu', did: 'opened' },
      { dialog: 'menu', at: 'menu', did: 'pressed' },
      { dialog: 'form', at: 'first', did: 'opened' },
      { dialog: 'form', at: 'first', did: 'typed' },
      { dialog: 'form', at: 'second', did: 'failed' },
      { dialog: 'form', at: 'second', did: 'failed' },
      { dialog: 'form', at: 'second', did: 'failed' },
      { dialog: 'form', at: 'second', did: 'typed' },
    ])
    expect(JSON.stringify(await stateOf(chat))).toContain('секрет')
    expect(JSON.stringify((await stateOf(chat)).steps)).not.toContain('секрет')
  })

  test('are at most eight, and a talk adds none', async () => {
    const chat = await talking()
    for (let said = 0; said < 12; said++) await say(chat, 'ну')
    expect((await stateOf(chat)).steps).toEqual(['menu menu opened'])
    await press(chat, 'Закончить')
    for (let said = 0; said < 12; said++) await say(chat, 'что?')
    expect((await stateOf(chat)).steps).toHaveLength(8)
  })
})

describe('three answers in a row that were not understood', () => {
  test('have a person offered by a button, once, which leads to him', async () => {
    const chat = await chatOf()
    await start(chat)
    await press(chat, 'Помощь')
    const offers = async () => (await last(chat)).buttons.flat().filter(({ label }) => label === 'Консультант').length
    const counts = []
    for (let said = 0; said < 4; said++) {
      expect((await say(chat, 'абракадабра')).join()).toMatch(/Не получилось понять/)
      counts.push(await offers())
    }
    expect(counts).toEqual([0, 0, 1, 1])
    expect(await press(chat, 'Консультант')).toEqual(['Вы 3-й'])
  })

  test('offer nobody to whom consent would have to be asked for first', async () => {
    const chat = await chatOf('stranger')
    await start(chat)
    for (let said = 0; said < 3; said++) await say(chat, 'абракадабра')
    expect((await last(chat)).buttons.flat().map(({ label }) => label)).not.toContain('Консультант')
  })
})
