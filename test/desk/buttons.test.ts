import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import { Room, russian } from './room.ts'

const room = new Room()

describe('«Беру»', () => {
  test('puts on shift, says so above the chat, and the look at the card is kept', async () => {
    const one = await room.consultant('Анна', { onShift: false })
    expect(await one.presses(`take:${room.he.id}`)).toEqual({ toast: expect.stringContaining('Вы на смене') })
    expect(await room.staff.sql('views', 'SELECT by, why FROM card_view WHERE hand_off_id = $1', [room.he.id])).toEqual(
      [{ by: one.id, why: 'taken' }],
    )
  })

  test('pressed by two at once is for one of them; the other reads whose it is', async () => {
    const both = [await room.consultant('Анна'), await room.consultant('Борис')]
    const answers = await Promise.all(both.map((one) => one.presses(`take:${room.he.id}`)))
    const { takenBy } = await room.handOff()
    const loser = answers.findIndex(({ alert }) => alert)
    expect(answers.filter(({ alert }) => alert)).toHaveLength(1)
    expect(answers[loser]?.toast).toContain(both.find(({ id }) => id === takenBy)?.name)
    expect(await room.staff.takes(room.he.id)).toHaveLength(1)
  })

  test('beyond the limit says the limit', async () => {
    const one = await room.holder('Анна', { mostChats: 1 })
    await room.another()
    expect(await one.presses(`take:${room.he.id}`)).toMatchObject({
      alert: true,
      toast: expect.stringContaining('1 чат'),
    })
  })

  test.each(['take:nonsense', 'evil:1', 'take:', 'toString:1', 'send:x', "take:' OR 1=1", ''])(
    'of a token that was never ours («%s») nothing comes',
    async (token) => {
      expect(await (await room.consultant('Анна')).presses(token)).toEqual({})
    },
  )
})

describe('«Передать»', () => {
  test('offers those on shift with what they have, and mentions whom it is offered to', async () => {
    const [one, other] = [await room.holder('Анна'), await room.consultant('Борис')]
    await room.consultant('Дома', { onShift: false })
    await one.presses(`pass:${room.he.id}`)
    expect((await room.lastSaid()).buttons).toEqual([
      [{ label: 'Борис: 0 из 8', token: `pass:${room.he.id}:${other.id}` }],
    ])
    expect(await one.presses(`pass:${room.he.id}:${other.id}`)).toMatchObject({
      toast: expect.stringContaining('Борис'),
    })
    expect(await room.lastSaid()).toMatchObject({ key: 'desk.handle.offered', mentions: [other.id] })
    await one.says('Ещё я')
    expect(await room.toHim()).toHaveLength(1)
    expect(await other.presses(`take:${room.he.id}`)).not.toHaveProperty('alert')
    expect(await room.handOff()).toMatchObject({ takenBy: other.id })
  })

  test('is in pages', async () => {
    const one = await room.holder('Анна')
    for (let nth = 1; nth <= 9; nth++) await room.consultant(`Б${nth}`)
    await one.presses(`pass:${room.he.id}`)
    const rows = (await room.lastSaid()).buttons ?? []
    expect(rows).toHaveLength(9)
    const next = rows.at(-1)?.[0]
    expect(next?.label).toBe('Дальше ›')
    await one.presses(next?.token ?? '')
    expect((await room.lastSaid()).buttons?.map((row) => row[0]?.label)).toEqual(['Б9: 0 из 8', '‹ Назад'])
    expect(rows.flat().every(({ token }) => Buffer.byteLength(token) <= 64)).toBe(true)
  })

  test('says when nobody else is there, and is not for another’s chat', async () => {
    const one = await room.holder('Анна')
    expect(await one.presses(`pass:${room.he.id}`)).toMatchObject({
      alert: true,
      toast: russian('desk.handle.nobodyElse'),
    })
    expect(await (await room.consultant('Борис')).presses(`pass:${room.he.id}`)).toMatchObject({
      toast: expect.stringContaining('Анна'),
    })
  })
})

describe('«Отложить до…»', () => {
  test('offers times and takes one that is typed', async () => {
    const one = await room.holder('Анна')
    await one.presses(`hold:${room.he.id}`)
    expect((await room.lastSaid()).buttons?.flat()).toEqual([
      { label: '15 минут', token: `hold:${room.he.id}:15` },
      { label: '1 час', token: `hold:${room.he.id}:60` },
      { label: 'До открытия (11.11, 8:00)', token: `hold:${room.he.id}:morning` },
    ])
    await one.presses(`hold:${room.he.id}:morning`)
    expect(await room.handOff()).toMatchObject({ state: 'on_hold', holdUntil: new Date('2026-11-11T03:00:00Z') })
    await one.says('/hold 17:30')
    expect(await room.handOff()).toMatchObject({ holdUntil: new Date('2026-11-10T12:30:00Z') })
    await one.says('/hold потом')
    expect((await room.lastSaid()).key).toBe('desk.handle.badTime')
  })
})

describe('«Отправить в шаг…»', () => {
  test('offers dialogs and opens one', async () => {
    const one = await room.holder('Анна')
    await one.presses(`lead:${room.he.id}`)
    const offered = (await room.lastSaid()).buttons?.flat() ?? []
    expect(offered.map(({ label }) => label)).toContain('Передать показания')
    await one.presses(`lead:${room.he.id}:readings`)
    expect((await room.staff.lines(room.he.id)).at(-1)?.body).toEqual({ kind: 'led', dialog: 'readings' })
    expect(await one.presses(`lead:${room.he.id}:deletion`)).toEqual({})
    expect((await room.staff.lines(room.he.id)).filter(({ body }) => body.kind === 'led')).toHaveLength(1)
  })
})

test.each(['pass', 'queue', 'hold', 'close', 'lead'])(
  '«%s» is refused to whoever does not have the chat, and done for a supervisor',
  async (act) => {
    const second = await room.consultant('Борис')
    expect(await second.presses(`${act}:${room.he.id}`)).toMatchObject({
      alert: true,
      toast: expect.stringContaining('Беру'),
    })
    await room.holder('Анна')
    expect(await second.presses(`${act}:${room.he.id}`)).toMatchObject({
      alert: true,
      toast: expect.stringContaining('Анна'),
    })
    const chief = await room.supervisor()
    expect(await chief.presses(`${act}:${room.he.id}`)).not.toHaveProperty('alert')
  },
)

test.each(languages)('whatever is said above the chat has room there in %s', (language) => {
  const { handle } = JSON.parse(readFileSync(new URL(`../../locales/${language}/desk.json`, import.meta.url), 'utf8'))
  const single = ['nobodyElse', 'alreadySent', 'notYourWords', 'stranger', 'anonymous'].map((name) => handle[name])
  const all: string[] = [...Object.values<string>(handle.refused), ...Object.values<string>(handle.done), ...single]
  expect(all.filter((said) => said.replace(/\{\{[^}]+\}\}/g, 'x'.repeat(64)).length > 200)).toEqual([])
})
