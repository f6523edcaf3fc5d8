import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { consultantBy } from '../desk/consultants.ts'
import { staffLanguage } from '../desk/records.ts'
import { giveTo } from '../desk/requests/giveTo.ts'
import { moveRequest, refusalOf } from '../desk/requests/move.ts'
import { isText } from '../desk/requests/naming.ts'
import { whyUnreached } from '../desk/requests/reach.ts'
import { refusalText } from '../desk/requests/refusal.ts'
import { type DeskRequest, findRequest } from '../desk/requests/request.ts'
import { untoldText } from '../desk/requests/untold.ts'
import type { RequestFile } from '../domain/requests/lines.ts'
import type { RequestState } from '../domain/requests/states.ts'
import { openFileStore } from '../files/store.ts'
import { inTransaction } from '../infra/database.ts'
import { openWords } from '../infra/i18n.ts'
import { type DeskAnswer, type DeskGround, refusal } from './cliDeskCommand.ts'

/** What the operator may bring a request to, by the word of the command. */
const judgements = {
  answer: 'answered',
  ask: 'waiting',
  accept: 'accepted',
  reject: 'rejected',
  redirect: 'redirected',
  close: 'closed',
} as const satisfies Record<string, RequestState>

export type Judgement = keyof typeof judgements

export const isJudgement = (word: string): word is Judgement => Object.hasOwn(judgements, word)

/** These say nothing to a resident without words. */
const wantWords: readonly Judgement[] = ['ask', 'reject', 'redirect']

/** Telegram's largest; VK takes more. */
const mostBytes = 50 * 1024 * 1024
const mostFiles = 10

interface Judging {
  what: Judgement
  number: number
  text: string
  files: string[]
}

/** Moves a request as a supervisor could, and has its resident told. */
export async function judge(ground: DeskGround, asked: Judging): Promise<DeskAnswer> {
  const { sql, database, config, now } = ground
  const { what, number, text: said, files } = asked
  const request = await numbered(ground, number)
  if (!request) return refusal(`Обращения № ${number} нет.`)
  if (said === '' && (files.length === 0 || wantWords.includes(what)) && what !== 'accept' && what !== 'close')
    return refusal('Нужны слова для жителя: --text ТЕКСТ. Ничего не отправлено.')
  const wrong = await wrongFile(files)
  if (wrong !== undefined) return refusal(`${wrong} Ничего не отправлено.`)
  const to = what === 'answer' && request.kind !== 'question' ? 'done' : judgements[what]
  const locales = openWords(config.rules.timeZone)
  const refused = refusalOf(request, { to, by: 'operator' })
  if (refused) return refusal(locales.plain(staffLanguage, await refusalText(sql, refused)))
  const kept = await keep(ground, request, files)
  const words = { text: said, files: kept }
  const moved = await inTransaction(database, (transaction) =>
    moveRequest(transaction, { request: request.id, by: 'operator', to, words, now }),
  )
  if (moved.kind === 'refused') return refusal(locales.plain(staffLanguage, await refusalText(sql, moved.refusal)))
  const is = locales.plain(staffLanguage, isText(to))
  const why = await whyUnreached(sql, moved.request)
  const told = why ? locales.plain(staffLanguage, untoldText(number, why)) : 'Житель узнает об этом от бота.'
  return { lines: [`№ ${number}: ${is}. ${told}`] }
}

async function numbered({ sql }: DeskGround, number: number): Promise<DeskRequest | undefined> {
  const [found] = await sql<{ id: string }>(
    'erc.requests.numbered',
    `SELECT id FROM request WHERE number = $1 AND state <> 'draft'`,
    [number],
  )
  return found && findRequest(sql, found.id)
}

async function wrongFile(files: readonly string[]): Promise<string | undefined> {
  if (files.length > mostFiles) return `Файлов не больше ${mostFiles}.`
  for (const path of files) {
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) return `Файла ${path} нет.`
    if (found.size === 0) return `Файл ${path} пустой.`
    if (found.size > mostBytes) return `Файл ${path} больше 50 МБ.`
  }
  return undefined
}

async function keep(
  { database, now, newId }: DeskGround,
  { chat }: DeskRequest,
  files: readonly string[],
): Promise<RequestFile[]> {
  const store = openFileStore(database)
  const kept: RequestFile[] = []
  for (const path of files) {
    const [id, bytes] = [newId(), await readFile(path)]
    const file = { id, kind: 'document' as const, name: basename(path) }
    await store.add({ ...file, bytes, chat, now })
    kept.push({ ...file, size: bytes.length })
  }
  return kept
}

/** `erc requests assign`. */
export async function assign(ground: DeskGround, number: number, id: string): Promise<DeskAnswer> {
  const { sql, database, config, now } = ground
  const [request, who] = [await numbered(ground, number), await consultantBy(sql, id)]
  if (!request) return refusal(`Обращения № ${number} нет.`)
  if (!who) return refusal(`Консультанта ${id} нет.`)
  const refused = await inTransaction(database, (transaction) =>
    giveTo(transaction, { request: request.id, to: who, now }),
  )
  if (refused?.why === 'yours') return refusal(`№ ${number} уже ведёт ${who.name}.`)
  const words = openWords(config.rules.timeZone)
  if (refused) return refusal(words.plain(staffLanguage, await refusalText(sql, refused)))
  return { lines: [`№ ${number}: ведёт ${who.name}.`] }
}
