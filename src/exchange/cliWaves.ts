import { DateTime } from 'luxon'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'
import { type WaveReport, waveReports, whatFollowed } from './waveReport.ts'
import { type Steer, steerWave } from './waveSteering.ts'

/** `erc waves` | ID | pause ID | resume ID | stop ID. */
export function wavesCommand(words: readonly string[]): DeskCommand | undefined {
  const [what, id, ...more] = words
  if (more.length > 0) return undefined
  if (what === undefined || (what === 'list' && id === undefined)) return list
  if (id === undefined) return (ground) => one(ground, what)
  const steer = steers.find((known) => known === what)
  return steer && ((ground) => steered(ground, steer, id))
}

const steers = ['pause', 'resume', 'stop'] as const satisfies Steer[]

async function list(ground: DeskGround): Promise<DeskAnswer> {
  const reports = await waveReports(ground.sql)
  return { lines: reports.length > 0 ? reports.map((report) => line(report, ground)) : ['Рассылок ещё не было.'] }
}

async function one(ground: DeskGround, id: string): Promise<DeskAnswer> {
  const [report] = await waveReports(ground.sql, { id })
  if (!report) return refusal(`Рассылки ${id} нет. Какие есть: npm run erc -- waves`)
  const { answered, readings } = await whatFollowed(ground.sql, id)
  const { shown, blocked, failed, dropped, left, onTheWay } = report
  return {
    lines: [
      line(report, ground),
      `Показано: ${shown}, бот заблокирован: ${blocked}, не доставлено: ${failed}, стало не нужно: ${dropped}, в пути: ${onTheWay}, осталось: ${left}`,
      `Ответили или продолжили разговор: ${answered}, передали показания за три дня: ${readings}`,
    ],
  }
}

async function steered({ sql, now }: DeskGround, steer: Steer, id: string): Promise<DeskAnswer> {
  const state = await steerWave(sql, steer, id, now)
  if (state === undefined) return refusal(`Рассылки ${id} нет, или она уже закончена.`)
  return { lines: [`${id}: ${states[state]}.`] }
}

const states: Record<WaveReport['state'], string> = {
  running: 'идёт',
  paused: 'приостановлена',
  stopped: 'остановлена',
  done: 'закончена',
}

function line({ id, state, dueAt, isPlanned, planned, left, shown }: WaveReport, { config }: DeskGround): string {
  const at = DateTime.fromJSDate(dueAt, { zone: config.rules.timeZone }).toFormat('dd.MM.yyyy HH:mm')
  const counted = isPlanned ? `жителей: ${planned}` : `жителей пока: ${planned}, подбираем дальше`
  return `${id}  ${at}, ${states[state]}; ${counted}, показано: ${shown}, осталось: ${left}`
}
