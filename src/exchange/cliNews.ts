import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { nextMomentWithin } from '../domain/hours.ts'
import { type Audience, parseAudience } from '../domain/news/audience.ts'
import { longestNews, type NewsProblem, type NewsText, readNews } from '../domain/news/newsText.ts'
import { isNewsTopic, type NewsTopic } from '../domain/news/topics.ts'
import { addNotice } from '../notices/addNotice.ts'
import { type NewsBody, subscribersOf } from '../notices/newsSubscribers.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'

interface Asked {
  file: string
  topic: NewsTopic
  audience: Audience
  dryRun: boolean
  preview?: string
}

/** `erc news send FILE --topic T [--audience A] [--dry-run | --preview CHAT]`. */
export function newsCommand([what, file, ...options]: readonly string[]): DeskCommand | undefined {
  if (what !== 'send' || file === undefined || file.startsWith('--')) return undefined
  const asked = askedBy(file, options)
  return asked && ((ground) => send(ground, asked))
}

function askedBy(file: string, options: readonly string[]): Asked | undefined {
  const given = new Map<string, string>()
  for (let at = 0; at < options.length; at++) {
    const name = options[at] ?? ''
    const value = name === '--dry-run' ? '' : options[++at]
    if (!['--topic', '--audience', '--dry-run', '--preview'].includes(name) || value === undefined) return undefined
    given.set(name, value)
  }
  const topic = given.get('--topic')
  const audience = parseAudience(given.get('--audience') ?? 'all')
  const preview = given.get('--preview')
  if (!isNewsTopic(topic) || !audience || (preview !== undefined && !/^(telegram|vk):\d+$/.test(preview)))
    return undefined
  return { file, topic, audience, dryRun: given.has('--dry-run'), ...(preview !== undefined && { preview }) }
}

async function send(ground: DeskGround, { file, topic, audience, dryRun, preview }: Asked): Promise<DeskAnswer> {
  const read = await readFile(file, 'utf8').then(readNews, () => undefined)
  if (!read) return refusal(`Файл ${file} не читается.`)
  if ('problem' in read) return refusal(problems[read.problem])
  const body: NewsBody = { topic, audience, text: read.text }
  const counted = await subscribers(ground, body)
  const lines = [
    `Подписчиков по этой теме и адресу: ${counted.telegram + counted.vk} (Telegram: ${counted.telegram}, ВКонтакте: ${counted.vk}).`,
  ]
  if (dryRun) return { lines: [...lines, ...shownNews(read.text), 'Ничего не отправлено: это пробный запуск.'] }
  if (preview !== undefined) return previewed(ground, preview, body, lines)
  const id = idOf(body)
  const isNew = await begun(ground, id, body)
  if (!isNew) return refusal(`Эта новость уже отправлялась: ${id}. Как она идёт: npm run erc -- waves ${id}`)
  return {
    lines: [...lines, `Отправляем: ${id}`, `Как идёт: npm run erc -- waves ${id}; остановить: waves stop ${id}`],
  }
}

const problems: Record<NewsProblem, string> = {
  empty: 'В файле нет текста: нужен заголовок в первой строке и текст под ним.',
  noBody: 'Под заголовком нужен текст; после строки «--- en» — заголовок и текст по-английски.',
  tooLong: `Новость длиннее ${longestNews} знаков: в одном сообщении она не поместится.`,
}

const shownNews = ({ ru, en }: NewsText): string[] =>
  [ru, ...(en ? [en] : [])].flatMap(({ title, body }) => ['', title, ...body.split('\n')]).concat('')

/** The same news for the same people are sent once. */
const idOf = (body: NewsBody): string =>
  `news:${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12)}`

async function subscribers({ sql }: DeskGround, body: NewsBody): Promise<{ telegram: number; vk: number }> {
  const { where, values } = subscribersOf(body, 1)
  const [row] = await sql<{ telegram: number; vk: number }>(
    'news.count',
    `WITH chosen AS (
       SELECT c.chat FROM resident p CROSS JOIN LATERAL (
         SELECT c.chat FROM conversation c WHERE c.resident_id = p.id AND c.blocked_at IS NULL ORDER BY c.updated_at DESC LIMIT 1
       ) c
       WHERE EXISTS (SELECT FROM consent k WHERE k.resident_id = p.id AND k.withdrawn_at IS NULL) AND ${where}
     )
     SELECT count(*) FILTER (WHERE chat LIKE 'telegram:%')::int AS telegram, count(*) FILTER (WHERE chat LIKE 'vk:%')::int AS vk FROM chosen`,
    values,
  )
  return row ?? { telegram: 0, vk: 0 }
}

async function begun({ sql, now, config }: DeskGround, id: string, body: NewsBody): Promise<boolean> {
  const { mailingHours, timeZone } = config.rules
  const rows = await sql(
    'news.begin',
    `INSERT INTO wave (id, kind, about, state, due_at, body, created_at) VALUES ($1, 'news', $1, 'running', $2, $3::jsonb, $4)
     ON CONFLICT DO NOTHING RETURNING id`,
    [id, nextMomentWithin(now, mailingHours, timeZone), JSON.stringify(body), now],
  )
  return rows.length > 0
}

/** To one chat, as it will look: a mailing of its own that is over when it is born. */
async function previewed({ sql, now }: DeskGround, chat: string, body: NewsBody, lines: string[]): Promise<DeskAnswer> {
  const [person] = await sql<{ resident: string | null }>(
    'news.previewTo',
    `SELECT c.resident_id AS resident FROM conversation c JOIN news_subscription s ON s.resident_id = c.resident_id AND s.topic = $2 WHERE c.chat = $1`,
    [chat, body.topic],
  )
  if (!person?.resident) return refusal(`В чате ${chat} никто не подписан на эту тему: показать новость там нельзя.`)
  const id = `preview:${idOf(body)}:${now.getTime()}`
  await sql(
    'news.preview',
    `INSERT INTO wave (id, kind, about, state, due_at, body, created_at, planned_at, finished_at)
     VALUES ($1, 'news', $1, 'done', $2, $3::jsonb, $2, $2, $2)`,
    [id, now, JSON.stringify(body)],
  )
  await addNotice(sql, { id, residentId: person.resident, chat, dialog: 'news', about: id, dueAt: now }, now)
  return { lines: [...lines, `Показываем в чате ${chat}. Остальным ничего не отправлено.`] }
}
