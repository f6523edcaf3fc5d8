import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import type { Contender, Setting } from './contender.ts'
import { fiveTurns } from './fiveTurns.ts'
import { cpuSecondsOf, started, stopped, watchOver } from './processes.ts'
import type { Round, RoundAsked } from './residents.ts'

/** What one round has shown. Seconds of CPU are for 1,000 turns, and unknown where the system does not tell. */
export interface Figures {
  turnsPerSecond: number
  p50Ms: number
  p99Ms: number
  callsPerResident: number
  botCpu: number | undefined
  databaseCpu: number | undefined
}

export interface Plan {
  /** How many residents talk in a round, and how many of them at the same time. */
  residents: number
  inFlight: number
  rounds: number
}

type Open = (setting: Setting) => Promise<Contender>

/**
 * Lets residents talk with each contender in turn, round after round, and answers the figures of every round by contender. The
 * first round, a quarter as long, warms up and is not counted. Fails when anybody was shown what he should not be, when a
 * contender makes another number of calls, when what is stored afterwards is not what was said, and on `signal`; whatever
 * happens, nothing of it is left running or lying about.
 */
export async function runBench(
  { residents, inFlight, rounds }: Plan,
  contenders: Open[],
  signal?: AbortSignal,
): Promise<Map<string, Figures[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'erc-bench-'))
  const callOff = watchOver(folder)
  const closing = [async () => callOff(), () => rm(folder, { recursive: true, force: true })]
  try {
    // PostgreSQL runs as a user of its own when we are root, and has to get in.
    await chmod(folder, 0o755)
    const server = started(new URL('./botApi.ts', import.meta.url))
    closing.push(() => stopped(server))
    const [{ port }] = await once(server, 'message')
    const api = new BotApi(`http://127.0.0.1:${port}`, signal)
    const warmUp = Math.ceil(residents / 4)
    const open: Contender[] = []
    for (const contender of contenders) {
      const one = await contender({ residents: warmUp + rounds * residents, apiRoot: api.root, folder })
      closing.push(() => one.close())
      open.push(one)
      await api.listens(one)
    }
    const figures = new Map(open.map(({ name }) => [name, [] as Figures[]]))
    for (const one of open) await measured(one, api, { first: 0, count: warmUp, inFlight })
    for (let round = 0; round < rounds; round++) {
      const asked = { first: warmUp + round * residents, count: residents, inFlight }
      for (const one of open) figures.get(one.name)?.push(await measured(one, api, asked))
    }
    for (const one of open) await one.check(warmUp + rounds * residents)
    return figures
  } finally {
    for (const close of closing.reverse()) await close().catch((error) => console.error(error))
  }
}

/** The Bot API server's process, as we use it. */
class BotApi {
  constructor(
    readonly root: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Waits until a bot asks for updates. */
  async listens({ token }: Contender): Promise<void> {
    await this.control(`${token}/listens`, {})
  }

  talk({ token }: Contender, asked: RoundAsked): Promise<Round> {
    return this.control(`${token}/talk`, asked)
  }

  private async control(wish: string, payload: object) {
    const { body } = await request(`${this.root}/control/${wish}`, {
      method: 'POST',
      body: JSON.stringify(payload),
      signal: this.signal ?? null,
    })
    const answer = (await body.json()) as { ok: boolean; result: never; description: string }
    if (!answer.ok) throw new Error(answer.description)
    return answer.result
  }
}

async function measured(contender: Contender, api: BotApi, asked: RoundAsked): Promise<Figures> {
  const before = await cpuOf(contender)
  const { ms, turnsMs, calls, wrong } = await api.talk(contender, asked)
  await contender.settled()
  const after = await cpuOf(contender)
  if (wrong.length > 0) throw new Error(`${contender.name}: ${wrong.slice(0, 3).join('; ')}`)
  const expected = fiveTurns(0).flatMap((turn) => turn.calls).length * asked.count
  if (calls !== expected) throw new Error(`${contender.name}: ${calls} calls instead of ${expected}`)
  const sorted = Float64Array.from(turnsMs).sort()
  const per1000 = (from?: number, to?: number) =>
    from === undefined || to === undefined ? undefined : ((to - from) / sorted.length) * 1000
  return {
    turnsPerSecond: (sorted.length / ms) * 1000,
    p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    callsPerResident: calls / asked.count,
    botCpu: per1000(before.bot, after.bot),
    databaseCpu: per1000(before.database, after.database),
  }
}

async function cpuOf({ processes: { bot, database } }: Contender) {
  return { bot: await cpuSecondsOf(bot), database: await cpuSecondsOf(database) }
}
