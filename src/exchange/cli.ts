import cliProgress from 'cli-progress'
import pg from 'pg'
import { nextMomentWithin } from '../domain/hours.ts'
import { localDateOf } from '../domain/localDate.ts'
import { openReceiptStore } from '../files/receiptStore.ts'
import { systemClock } from '../infra/clock.ts'
import { type Config, readConfig } from '../infra/config.ts'
import { AppError } from '../infra/errors.ts'
import { hashKeyOf } from '../infra/hashKey.ts'
import { deskCommand, ercDesk } from './cliDesk.ts'
import { ercExport, exportWords } from './cliExport.ts'
import { emptyDatabase, outcomeLine, receiptsLine, usage } from './cliText.ts'
import { inLoadingOrder } from './fileName.ts'
import { importFile } from './importFile.ts'
import { importReceipts } from './importReceipts.ts'
import { isEmpty, nameOfProductDatabase, openProductDatabase } from './productDatabase.ts'
import { receiptFolderStamp } from './receiptName.ts'

/** The `erc` command. Answers its exit code: 0 all is done, 1 something refused, 2 called or set up wrongly, 130 interrupted. */
async function erc(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [command, ...files] = words
  const outgoing = command === 'export' ? exportWords(files) : undefined
  const ofDesk = deskCommand(words)
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(usage)
    return 0
  }
  const isImport = command === 'import' && files.length > 0 && !files.some((file) => file.startsWith('--'))
  if (!outgoing && !ofDesk && !isImport) {
    process.stderr.write(usage)
    return 2
  }
  const config = readConfig(env)
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  process.stdout.write(`База данных: ${nameOfProductDatabase(config)}\n`)
  if (ofDesk) return ercDesk(ofDesk, config, interrupted.signal)
  return outgoing ? ercExport(outgoing, config, interrupted.signal) : ercImport(files, config, interrupted.signal)
}

async function ercImport(files: string[], config: Config, signal: AbortSignal): Promise<number> {
  const hashKey = await hashKeyOf(config)
  const { mailingHours, timeZone } = config.rules
  const { database, close } = await openProductDatabase(config)
  try {
    if (await isEmpty(database)) process.stdout.write(emptyDatabase(config.databaseUrl ? 'DATABASE_URL' : 'DATA_DIR'))
    let exitCode = 0
    for (const file of inLoadingOrder(files)) {
      const bar = progressBar()
      if (receiptFolderStamp(file) !== undefined) {
        const store = openReceiptStore(config.receipts.folder)
        const result = await importReceipts(database, store, file, {
          mostBytes: config.receipts.mostBytes,
          signal,
          onProgress: ({ files, of }) => bar?.update(Math.floor((files / of) * 100)),
        }).finally(() => bar?.stop())
        const isWrong = result.refused !== undefined || result.bad > 0
        ;(isWrong ? process.stderr : process.stdout).write(`${receiptsLine(file, result)}\n`)
        if (isWrong) exitCode = 1
        continue
      }
      const now = systemClock.now()
      const result = await importFile(database, file, {
        hashKey,
        agreement: config.rules.payment.agreement,
        today: localDateOf(now, timeZone),
        newsAt: nextMomentWithin(now, mailingHours, timeZone),
        signal,
        onProgress: ({ readBytes, allBytes }) => bar?.update(Math.floor((readBytes / allBytes) * 100)),
      }).finally(() => bar?.stop())
      const output = result.refused ? process.stderr : process.stdout
      output.write(`${outcomeLine(file, result)}\n`)
      if (result.refused) exitCode = 1
    }
    return exitCode
  } catch (error) {
    if (error !== signal.reason) throw error
    process.stderr.write('Прервано. Файл, который загружался, не загружен.\n')
    return 130
  } finally {
    await close()
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
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : 'неизвестная ошибка'
}

try {
  process.exitCode = await erc(process.argv.slice(2), process.env)
} catch (error) {
  process.stderr.write(`Не получилось: ${explain(error)}\n`)
  process.exitCode = error instanceof AppError && error.code === 'CONFIG' ? 2 : 1
}
