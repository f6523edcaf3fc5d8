import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { startProduct } from '../../bots/product.ts'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import type { RateSecond } from '../../bots/sandbox/residentRate.ts'
import { wavesOf } from '../../src/domain/reminders/waves.ts'
import type { ChatId } from '../../src/engine/event.ts'
import { newState } from '../../src/engine/state.ts'
import { makeBigTown } from '../../src/exchange/bigTown.ts'
import { type Database, sqlOn } from '../../src/infra/database.ts'
import { openLogger } from '../../src/infra/logger.ts'
import { wavePlanner } from '../../src/notices/planWave.ts'
import { beginWave } from '../../src/notices/waveRows.ts'
import { testClock } from '../support/clock.ts'
import { hashKey } from '../support/hashKey.ts'
import { sandboxConfig } from '../support/town.ts'
import { started, stopped } from './processes.ts'
import { waveDay, waveMoment } from './wavePlanning.ts'

export interface Asked {
  telegram: number
  vk: number
  /** How many people talk to the bot meanwhile, and for how many seconds without the wave before it. */
  talking: number
  calmSeconds: number
}

export interface Sending {
  seconds: RateSecond[]
  shown: { telegram: number; vk: number }
  /** Of every answer to a person, in milliseconds. */
  calm: number[]
  during: number[]
  /** Of this process during the wave, the people who talk included: milliseconds of the processor a message. */
  cpuMs: number
}

