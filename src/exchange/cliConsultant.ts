import { parseArgs } from 'node:util'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'

const roles = ['consultant', 'supervisor'] as const
const roleNames: Record<(typeof roles)[number], string> = { consultant: 'консультант', supervisor: 'старший' }

/** A Telegram user id. */
const isId = (word: string | undefined): word is string => /^[1-9]\d{0,18}$/.test(word ?? '')
const longestName = 64

/** `erc consultant add ID NAME [--role ROLE] [--chats N] | remove ID | list`. */
export function consultantCommand([what, ...words]: readonly string[]): DeskCommand | undefined {
  if (what === 'list') return words.length === 0 ? list : undefined
  if (what === 'remove') {
    const [id, ...rest] = words
    return isId(id) && rest.length === 0 ? (ground) => remove(ground, id) : undefined
  }
  const added = what === 'add' ? addWords(words) : undefined
  return added && ((ground) => add(ground, added))
}

interface Added {
  id: string
  name: string
  role: (typeof roles)[number]
  mostChats: number | null
}

function addWords(words: readonly string[]): Added | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { role: { type: 'string', default: 'consultant' }, chats: { type: 'string' } },
      allowPositionals: true,
    })
    const [id, ...names] = positionals
    const name = names.join(' ').replace(/\s+/g, ' ').trim()
    const role = roles.find((one) => one === values.role)
    const areChats = values.chats === undefined || /^[1-9]\d{0,3}$/.test(values.chats)
    if (!isId(id) || !role || !areChats || name === '' || name.length > longestName) return undefined
    return { id, name, role, mostChats: values.chats === undefined ? null : Number(values.chats) }
  } catch {
    return undefined
  }
}

async function add({ sql, now }: DeskGround, { id, name, role, mostChats }: Added): Promise<DeskAnswer> {
  const [before] = await sql<{ gone: boolean }>(
    'erc.consultant.before',
    'SELECT removed_at IS NOT NULL AS gone FROM consultant WHERE id = $1',
    [id],
  )
  await sql(
    'erc.consultant.add',
    `INSERT INTO consultant (id, name, role, most_chats, added_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, most_chats = excluded.most_chats, removed_at = NULL`,
    [id, name, role, mostChats, now],
  )
  return { lines: [`${before && !before.gone ? 'Изменено' : 'Добавлено'}: ${id}, ${name}, ${roleNames[role]}.`] }
}

async function remove({ sql, now }: DeskGround, id: string): Promise<DeskAnswer> {
  const [gone] = await sql<{ name: string; chats: number }>(
    'erc.consultant.remove',
    `UPDATE consultant c SET removed_at = $2, shift_since = NULL WHERE id = $1 AND removed_at IS NULL
     RETURNING name, (SELECT count(*)::int FROM hand_off h WHERE h.taken_by = c.id AND h.state IN ('taken', 'on_hold')) AS chats`,
    [id, now],
  )
  if (!gone) return refusal(`Консультанта ${id} нет.`)
  const left = gone.chats > 0 ? ` Его чаты (${gone.chats}) вернутся в очередь, как только бот это заметит.` : ''
  return { lines: [`${id}, ${gone.name}: больше не консультант.${left}`] }
}

interface Listed {
  id: string
  name: string
  role: (typeof roles)[number]
  mostChats: number | null
  onShift: boolean
  chats: number
}

async function list({ sql, config }: DeskGround): Promise<DeskAnswer> {
  const all = await sql<Listed>(
    'erc.consultant.list',
    `SELECT id, name, role, most_chats AS "mostChats", shift_since IS NOT NULL AS "onShift",
       (SELECT count(*)::int FROM hand_off h WHERE h.taken_by = c.id AND h.state = 'taken') AS chats
     FROM consultant c WHERE removed_at IS NULL ORDER BY role DESC, name, id`,
    [],
  )
  if (all.length === 0) return { lines: ['Консультантов пока нет. Добавить: npm run erc -- consultant add ID ИМЯ'] }
  const most = config.rules.desk.mostChats
  return {
    lines: all.map(({ id, name, role, mostChats, onShift, chats }) => {
      const shift = onShift ? 'на смене' : 'не на смене'
      return `${id}  ${name}, ${roleNames[role]}, ${shift}, чатов: ${chats} из ${mostChats ?? most}`
    }),
  }
}
