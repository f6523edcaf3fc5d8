import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from '../talks/said.ts'
import { flats, messengers, newcomer, nextTurn, settled } from '../talks/talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const personal = [
  ...Object.values(flats).map(({ number }) => number),
  ...['75да533315', '6699999999'],
  ...['Марфа', 'Тестова', 'marfa', 'Берёзкина', 'Лосева'],
  ...['8 Марта', '8 марта', 'Партсъезда', 'партсъезда', '120-45'],
  ...[
    'абырвалг',
    '324,5',
    '58517168',
    'Проверьте',
    'Счёт подключён',
    'Что вам нужно',
    'secret-payload',
    'dial-of-marfa',
  ],
  ...sandboxTokens.telegram.map(({ token }) => token),
  ...sandboxTokens.telegram.map(({ token }) => token.split(':')[1] ?? token),
  ...[sandboxTokens.vk, 'postgresql://'],
]

function expectNothingPersonal(): void {
  expect(town.logged.length).toBeGreaterThan(0)
  for (const word of personal) expect(town.logged.filter((line) => line.includes(word))).toEqual([])
}

const pool = () => town.fresh.database.pool

describe.each(messengers)('the log of a talk in %s', (messenger) => {
  test('holds no number, name, address, word or token', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'), 'secret-payload')
    await talk.press('Согласен', said('linking.first'))
    await talk.say('абырвалг', said('common.notUnderstood'))
    await talk.say(flats.twoWater.address, said('linking.askNumber'))
    await talk.say('75да533315', said('linking.not.els'))
    await talk.say('6699999999', said('linking.noMatch'))
    await talk.say(flats.twoWater.number, said('linking.linked'))
    await pool().query(`DELETE FROM reading WHERE source IN ('telegram', 'vk')`)
    await talk.send(
      [{ kind: 'document', name: 'dial-of-marfa.jpg', bytes: Buffer.from('PK') }],
      said('readings.photoKept'),
    )
    await talk.hand.reply(({ text }) => said('readings.photo.notAPicture').test(text))
    await talk.say('324,5 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.say('/delete_my_data', said('deletion.sure'))
    await talk.press('Удалить', said('deletion.done'))
    expectNothingPersonal()
  })

  test('holds none of them when an effect fails with an error that quotes them', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await pool().query(`
      CREATE FUNCTION quote_all() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'account % of Берёзкина Вера, улица 8 Марта: %', '${flats.oneMeter.number}', to_json(NEW)
          USING DETAIL = 'улица XXII Партсъезда, 7-14', HINT = 'абырвалг';
      END $$;
      CREATE TRIGGER quote_all BEFORE INSERT ON reading FOR EACH ROW EXECUTE FUNCTION quote_all()`)
    const before = town.logged.length
    try {
      await talk.say('7000', said('readings.check'))
      await talk.press('Верно', said('errors.failed'))
    } finally {
      await pool().query('DROP TRIGGER quote_all ON reading; DROP FUNCTION quote_all')
    }
    expect(town.logged.slice(before).join('')).toContain('a turn failed')
    expectNothingPersonal()
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
  })

  test('holds none of them when the platform refuses a message and quotes it', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const method = messenger === 'telegram' ? 'sendMessage' : 'messages.send'
    const text = `Bad Request: can't parse "улица 8 Марта, абырвалг" of ${flats.oneMeter.number}`
    await town.hand.fault({
      ...{ messenger, method, times: 10 },
      effect: { kind: 'answer', code: messenger === 'telegram' ? 400 : 100, text },
    })
    const before = town.logged.length
    const taken = nextTurn()
    await talk.hand.say('абырвалг')
    await taken
    await town.product.outbox.idle()
    await town.hand.clearFaults()
    expect(town.logged.slice(before).join('')).toContain('PLATFORM_REFUSED')
    expectNothingPersonal()
  })

  test('holds none of them when the database goes away in mid-talk, and the talk goes on after it', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    const before = town.logged.length
    await pool().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    expect(town.logged.length).toBeGreaterThanOrEqual(before)
    expectNothingPersonal()
  })
})