/** Sends one wave through the product to messengers that refuse what is too much, while some people talk to it. */
export async function sendWave(
  database: Database,
  databaseUrl: string,
  folder: string,
  asked: Asked,
): Promise<Sending> {
  const messengers = started(new URL('sandboxProcess.ts', import.meta.url), {
    env: { FOLDER: folder },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [{ url }] = await once(messengers, 'message')
  const clock = testClock(waveMoment)
  const config = sandboxConfig(url, databaseUrl, { TELEGRAM_MESSAGES_PER_SECOND: '30' })
  const hand = new SandboxHand(url)
  const product = await startProduct({
    ...{ config, hashKey, databaseUrl, clock },
    log: openLogger({ level: 'error' }),
    fatal: (reason) => {
      throw reason
    },
  })
  try {
    const crowd = await hand.addCrowd(asked.telegram + asked.vk + asked.talking)
    const people = crowd.splice(0, asked.talking).map(({ id }, nth) => hand.resident(nth % 2 ? 'vk' : 'telegram', id))
    await inhabit(database, crowd, asked, clock.now())
    for (const one of people) {
      await one.start()
      await one.reply()
    }
    const calm = await talked(people, () => pause(asked.calmSeconds * 1_000))
    const [wave] = wavesOf(waveDay, withReadings(config.rules))
    if (!wave) throw new Error('a wave of readings')
    await wavePlanned(database, wave, config.rules, clock)
    const cpu = process.cpuUsage()
    const during = await talked(people, () => sent(database))
    const { user, system } = process.cpuUsage(cpu)
    const { rows } = await database.pool.query<{ messenger: 'telegram' | 'vk'; count: number }>(
      `SELECT split_part(chat, ':', 1) AS messenger, count(*)::int AS count FROM notice WHERE state = 'shown' GROUP BY 1`,
    )
    const of = (messenger: string) => rows.find((row) => row.messenger === messenger)?.count ?? 0
    return {
      ...{ calm, during },
      cpuMs: (user + system) / 1_000 / (asked.telegram + asked.vk),
      seconds: await hand.residentRate(),
      shown: { telegram: of('telegram'), vk: of('vk') },
    }
  } finally {
    await product.close()
    await stopped(messengers)
  }
}

type Rules = ReturnType<typeof sandboxConfig>['rules']
const withReadings = (rules: Rules): Rules => ({ ...rules, reminders: { ...rules.reminders, waves: ['readings'] } })

async function wavePlanned(
  database: Database,
  wave: ReturnType<typeof wavesOf>[number],
  rules: Rules,
  clock: ReturnType<typeof testClock>,
): Promise<void> {
  await beginWave(sqlOn(database), wave, clock.now())
  await wavePlanner({ database, clock, rules })(wave.id, () => false)
}

/** Residents of the sample kind who have not given anything, one chat each. */
async function inhabit(
  database: Database,
  crowd: readonly { telegramId: number; vkId: number }[],
  { telegram }: Asked,
  now: Date,
): Promise<void> {
  await makeBigTown(sqlOn(database), { accounts: crowd.length, now, today: waveDay })
  await database.pool.query(`DELETE FROM reading; DELETE FROM conversation WHERE resident_id IS NOT NULL`)
  const chats = crowd.map(
    ({ telegramId, vkId }, nth): ChatId => (nth < telegram ? `telegram:${telegramId}` : `vk:${vkId}`),
  )
  const at = { dialog: 'menu', version: 1, place: { at: 'menu' }, accountId: 0, trail: [] }
  await database.pool.query(
    `INSERT INTO conversation (chat, revision, state, resident_id, updated_at)
     SELECT chat, 1, $2::jsonb, md5('resident:' || nth)::uuid, $3 FROM unnest($1::text[]) WITH ORDINALITY AS i (chat, nth)`,
    [chats, JSON.stringify({ ...newState(), at }), now],
  )
  await database.pool.query('ANALYZE')
}

/** Each says a word, waits for the answer and then a moment, as long as that goes on; answers how long the answers took. */
async function talked(people: ReturnType<SandboxHand['resident']>[], until: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  let isOver = false
  const all = people.map(async (one, nth) => {
    await pause(nth * 150)
    while (!isOver) {
      const from = performance.now()
      await one.say('меню')
      await one.reply()
      took.push(performance.now() - from)
      await pause(2_000)
    }
  })
  await until()
  isOver = true
  await Promise.all(all)
  return took
}

async function sent(database: Database): Promise<void> {
  const left = `SELECT FROM notice WHERE state IN ('planned', 'told') LIMIT 1`
  while ((await database.pool.query(left)).rows.length > 0) await pause(200)
}

export function reportSending({ seconds, shown, calm, during, cpuMs }: Sending): string {
  const [telegram, vk] = [whileFull(seconds, 'telegram'), whileFull(seconds, 'vk')]
  const refusals = ({ first, after }: Full) => `refused: ${first} in the first second, ${after} after it`
  const took = (ms: readonly number[]) => `p50 ${at(ms, 0.5)} ms, p99 ${at(ms, 0.99)} ms of ${ms.length}`
  return [
    'A wave sent to messengers that enforce their limits, while people talk to the bot:',
    `  Telegram: ${shown.telegram} messages shown; ${telegram.calls.toFixed(1)} a second for ${telegram.seconds} s, ${percent(telegram.calls / 30)} of the permitted 30; ${refusals(telegram)}`,
    `  VK: ${shown.vk} messages shown; ${vk.calls.toFixed(1)} calls a second for ${vk.seconds} s, ${percent(vk.calls / 20)} of the permitted 20; ${(vk.messages / vk.calls).toFixed(1)} messages a call, ${vk.messages.toFixed(0)} a second, ${percent(vk.messages / 500)} of the permitted 500; ${refusals(vk)}`,
    `  answers to people: ${took(calm)} without the wave; ${took(during)} during it`,
    `  ${cpuMs.toFixed(1)} ms of our processor a message`,
  ].join('\n')
}

/** A second's average while a messenger was kept busy: from the second after the one in which that began to the one before the last. */
interface Full {
  seconds: number
  calls: number
  messages: number
  /** Of calls, up to the second in which it began and after that. */
  first: number
  after: number
}

function whileFull(seconds: readonly RateSecond[], messenger: 'telegram' | 'vk'): Full {
  const busy = seconds.filter((one) => one[messenger] > 0 || one.tooMany[messenger] > 0)
  const most = Math.max(...busy.map((one) => one[messenger]))
  const from = busy.findIndex((one) => one[messenger] > most / 2)
  const full = busy.slice(
    from + 1,
    busy.findLastIndex((one) => one[messenger] > most / 2),
  )
  const length = Math.max(1, (full.at(-1)?.second ?? 0) - (full[0]?.second ?? 0) + 1)
  const sum = (some: readonly RateSecond[], of: (one: RateSecond) => number) =>
    some.reduce((all, one) => all + of(one), 0)
  const refused = (one: RateSecond) => one.tooMany[messenger]
  return {
    seconds: length,
    calls: sum(full, (one) => one[messenger]) / length,
    messages: sum(full, (one) => one.vkMessages) / length,
    first: sum(busy.slice(0, from + 1), refused),
    after: sum(busy.slice(from + 1), refused),
  }
}

const percent = (part: number): string => `${(part * 100).toFixed(0)} %`
const at = (ms: readonly number[], part: number): string =>
  (ms.toSorted((a, b) => a - b)[Math.min(ms.length - 1, Math.floor(ms.length * part))] ?? 0).toFixed(0)
