import cliProgress from 'cli-progress'
import pg from 'pg'
import { AppError } from '../infra/errors.ts'
import { outcomeLine, usage } from './cliText.ts'
import { inLoadingOrder } from './fileName.ts'
import { importFile } from './importFile.ts'
import { openProductDatabase } from './productDatabase.ts'

/** The `erc` command. Answers its exit code: 0 all loaded, 1 something refused, 2 called wrongly, 130 interrupted. */
async function erc(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [command, ...files] = words
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(usage)
    return 0
  }
  if (command !== 'import' || files.length === 0 || files.some((file) => file.startsWith('--'))) {
    process.stderr.write(usage)
    return 2
  }
  const settings = readSettings(env)
  if (!settings) {
    process.stderr.write('HASH_KEY: не задан; нужен ключ для кодов активации, тот же, с которым запущен бот\n')
    return 2
  }
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  const { database, close } = await openProductDatabase(settings)
  try {
    let exitCode = 0
    for (const file of inLoadingOrder(files)) {
      const bar = progressBar()
      const result = await importFile(database, file, {
        hashKey: settings.hashKey,
        signal: interrupted.signal,
        onProgress: ({ readBytes, allBytes }) => bar?.update(Math.floor((readBytes / allBytes) * 100)),
      }).finally(() => bar?.stop())
      const output = result.refused ? process.stderr : process.stdout
      output.write(`${outcomeLine(file, result)}\n`)
      if (result.refused) exitCode = 1
    }
    return exitCode
  } catch (error) {
    if (!interrupted.signal.aborted) throw error
    process.stderr.write('Прервано. Файл, который загружался, не загружен.\n')
    return 130
  } finally {
    await close()
  }
}

function readSettings(env: NodeJS.ProcessEnv): { databaseUrl?: string; dataDir: string; hashKey: string } | undefined {
  if (!env.HASH_KEY) return undefined
  return {
    ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }),
    dataDir: env.DATA_DIR || './data',
    hashKey: env.HASH_KEY,
  }
}

/** Only for a person who watches: in a log file a bar is litter. */
function progressBar(): cliProgress.SingleBar | undefined {
  if (!process.stderr.isTTY) return undefined
  const bar = new cliProgress.SingleBar({ format: '{bar} {percentage}%', clearOnComplete: true, hideCursor: true })
  bar.start(100, 0)
  return bar
}

/** PostgreSQL's own message may quote a cell: only its code is told. */
function explain(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`
  if (error instanceof pg.DatabaseError) return `PostgreSQL, код ${error.code}`
  return error instanceof Error ? error.message : 'неизвестная ошибка'
}

try {
  process.exitCode = await erc(process.argv.slice(2), process.env)
} catch (error) {
  process.stderr.write(`Не получилось: ${explain(error)}\n`)
  process.exitCode = 1
}
