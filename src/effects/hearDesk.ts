import { lineInTopic } from '../desk/quotes.ts'
import type { DeskWord, LineBody, Words } from '../desk/records.ts'
import { mostInAlbum } from '../desk/rests.ts'
import type { GeoPoint } from '../engine/event.ts'
import type { PartShown, RichText, ShownFile } from '../engine/outgoing.ts'
import { beneath } from '../engine/text.ts'
import type { EffectContext } from './context.ts'

/**
 * What the desk has for this conversation. `words` of a consultant: what they answer (`repliesTo`, a message of the resident's; `answers`, what he was
 * shown here) or replace (`corrects`, the revision at which it was shown here); `holder`: who speaks, when he is one of the consultants.
 * `nothing`: told already, or not for whoever is here.
 */
export type Heard =
  | {
      kind: 'words'
      handOff: string
      holder?: string
      shown: { text: RichText; files: ShownFile[]; repliesTo?: string; answers?: PartShown; corrects?: number }
    }
  | { kind: 'word'; handOff: string; word: DeskWord }
  | { kind: 'nothing' }

/** Takes a line that waits for this resident's conversation, all stored pieces of an album together: what the turn shows is how it was told. */
export async function hearDesk(
  { sql, chat, revision, resident }: EffectContext,
  { line }: { line: string },
): Promise<Heard> {
  const told = await sql<Told>('desk.hear', statement, [line, chat, revision, resident ?? null])
  const [first] = told
  if (!first) return { kind: 'nothing' }
  const { handOff, holder } = first
  if (first.body.kind !== 'words') return { kind: 'word', handOff, word: first.body }
  const said = told.flatMap(({ body }) => (body.kind === 'words' ? [body] : []))
  return {
    kind: 'words',
    handOff,
    ...(holder !== null && { holder }),
    shown: {
      text: said
        .map(textOf)
        .filter(({ text }) => text !== '')
        .reduce(beneath, nothing),
      files: said.flatMap(({ stored = [] }) => stored),
      ...placeOf(first),
    },
  }
}

interface Told {
  handOff: string
  body: LineBody
  holder: string | null
  repliesTo: string | null
  answeredAt: number | null
  answeredPart: number | null
  editedAt: number | null
  editedHasFiles: boolean
}

const nothing: RichText = { text: '', spans: [] }

/** The words under a file cannot be changed everywhere: these are said again, as an answer to it. */
function placeOf({ repliesTo, answeredAt, answeredPart, editedAt, editedHasFiles }: Told) {
  if (editedAt !== null && !editedHasFiles) return { corrects: editedAt }
  const revision = editedAt ?? answeredAt
  if (repliesTo !== null) return { repliesTo }
  return revision === null ? {} : { answers: { revision, part: answeredPart ?? 1 } }
}

const textOf = ({ text, location }: Words): RichText => (location ? beneath(text, placeText(location)) : text)

/** A place on the map, as a link that both messengers show. */
function placeText({ latitude, longitude, title }: GeoPoint): RichText {
  const url = `https://yandex.ru/maps/?pt=${longitude},${latitude}&z=17`
  return { text: title === undefined ? url : `${title}\n${url}`, spans: [] }
}

/** An answer may be to the resident's own message, or to what a consultant has said before. */
const statement = `
WITH line AS (
  SELECT l.id, l.hand_off_id, l.author, l.by, l.body, h.topic_id FROM desk_line l JOIN hand_off h ON h.id = l.hand_off_id
  WHERE l.id = $1::bigint AND l.state = 'pending' AND h.resident_id = $4::uuid
), pieces AS (
  SELECT p.id, coalesce(p.answers, ${lineInTopic('line.topic_id', "(p.body ->> 'repliesTo')")}) AS answers,
         1 + coalesce(sum(jsonb_array_length(coalesce(p.body -> 'stored', '[]')))
           OVER (ORDER BY p.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS part
  FROM line JOIN desk_line p ON p.id = line.id
    OR p.hand_off_id = line.hand_off_id AND p.id > line.id AND p.state = 'pending' AND p.author = line.author AND p.by = line.by
      AND p.body ->> 'album' = line.body ->> 'album' AND p.body -> 'files' = '[]'
  ORDER BY p.id LIMIT ${mostInAlbum}
), told AS (
  UPDATE desk_line l SET state = 'told', chat = $2, revision = $3::int, part = p.part, answers = p.answers FROM pieces p
  WHERE l.id = p.id AND l.state = 'pending'
  RETURNING l.id, l.hand_off_id, l.body, l.by, l.answers
)
SELECT t.hand_off_id AS "handOff", t.body, c.name AS holder, a.message AS "repliesTo",
       CASE WHEN a.message IS NULL THEN a.revision END AS "answeredAt", coalesce(e.part, a.part) AS "answeredPart",
       e.revision AS "editedAt", coalesce(jsonb_array_length(e.body -> 'stored'), 0) > 0 AS "editedHasFiles"
FROM told t
LEFT JOIN consultant c ON c.id = t.by
LEFT JOIN desk_line a ON a.id = t.answers AND a.chat = $2
LEFT JOIN desk_line e ON e.id = (t.body ->> 'edits')::bigint AND e.chat = $2 AND e.state IN ('told', 'shown')
ORDER BY t.id`
