import type { DailyHours } from '../domain/hours.ts'
import { addDays, type LocalDate, localDateOf, parseLocalDate } from '../domain/localDate.ts'
import { parseSpans, spansOf } from '../domain/workingHours.ts'
import { hoursReader } from '../queries/workingHours.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'

/** `erc hours` list | set DATE SPANS [NOTE] | closed DATE [NOTE] | clear DATE. */
export function hoursCommand(words: readonly string[]): DeskCommand | undefined {
  const [what, given = '', ...rest] = words
  if (what === undefined || what === 'list') return words.length <= 1 ? list : undefined
  const date = parseLocalDate(given)
  if (!date) return undefined
  if (what === 'clear') return rest.length === 0 ? (ground) => clear(ground, date) : undefined
  if (what === 'closed') return (ground) => set(ground, { date, spans: [], note: noteOf(rest) })
  const [span = '', ...note] = rest
  const spans = what === 'set' ? parseSpans(span) : undefined
  if (!spans || spans.length === 0) return undefined
  return (ground) => set(ground, { date, spans, note: noteOf(note) })
}

interface Day {
  date: LocalDate
  spans: readonly DailyHours[]
  note: string | null
}

const noteOf = (words: readonly string[]): string | null => words.join(' ').trim() || null

const daysAhead = 14

/** The days to come, and those later on that are not like others. */
async function list({ sql, config: { rules }, now }: DeskGround): Promise<DeskAnswer> {
  const today = localDateOf(now, rules.timeZone)
  const hours = await hoursReader(sql, rules)(now)
  const rows = await sql<{ date: LocalDate; note: string | null }>(
    'erc.hours.list',
    `SELECT to_char(date, 'YYYY-MM-DD') AS date, note FROM desk_day WHERE date >= $1::date`,
    [today],
  )
  const notes = new Map(rows.map(({ date, note }) => [date, note]))
  const soon = Array.from({ length: daysAhead }, (_, ahead) => addDays(today, ahead))
  const later = [...hours.days.keys()].filter((day) => day > (soon.at(-1) ?? today)).sort()
  const line = (day: LocalDate) => {
    const note = notes.get(day)
    const mark = hours.days.has(day) ? ' *' : ''
    return `${shownDay(day)}  ${shownSpans(spansOf(hours, day))}${mark}${note ? ` ${note}` : ''}`
  }
  return { lines: [...soon, ...later].map(line) }
}

async function set({ sql, config: { rules }, now }: DeskGround, { date, spans, note }: Day): Promise<DeskAnswer> {
  if (date < localDateOf(now, rules.timeZone)) return refusal(`${shownDay(date)} уже прошло, ничего не изменено.`)
  await sql(
    'erc.hours.set',
    `INSERT INTO desk_day (date, spans, note) VALUES ($1::date, $2, $3)
     ON CONFLICT (date) DO UPDATE SET spans = excluded.spans, note = excluded.note`,
    [date, spans.map(shownSpan).join(','), note],
  )
  return { lines: [`${shownDay(date)}: ${shownSpans(spans)}${note ? ` (${note})` : ''}.`] }
}

async function clear({ sql, config: { rules }, now }: DeskGround, date: LocalDate): Promise<DeskAnswer> {
  const gone = await sql('erc.hours.clear', 'DELETE FROM desk_day WHERE date = $1::date RETURNING 1', [date])
  if (gone.length === 0) return refusal(`Для ${shownDay(date)} особых часов не задано.`)
  const hours = await hoursReader(sql, rules)(now)
  return { lines: [`${shownDay(date)}: снова ${shownSpans(spansOf(hours, date))}.`] }
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const shownSpan = ({ from, to }: DailyHours): string => `${clock(from)}-${clock(to)}`
const shownSpans = (spans: readonly DailyHours[]): string => spans.map(shownSpan).join(', ') || 'никого нет'

const weekday = new Intl.DateTimeFormat('ru-RU', { weekday: 'short', timeZone: 'UTC' })
const shownDay = (date: LocalDate): string =>
  `${weekday.format(new Date(`${date}T12:00:00Z`))} ${date.split('-').reverse().join('.')}`
