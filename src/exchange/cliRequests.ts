import { parseArgs } from 'node:util'
import { staffLanguage } from '../desk/records.ts'
import { openRequests } from '../desk/requests/board.ts'
import { requestFacts } from '../desk/requests/facts.ts'
import { lineText } from '../desk/requests/message.ts'
import { requestLineText } from '../desk/requests/ofTopic.ts'
import { addDays, localDateOf } from '../domain/localDate.ts'
import { openWords } from '../infra/i18n.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'
import { assign, isJudgement, type Judgement, judge } from './cliRequestsActs.ts'
import { putFile } from './putFile.ts'
import { requestRows, requestsCsv } from './requestsCsv.ts'

/** `erc requests` list | show NUMBER | assign NUMBER ID | answer, ask, accept, reject, redirect, close NUMBER [--text TEXT] [--file FILE]…. */
export function requestsCommand(words: readonly string[]): DeskCommand | undefined {
  const [what, ...rest] = words
  if (what === undefined || what.startsWith('--')) return listCommand(words)
  if (what === 'show' || what === 'assign') {
    const [number, id, ...more] = rest
    if (!isNumber(number) || more.length > 0) return undefined
    if (what === 'show') return id === undefined ? (ground) => show(ground, Number(number)) : undefined
    return id === undefined ? undefined : (ground) => assign(ground, Number(number), id)
  }
  return isJudgement(what) ? judgeCommand(what, rest) : undefined
}

const isNumber = (word: string | undefined): word is string => /^[1-9]\d{0,8}$/.test(word ?? '')

function judgeCommand(what: Judgement, words: readonly string[]): DeskCommand | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { text: { type: 'string', default: '' }, file: { type: 'string', multiple: true, default: [] } },
      allowPositionals: true,
    })
    const [number, ...more] = positionals
    if (!isNumber(number) || more.length > 0) return undefined
    return (ground) => judge(ground, { what, number: Number(number), text: values.text.trim(), files: values.file })
  } catch {
    return undefined
  }
}

interface Listing {
  overdue: boolean
  all: boolean
  utf8: boolean
  csv?: string | undefined
}

function listCommand(words: readonly string[]): DeskCommand | undefined {
  try {
    const flag = { type: 'boolean', default: false } as const
    const { values } = parseArgs({
      args: [...words],
      options: { overdue: flag, all: flag, utf8: flag, csv: { type: 'string' } },
    })
    if (values.csv === '' || (values.overdue && values.all) || (values.all && values.csv === undefined))
      return undefined
    return (ground) => list(ground, values)
  } catch {
    return undefined
  }
}

async function list({ sql, config: { rules }, now }: DeskGround, asked: Listing): Promise<DeskAnswer> {
  const today = localDateOf(now, rules.timeZone)
  const words = openWords(rules.timeZone)
  const until = asked.overdue ? addDays(today, -1) : undefined
  if (asked.csv !== undefined) {
    const rows = await requestRows(sql, { until, evenOver: asked.all })
    await putFile(asked.csv, requestsCsv(rows, { words, rules, now, encoding: asked.utf8 ? 'utf8' : 'windows-1251' }))
    return { lines: [`${asked.csv}: обращений: ${rows.length}`] }
  }
  const open = await openRequests(sql, until)
  if (open.length === 0) return { lines: [asked.overdue ? 'Просроченных обращений нет.' : 'Открытых обращений нет.'] }
  return { lines: open.map((one) => words.plain(staffLanguage, requestLineText(one, today))) }
}

async function show({ sql, config: { rules }, now }: DeskGround, number: number): Promise<DeskAnswer> {
  const [found] = await sql<{ id: string }>(
    'erc.requests.find',
    `SELECT id FROM request WHERE number = $1 AND state <> 'draft'`,
    [number],
  )
  const facts = found && (await requestFacts(sql, found.id))
  if (!facts) return refusal(found ? `Житель из № ${number} удалил свои данные.` : `Обращения № ${number} нет.`)
  const words = openWords(rules.timeZone)
  const head = requestLineText({ ...facts, holder: facts.holder ?? null }, localDateOf(now, rules.timeZone))
  const said = facts.lines.flatMap((line) => lineText(line, Number.POSITIVE_INFINITY) ?? [])
  return { lines: [head, ...said].map((one) => words.plain(staffLanguage, one)) }
}
