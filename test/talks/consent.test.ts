import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentVersion } from '../../src/dialogs/consent.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { openTown, type Town } from '../support/town.ts'
import { both, oneOf, said } from './said.ts'
import { labels, messengers, newcomer, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const rowsOf = async (table: string) => (await town.fresh.database.pool.query(`SELECT * FROM ${table}`)).rows

/** Everything that is kept of a chat, but for the marks of events taken. */
async function keptOf({ chat }: Talk) {
  const { rows } = await town.fresh.database.pool.query('SELECT * FROM conversation WHERE chat = $1', [chat])
  return rows[0]
}

describe.each(messengers)('consent in %s', (messenger) => {
  test('is asked in a message of its own, with a button of its own, before anything else', async () => {
    const talk = await newcomer(town, messenger)
    const asked = await talk.start(said('consent.text'))
    expect(labels(asked)).toEqual(['Согласен', 'Не согласен', 'English'])
    expect(await talk.length()).toBe(2)
  })

  test('is kept with the version and the hash of the very text, the moment and the messenger', async () => {
    await town.fresh.database.pool.query('DELETE FROM consent')
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    const before = town.clock.now()
    await talk.press('Согласен', said('consent.thanks'))
    const [kept, ...others] = await rowsOf('consent')
    const { text } = openWords('UTC').rich('ru', { key: 'consent.text' })
    expect(others).toEqual([])
    expect(kept).toMatchObject({
      version: consentVersion,
      messenger,
      withdrawn_at: null,
      text_hash: createHash('sha256').update(text).digest('hex'),
    })
    expect(kept.given_at.getTime()).toBeGreaterThanOrEqual(before.getTime())
  })

  test('given in English is kept with the hash of the English text', async () => {
    await town.fresh.database.pool.query('DELETE FROM consent')
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    await talk.press('English', said('consent.text', {}, 'en'))
    await talk.say('yes', said('consent.thanks', {}, 'en'))
    const { text } = openWords('UTC').rich('en', { key: 'consent.text' })
    const [kept] = await rowsOf('consent')
    expect(kept.text_hash).toBe(createHash('sha256').update(text).digest('hex'))
  })

  test('is explained when it is refused, and can be read again', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    await talk.press('Не согласен', said('consent.refused'))
    await talk.press('Прочитать согласие ещё раз', said('consent.text'))
    await talk.say('Да', said('consent.thanks'))
  })

  test('has nothing stored before it but the chat and where it stands, whatever is typed', async () => {
    const residents = (await rowsOf('resident')).length
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'), 'who-told-me-of-it')
    await talk.say('Я Иван Петров, Ленина 5-12, счёт 6610200503', said('common.notUnderstood'))
    await talk.say('показания 320 310', said('common.notUnderstood'))
    await talk.press('Не согласен', said('consent.refused'))
    const kept = JSON.stringify(await keptOf(talk))
    for (const personal of ['Иван', 'Петров', 'Ленина', '6610200503', 'Марфа', 'who-told-me-of-it', '320'])
      expect(kept).not.toContain(personal)
    expect(await rowsOf('resident')).toHaveLength(residents)
    const outbox = await town.fresh.database.pool.query('SELECT body FROM outbox WHERE chat = $1', [talk.chat])
    expect(JSON.stringify(outbox.rows)).not.toMatch(/Петров|Ленина|6610200503/)
  })

  test.each(['показания', '/readings', 'Передать показания', '12345', '/delete_my_data', 'меню', 'отмена', 'назад'])(
    'cannot be gone round by «%s»',
    async (typed) => {
      const talk = await newcomer(town, messenger)
      await talk.start(said('consent.text'))
      const reply = await talk.say(typed)
      expect(reply.text).toMatch(oneOf(said('consent.text'), said('common.notUnderstood'), said('deletion.nothing')))
      expect((await keptOf(talk)).resident_id).toBeNull()
    },
  )

  test('leads on to what was asked for first', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'), 'readings')
    await talk.press('Согласен', said('linking.first'))
    await talk.say('8 марта 120-45', said('linking.askNumber'))
    await talk.say('6682305547', both(said('linking.linked'), said('readings.title')))
  })

  test('before it help, settings and a consultant can be reached, and nothing that needs an account', async () => {
    const talk = await newcomer(town, messenger)
    await talk.start(said('consent.text'))
    await talk.say('помощь', said('help.title'))
    await talk.say('оператор', said('consultant.where'))
    const settings = await talk.say('настройки', said('settings.titleBeforeConsent'))
    expect(labels(settings)).not.toContain('Отозвать согласие')
    await talk.press('Меню', said('consent.text'))
  })

  test('someone whose phone speaks English is greeted in English', async () => {
    const talk = await newcomer(town, messenger, 'en')
    const asked = await talk.start(said('consent.text', {}, 'en'))
    expect(labels(asked)).toContain('Русский')
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
