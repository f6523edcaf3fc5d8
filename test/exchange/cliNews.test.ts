import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wavePlanner } from '../../src/notices/planWave.ts'
import { openReminding, type Reminding, type Someone } from '../notices/reminding.ts'
import { flats } from '../talks/talk.ts'
import { answerOf } from './mailingCommands.ts'

let r: Reminding
let folder: string
let file: string
beforeAll(async () => {
  r = await openReminding()
  folder = await mkdtemp(join(tmpdir(), 'erc-news-'))
  file = join(folder, 'news.txt')
  await writeFile(file, 'Отключат воду\nЗавтра с 10 до 12.\n--- en\nNo water\nTomorrow from 10 to 12.')
})
afterAll(async () => {
  await r.close()
  await rm(folder, { recursive: true, force: true })
})

const erc = (...words: string[]) => answerOf(r, words)
const subscribed = async (one: Someone) => {
  const say = (text: string) => r.bare.engine.handle([r.bare.event(one.chat, { kind: 'text', text, message: '1' })])
  await say('настройки')
  await r.press(one.chat, 'Новости')
  await r.press(one.chat, 'Отключения и ремонты: подписаться')
}
async function sent(id: string): Promise<void> {
  await wavePlanner({ ...r, size: 2 })(id, () => false)
  await r.tell()
}
const dryRun = async (asked: string[]) => {
  const said = await erc(...asked, '--dry-run')
  return Array.isArray(said) ? said : []
}
const heard = async ({ chat }: Someone) => (await r.said(chat)).filter((words) => words.includes('Отключат воду'))

test('news go once to those who have subscribed to the topic and live there, and nobody else', async () => {
  const [near, far, not, changed, gone, withdrawn] = [
    await r.resident([flats.twoWater]),
    await r.resident([flats.threeZones]),
    await r.resident([flats.twoWater]),
    await r.resident([flats.twoWater]),
    await r.resident([flats.twoWater], true),
    await r.resident([flats.twoWater]),
  ]
  for (const one of [near, far, changed, gone, withdrawn]) await subscribed(one)
  expect((await r.said(near.chat)).at(-1)).toContain('Отключения и ремонты: вы подписаны')
  const asked = ['news', 'send', file, '--topic', 'outages', '--audience', 'street:8 марта:120']
  expect(await erc(...asked, '--dry-run')).toEqual([
    'Получат: 4 (Telegram: 4, ВКонтакте: 0).',
    'Не получат: 1 (не подписаны на тему: 1, нет согласия: 0, заблокировали бота: 0).',
    ...['', 'Отключат воду', 'Завтра с 10 до 12.', '', 'No water', 'Tomorrow from 10 to 12.', ''],
    'Ничего не отправлено: это пробный запуск.',
  ])
  const { pool } = r.database
  await pool.query('UPDATE conversation SET blocked_at = $2 WHERE chat = $1', [gone.chat, r.clock.now()])
  await pool.query('UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1', [withdrawn.id, r.clock.now()])
  await pool.query('DELETE FROM news_subscription WHERE resident_id = $1', [withdrawn.id])
  expect((await dryRun(asked)).slice(0, 2)).toEqual([
    'Получат: 3 (Telegram: 2, ВКонтакте: 1).',
    'Не получат: 2 (не подписаны на тему: 1, нет согласия: 1, заблокировали бота: 0).',
  ])
  await pool.query('UPDATE conversation SET blocked_at = $2 WHERE chat = $1', [gone.other, r.clock.now()])
  expect((await dryRun(asked)).slice(0, 2)).toEqual([
    'Получат: 2 (Telegram: 2, ВКонтакте: 0).',
    'Не получат: 3 (не подписаны на тему: 1, нет согласия: 1, заблокировали бота: 1).',
  ])
  expect(await erc('waves')).toEqual(['Рассылок ещё не было.'])
  const said = await erc(...asked)
  const id = /Отправляем: (news:\w+)/.exec(String(said))?.[1] ?? ''
  expect(await erc(...asked)).toEqual({
    refused: [`Эта новость уже отправлялась: ${id}. Как она идёт: npm run erc -- waves ${id}`],
  })
  await wavePlanner({ ...r, size: 2 })(id, () => false)
  const say = (text: string) => r.bare.engine.handle([r.bare.event(changed.chat, { kind: 'text', text, message: '1' })])
  await say('настройки')
  await r.press(changed.chat, 'Новости')
  await r.press(changed.chat, 'Отключения и ремонты: отписаться')
  await sent(id)
  expect(await heard(near)).toEqual([
    expect.stringMatching(/^Отключат воду\s+Завтра с 10 до 12\.\s+Вы подписаны на новости/),
  ])
  expect([await heard(far), await heard(not), await heard(changed)]).toEqual([[], [], []])
  expect(await r.notices(id)).toHaveLength(2)
})

