import type { DeskWord, LineBody } from '../desk/records.ts'
import type { RichText, ShownFile } from '../engine/outgoing.ts'
import type { EffectContext } from './context.ts'

/**
 * What the desk has for this conversation. `words` of a consultant: what they answer (`repliesTo`, a message of this chat) or replace (`revises`, the
 * revision at which it was shown here); `holder`: who speaks, when he is one of the consultants. `nothing`: told already, or not for whoever is here.
 */
export type Heard =
  | {
      kind: 'words'
      handOff: string
      holder?: string
      shown: { text: RichText; files: ShownFile[]; repliesTo?: string; revises?: number }
    }
  | { kind: 'word'; handOff: string; word: DeskWord }
  | { kind: 'nothing' }

/** Takes a line that waits for this resident's conversation: what the turn shows is how it was told. */
export async function hearDesk(
  { sql, chat, revision, resident }: EffectContext,
  { line }: { line: string },
): Promise<Heard> {
  const [told] = await sql<Told>('desk.hear', statement, [line, chat, revision, resident ?? null])
  if (!told) return { kind: 'nothing' }
  const { handOff, body, holder, repliesTo, revises } = told
  if (body.kind !== 'words') return { kind: 'word', handOff, word: body }
  const { text, stored = [], location } = body
  return {
    kind: 'words',
    handOff,
    ...(holder !== null && { holder }),
    shown: {
      text: location ? withPlace(text, location) : text,
      files: stored,
      ...(repliesTo !== null && { repliesTo }),
      ...(revises !== null && { revises }),
    },
  }
}

interface Told {
  handOff: string
  body: LineBody
  holder: string | null
  repliesTo: string | null
  revises: number | null
}

/** A place on the map, as a link that both messengers show. */
function withPlace(said: RichText, { latitude, longitude }: { latitude: number; longitude: number }): RichText {
  const url = `https://yandex.ru/maps/?pt=${longitude},${latitude}&z=17`
  return { ...said, text: said.text === '' ? url : `${said.text}\n${url}` }
}

/** An answer may be to the resident's own message, or to what a consultant has said before: that is the first message it became. */
const statement = `
WITH told AS (
  UPDATE desk_line l SET state = 'told', chat = $2, revision = $3::int FROM hand_off h
  WHERE l.id = $1::bigint AND l.state = 'pending' AND h.id = l.hand_off_id AND h.resident_id = $4::uuid
  RETURNING l.hand_off_id, l.body, l.by, l.answers
)
SELECT t.hand_off_id AS "handOff", t.body, c.name AS holder,
       coalesce(a.message, (SELECT o.messages[1] FROM outbox o WHERE o.chat = a.chat AND o.revision = a.revision ORDER BY o.ordinal LIMIT 1))
         AS "repliesTo",
       e.revision AS revises
FROM told t
LEFT JOIN consultant c ON c.id = t.by
LEFT JOIN desk_line a ON a.id = t.answers AND a.chat = $2
LEFT JOIN desk_line e ON e.id = (t.body ->> 'edits')::bigint AND e.chat = $2 AND e.state IN ('told', 'shown')`
