import { cannedFields, longestCannedName, longestCannedReply, unknownField } from '../domain/cannedReply.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'

/** `erc canned list | set NAME TEXT | remove NAME`. */
export function cannedCommand([what, ...words]: readonly string[]): DeskCommand | undefined {
  const [name = '', ...texts] = words
  if (what === 'list') return words.length === 0 ? list : undefined
  if (!/^\S+$/.test(name) || name.length > longestCannedName) return undefined
  if (what === 'remove') return texts.length === 0 ? (ground) => remove(ground, name) : undefined
  const reply = texts.join(' ').trim()
  return what === 'set' && reply !== '' ? (ground) => keep(ground, name.toLowerCase(), reply) : undefined
}

async function list({ sql }: DeskGround): Promise<DeskAnswer> {
  const all = await sql<{ name: string; text: string }>(
    'erc.canned.list',
    'SELECT name, text FROM canned_reply ORDER BY name',
    [],
  )
  if (all.length === 0) return { lines: ['Готовых ответов пока нет. Добавить: npm run erc -- canned set ИМЯ ТЕКСТ'] }
  return { lines: all.map(({ name, text }) => `${name}: ${text.replaceAll('\n', '\n  ')}`) }
}

async function keep({ sql, now }: DeskGround, name: string, reply: string): Promise<DeskAnswer> {
  const wrong = unknownField(reply)
  const fields = cannedFields.map((field) => `{{${field}}}`).join(', ')
  if (wrong !== undefined) return refusal(`Поля {{${wrong}}} нет, ничего не сохранено. Поля: ${fields}.`)
  if (reply.length > longestCannedReply)
    return refusal(`В ответе ${reply.length} знаков, а может быть ${longestCannedReply}: ничего не сохранено.`)
  await sql(
    'erc.canned.keep',
    `INSERT INTO canned_reply (name, text, changed_at) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET text = excluded.text, changed_by = NULL, changed_at = excluded.changed_at`,
    [name, reply, now],
  )
  return { lines: [`Сохранено. Вставить в чат: /q ${name}`] }
}

async function remove({ sql }: DeskGround, name: string): Promise<DeskAnswer> {
  const gone = await sql('erc.canned.remove', 'DELETE FROM canned_reply WHERE lower(name) = lower($1) RETURNING 1', [
    name,
  ])
  return gone.length > 0 ? { lines: [`Удалено: ${name}.`] } : refusal(`Готового ответа «${name}» нет.`)
}