test('are stopped: those who are left hear nothing', async () => {
  const one = await r.resident([flats.oneMeter])
  await subscribed(one)
  const said = await erc('news', 'send', file, '--topic', 'outages')
  const id = /Отправляем: (news:\w+)/.exec(String(said))?.[1] ?? ''
  await erc('waves', 'stop', id)
  await sent(id)
  expect(await heard(one)).toEqual([])
})

test('are shown in one chat first, subscribed or not, which is no mailing', async () => {
  const [one, two] = [await r.resident([flats.house]), await r.resident([flats.house])]
  const asked = ['news', 'send', file, '--topic', 'outages', '--audience', 'district:NONE', '--preview']
  await r.database.pool.query('UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1', [two.id, r.clock.now()])
  expect(await erc(...asked, two.chat)).toEqual({
    refused: [`В чате ${two.chat} показать новость нельзя: напишите из него боту и дайте согласие.`],
  })
  const before = await erc('waves')
  expect(await erc(...asked, one.chat)).toEqual([
    'Получат: 0 (Telegram: 0, ВКонтакте: 0).',
    'Не получат: 0 (не подписаны на тему: 0, нет согласия: 0, заблокировали бота: 0).',
    'По этому адресу нет ни одного лицевого счёта: проверьте --audience.',
    `Показываем в чате ${one.chat}. Остальным ничего не отправлено.`,
  ])
  await r.tell()
  expect(await heard(one)).toHaveLength(1)
  expect(await erc('waves')).toEqual(before)
})

test('find a street however its letters are written, and say so when there is none', async () => {
  const of = async (street: string) =>
    (await dryRun(['news', 'send', file, '--topic', 'outages', '--audience', `street:${street}`])).includes(
      'По этому адресу нет ни одного лицевого счёта: проверьте --audience.',
    )
  expect([await of('молодежи'), await of('МОЛОДЁЖИ:78'), await of('Молодёжная'), await of('Молодёжи:999')]).toEqual([
    ...[false, false, true, true],
  ])
})

test.each([
  [
    'a file that is not there',
    ['news', 'send', 'нет.txt', '--topic', 'outages'],
    { refused: ['Файл нет.txt не читается.'] },
  ],
  ['no topic', ['news', 'send', 'x'], 'usage'],
  ['an unknown topic', ['news', 'send', 'x', '--topic', 'gossip'], 'usage'],
  ['an audience that nobody understands', ['news', 'send', 'x', '--topic', 'outages', '--audience', 'moon'], 'usage'],
  ['a chat that is none', ['news', 'send', 'x', '--topic', 'outages', '--preview', 'анна'], 'usage'],
  ['no file', ['news', 'send'], 'usage'],
  ['two ways at once', ['news', 'send', 'x', '--topic', 'outages', '--dry-run', '--follow'], 'usage'],
])('%s', async (_, words, expected) => {
  expect(await erc(...words)).toEqual(expected)
})
