import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../support/town.ts'
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
    await talk.say('324 311', 'Проверьте')
    await talk.press('Верно', 'Показания приняты')
    await talk.press('Настройки', 'отозвать согласие')
    await talk.press('Отозвать согласие', 'Лицевые счета отключатся сразу')
    await talk.press('Оставить', 'всё остаётся как было')
    await talk.press('Настройки', 'отозвать согласие')
    await talk.press('Отозвать согласие', 'Отозвать согласие?')
    await talk.press('Отозвать', /Согласие отозвано[\s\S]*Согласие на обработку персональных данных/)
    const resident = await residentOf(talk)
    expect(await query('SELECT * FROM link WHERE resident_id = $1 AND removed_at IS NULL', resident)).toEqual([])
    expect(await query('SELECT * FROM consent WHERE resident_id = $1 AND withdrawn_at IS NULL', resident)).toEqual([])
    expect(await readingsOf(town, flats.twoWater)).toHaveLength(2)
    await talk.say('показания', 'Не получилось понять')
  })

  test('after it consent can be given anew, and an account linked', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('настройки', 'отозвать согласие')
    await talk.press('Отозвать согласие', 'Отозвать согласие?')
    await talk.say('да', 'Согласие отозвано')
    await talk.press('Согласен', 'Подключить счёт')
    await talk.say(flats.twoWater.address, 'номер лицевого счёта')
    await talk.say(flats.twoWater.number, 'Счёт подключён')
    expect(await query('SELECT * FROM consent WHERE resident_id = $1', await residentOf(talk))).toHaveLength(2)
  })

  test('data are deleted in two steps: what stays is told, everything else is gone from every table', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const other = await newcomer(town, messenger)
    await other.start('Согласие')
    const resident = await residentOf(talk)
    await query('UPDATE conversation SET resident_id = $1 WHERE chat = $2', resident, other.chat)
    await other.say('помощь', 'О чём рассказать?')
    await talk.say('324 311', 'Проверьте')
    await talk.press('Верно', 'Показания приняты')
    await talk.say('/delete_my_data', 'Удалить ваши данные?')
    await talk.press('Не удалять', 'ничего не удаляем')
    await talk.press('Настройки', 'удалить свои данные')
    await talk.press('Удалить мои данные', 'Вернуть их будет нельзя')
    const done = await talk.press('Удалить', 'Осталось 2 переданных показания без вашего имени')
    expect(done.text).toContain('Согласие на обработку')
    await town.product.outbox.idle()

    const chats = [talk.chat, other.chat]
    expect(Object.keys(await rowsAbout(resident, chats)).sort()).toEqual([
      'conversation.chat',
      'delivery.chat',
      'outbox.chat',
    ])
    expect(await query('SELECT * FROM resident WHERE id = $1', resident)).toEqual([])
    const [own] = await query('SELECT state FROM conversation WHERE chat = $1', talk.chat)
    expect(JSON.stringify(own.state)).not.toMatch(/M1009|324000/)
    const said = await query('SELECT body FROM outbox WHERE chat = ANY ($1) AND body IS NOT NULL', chats)
    expect(said).toHaveLength(1)
    expect(JSON.stringify(said)).not.toContain('8 Марта')
    const [reset] = await query('SELECT state FROM conversation WHERE chat = $1', other.chat)
    expect(reset.state).toEqual({ language: 'ru', waiting: [], unclear: 0 })
    const kept = await readingsOf(town, flats.twoWater)
    expect(kept).toMatchObject([
      { dials: [324], resident_id: null, photo_id: null },
      { dials: [311], resident_id: null, photo_id: null },
    ])
    await other.say('меню', 'Согласие на обработку')
  })

  test.each(['удалить мои данные', '/delete_my_data'])('«%s» works from anywhere', async (typed) => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', 'Проверьте')
    await talk.say(typed, 'Удалить ваши данные?')
    const done = await talk.say('да', 'Ваши данные удалены.')
    expect(done.text).not.toContain('Осталось')
  })

  test('a button of a screen from before the deletion does nothing', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    const table = await talk.say('324 311', 'Проверьте')
    await talk.say('/delete_my_data', 'Удалить ваши данные?')
    await talk.press('Удалить', 'Ваши данные удалены')
    await talk.press('Верно', 'Согласие на обработку')
    expect(labels(table)).toContain('Верно')
    expect(await readingsOf(town, flats.twoWater)).toEqual([])
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
