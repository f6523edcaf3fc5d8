import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DayNumbers, deskNumbers } from '../desk/report/numbers.ts'
import { daysBetween, type LocalDate, localDateOf, parseLocalDate } from '../domain/localDate.ts'
import { openWords } from '../infra/i18n.ts'
import { hoursReader } from '../queries/workingHours.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'
import { putFile } from './putFile.ts'
import { reportCsv } from './reportCsv.ts'

/** More days are asked for in parts. */
const mostDays = 366

interface Asked {
  from?: LocalDate
  to?: LocalDate
  file?: string
  utf8: boolean
}

/** `erc report [--from DATE] [--to DATE] [--to-file FILE] [--utf8]`: from the first of the month to today when not said. */
export function reportCommand(words: readonly string[]): DeskCommand | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: {
        ...{ from: { type: 'string' }, to: { type: 'string' } },
        ...{ 'to-file': { type: 'string' }, utf8: { type: 'boolean', default: false } },
      },
      allowPositionals: true,
    })
    const [from, to] = [values.from, values.to].map((day) => (day === undefined ? undefined : parseLocalDate(day)))
    const isWrong = (values.from !== undefined && !from) || (values.to !== undefined && !to)
    if (isWrong || positionals.length > 0 || values['to-file'] === '') return undefined
    const file = values['to-file']
    return (ground) =>
      report(ground, { utf8: values.utf8, ...(from && { from }), ...(to && { to }), ...(file && { file }) })
  } catch {
    return undefined
  }
}

async function report({ sql, config, now }: DeskGround, asked: Asked): Promise<DeskAnswer> {
  const { dataDir, rules } = config
  const to = asked.to ?? localDateOf(now, rules.timeZone)
  const from = asked.from ?? firstOfMonth(to)
  if (from > to) return refusal('Первый день позже последнего, отчёта нет.')
  if (daysBetween(from, to) >= mostDays) return refusal(`За один раз не больше ${mostDays} дней, отчёта нет.`)
  const days = await deskNumbers(sql, { from, to, hours: await hoursReader(sql, rules)(now) })
  const path = asked.file ?? join(dataDir, 'export', `desk_${digits(from)}_${digits(to)}.csv`)
  await putFile(path, reportCsv(days, openWords(rules.timeZone), asked.utf8 ? 'utf8' : 'windows-1251'))
  const sum = (of: (day: DayNumbers) => number) => days.reduce((total, day) => total + of(day), 0)
  const counts = [
    `дней: ${days.length}`,
    `обратились: ${sum(({ asked }) => asked)}`,
    `закрыто: ${sum(({ closed }) => closed)}`,
    `ушли без ответа: ${sum(({ abandoned }) => abandoned)}`,
    `обращений: ${sum(({ requests }) => requests.came)}`,
  ]
  return { lines: [`${path}: ${counts.join(', ')}`] }
}

const firstOfMonth = (day: LocalDate): LocalDate => parseLocalDate(`${day.slice(0, 8)}01`) ?? day
const digits = (day: LocalDate): string => day.replaceAll('-', '')
