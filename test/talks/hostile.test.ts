import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Messenger } from '../../src/engine/event.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { flats, labels, messengers, newcomer, readingsOf, settle, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const hostile: [name: string, typed: string][] = [
  ['emoji only', '🏠💧🔥👨‍👩‍👧‍👦🇷🇺'],
  ['right to left', '\u202e\u200fשלום 324 311\u202c'],
  ['zero-width characters', '\u200b\u200d\u2060\ufeff'],
  ['markup', '<b>жирно</b><a href="tg://user?id=1">x</a>'],
  ['an unclosed mark', '<b><c>'],
  ['Markdown', '_*[x](http://y)`~`>#+-=|{}.!'],
  ['SQL', "'; DROP TABLE reading; --"],
  ['a template', '{{x}} {{count}} {{t1, volume}}'],
  ['a nested key', '$t(common.menu)'],
  ['NUL', 'до\u0000после'],
  ['half a surrogate pair', 'x\ud83d y\udc00'],
  ['our own marks for values', '\ue0000\ue001 \ue0001\ue001'],
  ['400 digits', '7'.repeat(400)],
  ['1e9', '1e9'],
  ['-5', '-5'],
  ['NaN', 'NaN'],
  ['a huge fraction', `0.${'3'.repeat(300)}`],
  ['line ends only', '\n\n\r\n'],
  ['__proto__', '__proto__'],
  ['a name of Object', 'constructor'],
  ['JSON', '{"t":"1.0","command":"start"}'],
  ['slashes', '/////'],
  ['a mention', '@everyone [club1|x] [id1|y]'],
]

const places: [place: string, lead: (messenger: Messenger) => Promise<Talk>][] = [
  [
    'consent',
    async (messenger) => {
      const talk = await newcomer(town, messenger)
      await talk.start(said('consent.text'))
      return talk
    },
  ],
  ['the menu', (messenger) => settled(town, messenger, flats.twoWater)],
  [
    'the address',
    async (messenger) => {
      const talk = await newcomer(town, messenger)
      await settle(town, talk.chat, [])
      await talk.start(said('linking.first'))
      await talk.press('По адресу и номеру счёта', said('linking.askAddress'))
      return talk
    },
  ],
  [
    'the number of an account',
    async (messenger) => {
      const talk = await newcomer(town, messenger)
      await settle(town, talk.chat, [])
      await talk.start(said('linking.first'))
      await talk.say('8 марта 120-45', said('linking.askNumber'))
      return talk
    },
  ],
  [
    'the readings',
    async (messenger) => {
      const talk = await settled(town, messenger, flats.twoWater)
      await talk.press('Передать показания', said('readings.title'))
      return talk
    },
  ],
  [
    'the confirmation',
    async (messenger) => {
      const talk = await settled(town, messenger, flats.twoWater)
      await talk.say('324 311', said('readings.check'))
      return talk
    },
  ],
]

describe.each(messengers)('hostile words in %s', (messenger) => {
  test.each(places)('at %s always lead to a screen with a way on, and to nothing written', async (_, lead) => {
    const talk = await lead(messenger)
    for (const [name, typed] of hostile) {
      const { text, buttons } = await talk.say(typed)
      expect.soft(text.length, name).toBeGreaterThan(0)
      expect.soft(buttons.flat(), name).not.toEqual([])
      expect.soft(text, name).not.toMatch(/\{\{|\$t\(|undefined|NaN|\[object|\ue000/)
    }
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
    expect(town.logged.filter((line) => line.includes('a turn failed'))).toEqual([])
  })

  test('a word that is said back is cut down to its letters', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    await talk.say('{{щука}} 100', 'Не нашли счётчик «щука».')
    await talk.say('<b>слово</b> 100', said('readings.problem.notNumber'))
  })

  test('what the billing has in an address stands as it is there, whatever it looks like', async () => {
    const street = 'Имени <b>{{x}}</b> $t(common.menu) _*[a](b) &lt; "A&B"'
    const { pool } = town.fresh.database
    const talk = await settled(town, messenger, flats.oneMeter)
    await pool.query('UPDATE account SET street = $1 WHERE number = $2', [street, flats.oneMeter.number])
    try {
      const { entities } = await talk.press('Мои счета', street)
      expect(entities.filter(({ type }) => type !== 'bold')).toEqual([])
    } finally {
      await pool.query(`UPDATE account SET street = 'XXII Партсъезда' WHERE number = $1`, [flats.oneMeter.number])
    }
  })

  test('3 MB of text is answered like any other nonsense', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('показания 324 '.repeat(215_000), said('common.notUnderstood'))
    await talk.say('324 311', said('readings.check'))
  })

  test('names of files may be of any length and kind', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Передать показания', said('readings.title'))
    const refused = /не фотография|не удалось получить/
    for (const name of [`${'ф'.repeat(5000)}.png`, '../../etc/passwd', '<b>.exe', ' ', '\u202egnp.exe'])
      await talk.replied(async () => {
        await talk.hand.send([{ kind: 'document', name, bytes: Buffer.from('PK') }])
        await talk.hand.reply(({ text }) => refused.test(text))
      }, refused)
    await talk.say('324 311', said('readings.check'))
    const { rows } = await town.fresh.database.pool.query('SELECT max(length(name)) AS longest FROM file')
    expect(rows[0].longest).toBeLessThanOrEqual(200)
  })

  test('payloads of deep links may be anything', async () => {
    const talk = await newcomer(town, messenger)
    for (const payload of ['__proto__', '<b>', 'menu', 'x'.repeat(2000), "'; DROP TABLE chat"])
      expect(labels(await talk.start(said('consent.text'), payload))).toContain('Согласен')
  })
})

test('the tables are still there, and the sandbox found nothing against the rules of the platforms', async () => {
  const { rows } = await town.fresh.database.pool.query('SELECT count(*)::int AS n FROM reading')
  expect(rows[0].n).toBeGreaterThan(8000)
  expect(await town.hand.violations()).toEqual([])
})
