import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { nextMomentWithin } from '../domain/hours.ts'
import { type Audience, parseAudience } from '../domain/news/audience.ts'
import { longestNews, type NewsProblem, type NewsText, readNews } from '../domain/news/newsText.ts'
import { isNewsTopic, type NewsTopic } from '../domain/news/topics.ts'
import { addNotice } from '../notices/addNotice.ts'
import type { NewsBody } from '../notices/newsSubscribers.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'
import { newsReach } from './newsReach.ts'

interface Asked {
  file: string
  topic: NewsTopic
  audience: Audience
  dryRun: boolean
  follow: boolean
  preview?: string
}

/** `erc news send FILE --topic T [--audience A] [--dry-run | --preview CHAT | --follow]`. */
export function newsCommand([what, file, ...options]: readonly string[]): DeskCommand | undefined {
  if (what !== 'send' || file === undefined || file.startsWith('--')) return undefined
  const asked = askedBy(file, options)
  return asked && ((ground) => send(ground, asked))
}

const flags = ['--dry-run', '--follow']

function askedBy(file: string, options: readonly string[]): Asked | undefined {
  const given = new Map<string, string>()
  for (let at = 0; at < options.length; at++) {
    const name = options[at] ?? ''
    const value = flags.includes(name) ? '' : options[++at]
    if (![...flags, '--topic', '--audience', '--preview'].includes(name) || value === undefined) return undefined
    given.set(name, value)
  }
  const topic = given.get('--topic')
  const audience = parseAudience(given.get('--audience') ?? 'all')
  const preview = given.get('--preview')
  const ways = [...flags, '--preview'].filter((name) => given.has(name))
  if (
    !isNewsTopic(topic) ||
    !audience ||
    ways.length > 1 ||
    (preview !== undefined && !/^(telegram|vk):\d+$/.test(preview))
  )
    return undefined
  return {
    file,
    topic,
    audience,
    dryRun: given.has('--dry-run'),
    follow: given.has('--follow'),
    ...(preview !== undefined && { preview }),
  }
}

async function send(
  ground: DeskGround,
  { file, topic, audience, dryRun, preview, follow }: Asked,
): Promise<DeskAnswer> {
  const read = await readFile(file, 'utf8').then(readNews, () => undefined)
  if (!read) return refusal(`Файл ${file} не читается.`)
  if ('problem' in read) return refusal(problems[read.problem])
  const body: NewsBody = { topic, audience, text: read.text }
  const lines = await newsReach(ground.sql, body)
  if (dryRun) return { lines: [...lines, ...shownNews(read.text), 'Ничего не отправлено: это пробный запуск.'] }
  if (preview !== undefined) return previewed(ground, preview, body, lines)
  const id = idOf(body)
  const isNew = await begun(ground, id, body)
  if (!isNew) return refusal(`Эта новость уже отправлялась: ${id}. Как она идёт: npm run erc -- waves ${id}`)
  return {
    lines: [...lines, `Отправляем: ${id}`, `Как идёт: npm run erc -- waves ${id}; остановить: waves stop ${id}`],
    ...(follow && { follow: id }),
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
  const [person] = await sql<{ resident: string }>(
    'news.previewTo',
    `SELECT c.resident_id AS resident FROM conversation c JOIN consent k ON k.resident_id = c.resident_id AND k.withdrawn_at IS NULL
     WHERE c.chat = $1 AND c.blocked_at IS NULL LIMIT 1`,
    [chat],
  )
  if (!person) return refusal(`В чате ${chat} показать новость нельзя: напишите из него боту и дайте согласие.`)
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
