import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { addMissing } from '../src/desk/consultants.ts'
import { localDateOf } from '../src/domain/localDate.ts'
import { importSampleTown } from '../src/exchange/sampleTown.ts'
import { systemClock } from '../src/infra/clock.ts'
import { type Config, readConfig } from '../src/infra/config.ts'
import { isDatabaseDown, openDatabase, sqlOn } from '../src/infra/database.ts'
import { connectOrStart } from '../src/infra/embeddedPostgres.ts'
import { AppError } from '../src/infra/errors.ts'
import { hashKeyOf } from '../src/infra/hashKey.ts'
import { openLogger } from '../src/infra/logger.ts'
import { migrate } from '../src/infra/migrate.ts'
import { type Health, serveHealth } from './health.ts'
import { serveOps } from './ops.ts'
import { startProduct } from './product.ts'
import { sandboxTokens, staffForum } from './sandbox/tokens.ts'
import { sandboxConsultants } from './sandbox/world/staff.ts'

/** What has been started, the latest last; it is stopped in the reverse order, PostgreSQL after everything that uses it. */
const started: (() => Promise<unknown>)[] = []
let ending: Promise<void> | undefined

// A terminal's Ctrl-C comes twice through npm, once from each: it ends us once, and never in the midst of ending.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))

try {
  await start(readConfig(process.env))
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`)
  await end(1)
}

/** Starts what the configuration asks for; without any messenger's token a sandbox beside the product, with a sample town. */
async function start(settings: Config): Promise<void> {
  const embedded = settings.databaseUrl === undefined ? await connectOrStart({ dataDir: settings.dataDir }) : undefined
  if (embedded) started.push(() => embedded.stop())
  const databaseUrl = embedded?.url ?? settings.databaseUrl ?? ''
  const sandboxed = settings.sandbox ? withSandbox(settings, settings.sandbox) : Promise.resolve(settings)
  await Promise.all([migrated(databaseUrl), sandboxed])
  const config = await sandboxed
  if (config.sandbox) await loadSampleTown(databaseUrl, config)
  const secrets = [config.telegram?.token, config.vk?.token, config.desk?.token, config.hashKey].filter(
    (secret) => secret !== undefined,
  )
  const log = openLogger({ level: config.logLevel, secrets })
  const fatal = (reason: AppError) => {
    process.stderr.write(`${oneLine(reason)}\n`)
    void end(1)
  }
  const product = await startProduct({
    config,
    hashKey: await hashKeyOf(config),
    databaseUrl,
    clock: systemClock,
    log,
    fatal,
  })
  started.push(() => product.close())
  const health: Health = {
    database: product.database,
    listening: product.listening,
    wanted: [
      ...(config.telegram ? (['telegram'] as const) : []),
      ...(config.vk ? (['vk'] as const) : []),
      ...(config.desk ? (['consultants'] as const) : []),
    ].filter((name) => config.roles.includes(name)),
  }
  const { port, close } = await serveHealth(config, health)
  started.push(close)
  started.push((await serveOps(config.opsPort, { queues: product.queues, log })).close)
  process.stdout.write(
    config.sandbox
      ? `Песочница: http://localhost:${port}/ — Telegram и ВКонтакте здесь ненастоящие, город и жители вымышленные.\n`
      : `ЕРЦ в мессенджерах работает: http://localhost:${port}/healthz\n`,
  )
}

/** A database of one's own that does not answer is a setting to look at, not something to wait for. */
async function migrated(url: string): Promise<void> {
  try {
    await migrate(url)
  } catch (cause) {
    if (!isDatabaseDown(cause)) throw cause
    throw new AppError('CONFIG', { message: 'DATABASE_URL: PostgreSQL does not answer there', cause })
  }
}

async function withSandbox(config: Config, { port }: { port: number }): Promise<Config> {
  const child = fork(fileURLToPath(new URL('./sandbox/main.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SANDBOX_PORT: String(port), DATA_DIR: config.dataDir },
  })
  started.push(() => stopped(child))
  const taken = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('exit', () =>
      reject(new AppError('CONFIG', { message: `SANDBOX_PORT: the sandbox does not start on port ${port}` })),
    )
  })
  const root = `http://127.0.0.1:${taken}`
  const [telegram, staff] = sandboxTokens.telegram
  if (!telegram || !staff) throw new AppError('CONFIG')
  return {
    ...config,
    sandbox: { port: taken },
    telegram: { token: telegram.token, apiRoot: root },
    vk: { token: sandboxTokens.vk, groupId: sandboxTokens.vkGroupId, apiRoot: `${root}/method` },
    rules: { ...config.rules, hasDesk: true },
    desk: { token: staff.token, apiRoot: root, forums: [String(staffForum.id)], messagesPerMinute: 20 },
  }
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

async function loadSampleTown(url: string, config: Config): Promise<void> {
  const database = await openDatabase({ url, poolSize: 2 })
  try {
    const today = localDateOf(systemClock.now(), config.rules.timeZone)
    await importSampleTown(database, { hashKey: await hashKeyOf(config), today })
    await addMissing(sqlOn(database), sandboxConsultants, systemClock.now())
  } finally {
    await database.close()
  }
}

function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const stop of started.reverse()) await stop().catch((error) => process.stderr.write(`${oneLine(error)}\n`))
    process.exit(code)
  })()
  return ending
}

/** What an operator reads: the setting and what is expected of it, or which part of the world fails; never a stack. */
function oneLine(error: unknown): string {
  if (error instanceof AppError) return error.code === 'CONFIG' ? error.message : `${error.code}: ${error.message}`
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : 'unknown error'
}
