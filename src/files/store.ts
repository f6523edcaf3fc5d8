import type { FileToSend } from '../engine/channel.ts'
import type { ChatId, FileRefusal, Messenger } from '../engine/event.ts'
import type { Database } from '../infra/database.ts'

/** Bytes of a row; small enough that a slow reader never holds much of a file in memory. */
const chunkBytes = 256 * 1024

/** A file that a resident sent and that nobody has fetched yet; `request`: what for. */
export interface WantedFile {
  id: string
  chat: ChatId
  kind: string
  ref: string
  request?: string
}

/** What is kept of a file: its bytes, which need not be those that came (`sentBytes` of them). */
export interface Fetched {
  bytes: Uint8Array
  mime: string
  sentBytes: number
}

export interface NewFile {
  id: string
  kind: string
  name: string
  bytes: Uint8Array
  chat: ChatId
  now: Date
}

/** Files as rows of PostgreSQL: any process can deliver what another has fetched. */
export interface FileStore {
  /** The bytes and, when it was uploaded there before, the messenger's own id of it. */
  open(id: string, messenger: Messenger): Promise<FileToSend>
  remember(messenger: Messenger, refs: { file: string; ref: string }[]): Promise<void>
  /** Keeps a file that is to be shown in a chat; it goes with what else is kept of the chat's resident. */
  add(file: NewFile): Promise<void>
  wanted(id: string): Promise<WantedFile | undefined>
  /** Files that wait to be fetched, the oldest first. */
  allWanted(limit: number): Promise<WantedFile[]>
  /** False when it was stored, refused or deleted meanwhile. */
  keep(id: string, bytes: Uint8Array, mime: string): Promise<boolean>
  /**
   * The same of a file that was sent for a request. `gone`: it was stored, refused or deleted meanwhile. `tooMuch`: with what has been kept of the
   * request before there would be more than `mostTogether` bytes.
   */
  keepPaper(id: string, fetched: Fetched, mostTogether: number): Promise<'kept' | 'gone' | 'tooMuch'>
  refuse(id: string, reason: FileRefusal): Promise<boolean>
}

export function openFileStore({ prisma }: Database): FileStore {
  const asWanted = ({ id, chat, kind, ref, requestId }: WantedRow): WantedFile[] =>
    chat === null || ref === null
      ? []
      : [{ id, chat: chat as ChatId, kind, ref, ...(requestId !== null && { request: requestId }) }]

  return {
    async open(id, messenger) {
      const known = await prisma.filePlatformRef.findUnique({ where: { fileId_messenger: { fileId: id, messenger } } })
      return {
        ...(known && { cachedRef: known.ref }),
        bytes: async () => {
          const chunks = await prisma.fileChunk.findMany({ where: { fileId: id }, orderBy: { ordinal: 'asc' } })
          return Buffer.concat(chunks.map(({ content }) => content))
        },
      }
    },
    async remember(messenger, refs) {
      const data = refs.map(({ file, ref }) => ({ fileId: file, messenger, ref }))
      await prisma.filePlatformRef.createMany({ data, skipDuplicates: true })
    },
    async add({ id, kind, name, bytes, chat, now }) {
      const conversation = await prisma.conversation.findUnique({ where: { chat }, select: { residentId: true } })
      const own = { residentId: conversation?.residentId ?? null, chat, createdAt: now }
      await prisma.file.create({
        data: {
          ...{ id, state: 'stored', kind, name, bytes: bytes.length, ...own },
          chunks: { createMany: { data: chunksOf(bytes) } },
        },
      })
    },
    async wanted(id) {
      const row = await prisma.file.findUnique({ where: { id, state: 'wanted' } })
      return row ? asWanted(row)[0] : undefined
    },
    async allWanted(limit) {
      const rows = await prisma.file.findMany({
        where: { state: 'wanted' },
        orderBy: { createdAt: 'asc' },
        take: limit,
      })
      return rows.flatMap(asWanted)
    },
    keep: (id, bytes, mime) => prisma.$transaction((tx) => kept(tx, id, { bytes, mime, sentBytes: bytes.length })),
    keepPaper: (id, fetched, mostTogether) =>
      prisma.$transaction(async (tx) => {
        if ((await keptWith(tx, id)) + fetched.sentBytes > mostTogether) return 'tooMuch'
        return (await kept(tx, id, fetched)) ? 'kept' : 'gone'
      }),
    async refuse(id, reason) {
      const data = { state: 'refused', refusal: reason, ref: null } as const
      return (await prisma.file.updateMany({ where: { id, state: 'wanted' }, data })).count > 0
    },
  }
}

interface WantedRow {
  id: string
  chat: string | null
  kind: string
  ref: string | null
  requestId: string | null
}

type Transaction = Parameters<Parameters<Database['prisma']['$transaction']>[0]>[0]

async function kept(tx: Transaction, id: string, { bytes, mime, sentBytes }: Fetched): Promise<boolean> {
  const { count } = await tx.file.updateMany({
    where: { id, state: 'wanted' },
    data: { state: 'stored', bytes: bytes.length, mime, sentBytes, ref: null },
  })
  if (count === 0) return false
  await tx.fileChunk.createMany({ data: chunksOf(bytes).map((chunk) => ({ ...chunk, fileId: id })) })
  return true
}

/** Bytes that have been kept of a file's request; whoever adds to them waits for his turn. */
async function keptWith(tx: Transaction, id: string): Promise<number> {
  await tx.$queryRaw`SELECT r.id FROM request r JOIN file f ON f.request_id = r.id WHERE f.id = ${id}::uuid FOR NO KEY UPDATE OF r`
  const [kept] = await tx.$queryRaw<{ together: number }[]>`
    SELECT coalesce(sum(o.sent_bytes), 0)::int AS together FROM file f JOIN file o ON o.request_id = f.request_id AND o.state = 'stored'
    WHERE f.id = ${id}::uuid`
  return kept?.together ?? 0
}

function chunksOf(bytes: Uint8Array): { ordinal: number; content: Uint8Array<ArrayBuffer> }[] {
  return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, ordinal) => ({
    ordinal,
    content: Uint8Array.from(bytes.subarray(ordinal * chunkBytes, (ordinal + 1) * chunkBytes)),
  }))
}
