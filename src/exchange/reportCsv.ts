import iconv from 'iconv-lite'
import { staffLanguage } from '../desk/records.ts'
import type { ConsultantNumbers } from '../desk/report/consultantNumbers.ts'
import type { DayNumbers, Numbers } from '../desk/report/numbers.ts'
import type { RequestNumbers } from '../desk/report/requestNumbers.ts'
import { subjectName } from '../desk/report/text.ts'
import type { Words } from '../engine/text.ts'
import { type Cell, csvOf } from '../files/csv.ts'
import type { Encoding } from './writeFile.ts'

const columns = [
  ...['день', 'разрез', 'название', 'обратились', 'взято', 'закрыто', 'ушли без ответа', 'ещё открыто'],
  ...['первый ответ, медиана, мин', 'первый ответ, худший, мин', 'оценка', 'оценок', 'просрочено'],
]

/**
 * The desk's numbers as a table for a spreadsheet: of each day the whole, then by subject, then by consultant, then requests. What does not apply is empty. A letter
 * that the encoding does not have (in a name) becomes a question mark.
 */
export function reportCsv(days: readonly DayNumbers[], words: Words, encoding: Encoding): Uint8Array {
  const table = csvOf([columns, ...days.flatMap((day) => rowsOf(day, words))])
  return encoding === 'utf8' ? table : iconv.encode(iconv.decode(Buffer.from(table), 'utf8'), encoding)
}

function rowsOf(day: DayNumbers, words: Words): Cell[][] {
  return [
    [day.day, 'все', '', ...numberCells(day)],
    ...day.subjects.map((one) => [
      day.day,
      'тема',
      words.plain(staffLanguage, subjectName(one.subject)),
      ...numberCells(one),
    ]),
    ...day.consultants.map((one) => [day.day, 'консультант', nameOf(one), ...consultantCells(one)]),
    [day.day, 'обращения', '', ...requestCells(day.requests)],
  ]
}

const nameOf = ({ id, name }: ConsultantNumbers): string =>
  name ?? `администратор сообщества ВК ${id.replace(/^vk:/, '')}`

const numberCells = ({ asked, closed, abandoned, open, wait, rating }: Numbers): Cell[] => [
  ...[whole(asked), '', whole(closed), whole(abandoned), whole(open)],
  ...[wait ? tenths(wait.median) : '', wait ? tenths(wait.worst) : ''],
  ...ratingCells(rating),
  '',
]

const consultantCells = ({ taken, closed, rating }: ConsultantNumbers): Cell[] => [
  ...['', whole(taken), whole(closed), '', '', '', ''],
  ...ratingCells(rating),
  '',
]

const requestCells = ({ came, finished, overdue }: RequestNumbers): Cell[] => [
  ...[whole(came), '', whole(finished), '', '', '', '', '', ''],
  whole(overdue),
]

const ratingCells = (rating: Numbers['rating']): Cell[] =>
  rating ? [tenths(rating.average), whole(rating.count)] : ['', '']

const whole = (value: number): Cell => ({ decimal: String(value) })
const tenths = (value: number): Cell => ({ decimal: value.toFixed(1).replace('.', ',') })
