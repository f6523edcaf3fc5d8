import { DateTime } from 'luxon'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'
import { type WaveReport, waveReports, whatFollowed } from './waveReport.ts'
import { stateOf, waveStates } from './waveState.ts'
import { type Steer, steerWave } from './waveSteering.ts'

/** `erc waves` | ID [--follow] | pause ID | resume ID | stop ID. */
export function wavesCommand(words: readonly string[]): DeskCommand | undefined {
  const [what, id, ...more] = words
  if (more.length > 0) return undefined
  if (what === undefined || (what === 'list' && id === undefined)) return list
  if (id === undefined) return (ground) => waveTold(ground, what)
  if (id === '--follow') return (ground) => followed(ground, what)
  const steer = steers.find((known) => known === what)
  return steer && ((ground) => steered(ground, steer, id))
}

const steers = ['pause', 'resume', 'stop'] as const satisfies Steer[]

async function list(ground: DeskGround): Promise<DeskAnswer> {
  const reports = await waveReports(ground.sql)
  return { lines: reports.length > 0 ? reports.map((report) => line(report, ground)) : ['Рассылок ещё не было.'] }
}

/** What has come of it is told at the end, once. */
async function followed({ sql }: DeskGround, id: string): Promise<DeskAnswer> {
  const [report] = await waveReports(sql, { id })
  return report ? { lines: [], follow: id } : noWave(id)
}

const noWave = (id: string): DeskAnswer => refusal(`Рассылки ${id} нет. Какие есть: npm run erc -- waves`)

export async function waveTold(ground: DeskGround, id: string): Promise<DeskAnswer> {
  const [report] = await waveReports(ground.sql, { id })
  if (!report) return noWave(id)
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
  return { lines: [`${id}: ${waveStates[state]}.`] }
}

function line(report: WaveReport, { config, now }: DeskGround): string {
  const { id, dueAt, isPlanned, planned, left, shown } = report
  const at = DateTime.fromJSDate(dueAt, { zone: config.rules.timeZone }).toFormat('dd.MM.yyyy HH:mm')
  const counted = isPlanned ? `жителей: ${planned}` : `жителей пока: ${planned}, подбираем дальше`
  return `${id}  ${at}, ${stateOf(report, now, config.rules)}; ${counted}, показано: ${shown}, осталось: ${left}`
}
