import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import type { Messenger } from '../../src/engine/event.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { flats, labels, messengers, newcomer, nextTurn, readingsOf, settled } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIwDiqkL4KAbsOAwFDLDBxAAAAAElFTkSuQmCC',
  'base64',
)

/** All that the bot has said in the neighbours' group, once it is at least so much and it has nothing more to say. */
async function heardInGroup(messenger: Messenger, least: number): Promise<string[]> {
  for (;;) {
    const turn = nextTurn()
    await town.product.engine.idle()
    await town.product.outbox.idle()
    const heard = (await town.hand.group(messenger)).filter(({ from }) => from === 'bot')
    if (heard.length >= least) return heard.map(({ text }) => text)
    await turn
  }
}

describe.each(messengers)('what is no answer, in %s', (messenger) => {
  test('a sticker, a place, a voice are answered kindly, and the question stays', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    const toSticker = await talk.replied(() => talk.hand.sticker(), said('common.onlyWords'))
    expect(labels(toSticker)).toContain('Верно')
    await talk.replied(() => talk.hand.location(), said('common.onlyWords'))
    await talk.send([{ kind: 'voice', name: 'v.ogg', bytes: Buffer.from('OggS') }], said('readings.onlyPhotos'))
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
    await talk.press('Верно', said('readings.accepted'))
  })

  test('a photo and an album where none is asked for are answered kindly, and not kept', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Настройки', said('settings.title'))
    const answer = await talk.send([{ kind: 'photo', name: 'p.png', bytes: png }], said('common.fileNotExpected'))
    expect(labels(answer)).toContain('English')
    const { rows } = await town.fresh.database.pool.query('SELECT * FROM file WHERE chat = $1', [talk.chat])
    expect(rows).toEqual([])
  })

  test.each(['sticker', 'location'] as const)(
    'the first thing ever said being a %s is answered by asking for consent',
    async (act) => {
      const talk = await newcomer(town, messenger)
      await talk.replied(() => talk.hand[act](), said('consent.text'))
    },
  )

  test('a block drops what waits and stops everything; coming back is answered', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    const blocked = nextTurn()
    await talk.hand.block()
    await blocked
    const { rows: stood } = await town.fresh.database.pool.query(
      'SELECT blocked_at FROM conversation WHERE chat = $1',
      [talk.chat],
    )
    expect(stood[0].blocked_at).not.toBeNull()
    const calls = (await town.hand.calls({ messenger })).length
    await talk.silently(() =>
      town.product.engine.handle([
        {
          id: `due:idle:${talk.chat}:blocked`,
          chat: talk.chat,
          at: town.clock.now(),
          input: { kind: 'due', timer: `idle:${talk.chat}`, what: { kind: 'idle', stamp: 3 } },
        },
      ]),
    )
    expect(await town.hand.calls({ messenger })).toHaveLength(calls)
    const unblocked = nextTurn()
    await talk.hand.unblock()
    await unblocked
    await talk.say('да', said('readings.accepted'))
  })

  test('a row that meets a blocked chat is dropped with all behind it, and not tried again', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const refusal =
      messenger === 'telegram'
        ? { code: 403, text: 'Forbidden: bot was blocked by the user' }
        : { code: 901, text: "Can't send messages for users without permission" }
    const method = messenger === 'telegram' ? 'sendMessage' : 'messages.send'
    await town.hand.fault({ messenger, method, times: 1, effect: { kind: 'answer', ...refusal } })
    const taken = nextTurn()
    await talk.hand.say('помощь')
    await taken
    await town.product.outbox.idle()
    const { rows } = await town.fresh.database.pool.query(
      `SELECT o.state, o.failure, c.blocked_at IS NOT NULL AS blocked FROM outbox o JOIN conversation c USING (chat)
       WHERE o.chat = $1 ORDER BY o.revision DESC LIMIT 1`,
      [talk.chat],
    )
    expect(rows).toEqual([{ state: 'dropped', failure: 'CHAT_BLOCKED', blocked: true }])
    await talk.say('меню', said('menu.title'))
  })

  test('in a group the bot speaks once an hour, and only to send people to their own chats', async () => {
    const call = messenger === 'telegram' ? '/start' : `[club${sandboxTokens.vkGroupId}|ЕРЦ], здравствуйте`
    const talk = await newcomer(town, messenger)
    await town.hand.hold(messenger)
    await talk.hand.sayInGroup(call)
    await talk.hand.sayInGroup(call)
    await town.hand.release(messenger)
    const [told, ...more] = await heardInGroup(messenger, 1)
    expect(told).toMatch(said('common.privateOnly'))
    expect(more).toEqual([])
    await town.fresh.database.pool.query(
      `UPDATE conversation SET state = jsonb_set(state, '{groupToldAt}', to_jsonb((state ->> 'groupToldAt')::float8 - 3600000))
       WHERE state ? 'groupToldAt'`,
    )
    await talk.hand.sayInGroup(call)
    expect(await heardInGroup(messenger, 2)).toHaveLength(2)
  })
})

test('a contact is answered kindly', async () => {
  const talk = await settled(town, 'telegram', flats.twoWater)
  await talk.replied(() => talk.hand.contact(), said('common.onlyWords'))
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
