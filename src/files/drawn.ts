import type { FileToSend } from '../engine/channel.ts'
import type { ChatId, Messenger } from '../engine/event.ts'
import type { FilesToSend } from '../engine/outbox.ts'
import type { Drawing, DrawnFile, Outgoing } from '../engine/outgoing.ts'
import { below } from '../engine/text.ts'
import type { Clock } from '../infra/clock.ts'
import { isDatabaseDown, type Sql } from '../infra/database.ts'
import { point } from '../infra/points.ts'
import type { FileStore } from './store.ts'

/** How a kind of picture or document is made. */
export interface Draughtsman<Kind extends Drawing = Drawing> {
  /** Whether the person in a chat may see it at this moment. */
  maySee(chat: ChatId, drawing: Kind): Promise<boolean>
  draw(drawing: Kind): Promise<Uint8Array>
}

export type Draughtsmen = { [Kind in Drawing['kind']]: Draughtsman<Extract<Drawing, { kind: Kind }>> }

/** So long a platform's id of a drawn file is kept. */
const keptMs = 60 * 86_400_000

/**
 * Files for deliveries: stored ones as they are, and pictures and documents that are drawn on the way out. Whoever is to see one
 * must still be allowed to; one that cannot be drawn gives way to its words. Only PostgreSQL's silence is an error here.
 */
export function drawnFiles(deps: {
  sql: Sql
  stored: Pick<FileStore, 'open' | 'remember'>
  draughtsmen: Draughtsmen
  clock: Clock
  log: { error(facts: object, message: string): void }
}): FilesToSend {
  const { sql, stored, draughtsmen, clock, log } = deps

  async function drawn(file: DrawnFile, chat: ChatId, messenger: Messenger): Promise<FileToSend | 'denied' | 'failed'> {
    const { drawn: drawing, id } = file
    const draughtsman = draughtsmen[drawing.kind] as Draughtsman
    try {
      if (!(await draughtsman.maySee(chat, drawing))) return 'denied'
      const [known] = await sql<{ ref: string }>(
        'files.drawnRef',
        'SELECT ref FROM drawn_platform_ref WHERE id = $1 AND messenger = $2',
        [id, messenger],
      )
      if (known) return { cachedRef: known.ref, bytes: () => draughtsman.draw(drawing).catch(nothing) }
      const bytes = await draughtsman.draw(drawing)
      point('file.drawn')
      return { bytes: async () => bytes }
    } catch (error) {
      nothing(error)
      return 'failed'
    }
  }

  /** Of an empty file a messenger shows the words. */
  function nothing(error: unknown): Uint8Array {
    if (isDatabaseDown(error)) throw error
    log.error({ err: error }, 'a file cannot be drawn, its words go without it')
    return new Uint8Array()
  }

  return {
    open: stored.open,
    async ready(outgoing, chat, messenger) {
      const ready = new Map<string, FileToSend>()
      let shown = outgoing
      for (const file of picturesIn(outgoing)) {
        const came = await drawn(file, chat, messenger)
        if (typeof came === 'string') shown = without(shown, file, came)
        else ready.set(file.id, came)
      }
      return { outgoing: shown, drawn: ready }
    },
    async remember(messenger, refs) {
      const own = refs.filter(({ file }) => isDrawnId(file))
      const others = refs.filter(({ file }) => !isDrawnId(file))
      if (others.length > 0) await stored.remember(messenger, others)
      for (const { file, ref } of own) {
        const now = clock.now()
        await sql(
          'files.rememberDrawn',
          `WITH old AS (DELETE FROM drawn_platform_ref WHERE drawn_at < $5)
           INSERT INTO drawn_platform_ref (id, messenger, ref, drawn_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (id, messenger) DO UPDATE SET ref = excluded.ref, drawn_at = excluded.drawn_at`,
          [file, messenger, ref, now, new Date(now.getTime() - keptMs)],
        )
      }
    },
  }
}

/** Ids of stored files are UUIDs. */
const isDrawnId = (id: string): boolean => id.includes(':')

const picturesIn = (outgoing: Outgoing): DrawnFile[] =>
  outgoing.kind === 'show' ? outgoing.files.flatMap((file) => ('drawn' in file ? [file] : [])) : []

/** The same without a picture, and with what is said in its place. */
function without(outgoing: Outgoing, file: DrawnFile, why: 'denied' | 'failed'): Outgoing {
  if (outgoing.kind !== 'show') return outgoing
  const files = outgoing.files.filter((one) => one !== file)
  return { ...outgoing, files, text: why === 'denied' ? file.denied : below(outgoing.text, file.otherwise) }
}
