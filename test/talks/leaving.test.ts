import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, newcomer, readingsOf, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const query = async (sql: string, ...values: unknown[]) => (await town.fresh.database.pool.query(sql, values)).rows

const residentOf = async ({ chat }: Talk): Promise<string> =>
  (await query('SELECT resident_id FROM conversation WHERE chat = $1', chat))[0]?.resident_id

/** Tables with a column that names the resident or his chats, with how many rows they hold of him. */
async function rowsAbout(resident: string, chats: string[]): Promise<Record<string, number>> {
  const columns = await query(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('resident_id', 'chat') ORDER BY 1, 2`,
  )
  const found: Record<string, number> = {}
  for (const { table_name: table, column_name: column } of columns) {
    const [row] = await query(
      column === 'chat'
        ? `SELECT count(*)::int AS n FROM "${table}" WHERE chat = ANY ($1)`
        : `SELECT count(*)::int AS n FROM "${table}" WHERE resident_id = $1`,
      column === 'chat' ? chats : resident,
    )
    if (row.n > 0) found[`${table}.${column}`] = row.n
  }
  return found
}

describe.each(messengers)('leaving in %s', (messenger) => {
  test('consent is withdrawn in two steps, and accounts are unlinked at once', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.press('Настройки', said('settings.title'))
    await talk.press('Отозвать согласие', said('withdrawal.sure'))
    await talk.press('Оставить', said('withdrawal.kept'))
    await talk.press('Настройки', said('settings.title'))
    await talk.press('Отозвать согласие', said('withdrawal.sure'))
    await talk.press('Отозвать', both(said('withdrawal.done'), said('consent.refused')))
    const resident = await residentOf(talk)
    expect(await query('SELECT * FROM link WHERE resident_id = $1 AND removed_at IS NULL', resident)).toEqual([])
    expect(await query('SELECT * FROM consent WHERE resident_id = $1 AND withdrawn_at IS NULL', resident)).toEqual([])
    expect(await readingsOf(town, flats.twoWater)).toHaveLength(2)
    await talk.say('показания', said('common.notUnderstood'))
  })

  test('after it consent can be given anew, and an account linked', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('настройки', said('settings.title'))
    await talk.press('Отозвать согласие', said('withdrawal.sure'))
    await talk.say('да', said('withdrawal.done'))
    await talk.press('Прочитать согласие ещё раз', said('consent.text'))
    await talk.press('Согласен', said('linking.first'))
    await talk.say(flats.twoWater.address, said('linking.askNumber'))
    await talk.say(flats.twoWater.number, said('linking.linked'))
    expect(await query('SELECT * FROM consent WHERE resident_id = $1', await residentOf(talk))).toHaveLength(2)
  })

  test('data are deleted in two steps: what stays is told, everything else is gone from every table', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const other = await newcomer(town, messenger)
    await other.start(said('consent.text'))
    const resident = await residentOf(talk)
    await query('UPDATE conversation SET resident_id = $1 WHERE chat = $2', resident, other.chat)
    await other.say('помощь', said('help.title'))
    await talk.say('324 311', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.say('/delete_my_data', said('deletion.sure'))
    await talk.press('Не удалять', said('deletion.kept'))
    await talk.press('Настройки', said('settings.title'))
    await talk.press('Удалить мои данные', said('deletion.sure'))
    const done = await talk.press('Удалить', said('deletion.doneReadingsStay'))
    expect(done.text).toMatch(said('consent.refused'))
    await town.product.outbox.idle()

    const chats = [talk.chat, other.chat]
    const { 'outbox.chat': _, ...about } = await rowsAbout(resident, chats)
    expect(about).toEqual({ 'conversation.chat': 2 })
    expect(await query('SELECT * FROM resident WHERE id = $1', resident)).toEqual([])
    const [own] = await query('SELECT state FROM conversation WHERE chat = $1', talk.chat)
    expect(JSON.stringify(own.state)).not.toMatch(/M1009|324000/)
    const bodies = await query('SELECT body FROM outbox WHERE chat = ANY ($1) AND body IS NOT NULL', chats)
    expect(bodies).toHaveLength(1)
    expect(JSON.stringify(bodies)).not.toContain('8 Марта')
    const [reset] = await query('SELECT state FROM conversation WHERE chat = $1', other.chat)
    expect(reset.state).toEqual({ language: 'ru', waiting: [], unclear: 0 })
    const kept = await readingsOf(town, flats.twoWater)
    expect(kept).toMatchObject([
      { dials: [324], resident_id: null, photo_ids: [] },
      { dials: [311], resident_id: null, photo_ids: [] },
    ])
    await other.say('меню', said('consent.text'))
  })

  test.each(['удалить мои данные', '/delete_my_data'])('«%s» works from anywhere', async (typed) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    await talk.say(typed, said('deletion.sure'))
    const done = await talk.say('да', said('deletion.done'))
    expect(done.text).not.toMatch(said('deletion.doneReadingsStay'))
  })

  test('a button of a screen from before the deletion does nothing', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const table = await talk.say('324 311', said('readings.check'))
    await talk.say('/delete_my_data', said('deletion.sure'))
    await talk.press('Удалить', said('deletion.done'))
    await talk.press('Верно', said('consent.refused'))
    expect(labels(table)).toContain('Верно')
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
