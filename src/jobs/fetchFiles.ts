import type { Rules } from '../domain/rules.ts'
import type { Channel } from '../engine/channel.ts'
import { type Due, type FileRefusal, type Messenger, messengerOf } from '../engine/event.ts'
import type { Engine } from '../engine/handle.ts'
import { checkPhoto } from '../files/check.ts'
import { checkPaper } from '../files/checkPaper.ts'
import type { FileStore, WantedFile } from '../files/store.ts'
import type { VirusScan } from '../files/virusScan.ts'
import type { Clock } from '../infra/clock.ts'
import { type Database, sqlOn } from '../infra/database.ts'
import { AppError } from '../infra/errors.ts'
import { point } from '../infra/points.ts'
import { addNotice } from '../notices/addNotice.ts'
import { refusePaper } from './refusePaper.ts'

interface Deps {
  database: Database
  engine: Engine
  files: FileStore
  channels: ReadonlyMap<Messenger, Pick<Channel, 'fetchFile'>>
  scan: VirusScan
  rules: Rules
  clock: Clock
}

const megabyte = 1024 * 1024

/**
 * Fetches a wanted file and judges it by its content: what is sent for a request by the rules of papers (documents), anything else as a photo of a meter,
 * which comes back to the chat as an event. Fails when the platform is away, or the virus scanner: the file stays wanted then.
 */
export function fileFetcher({ database, engine, files, channels, scan, rules, clock }: Deps) {
  async function refuse(file: WantedFile, reason: FileRefusal): Promise<void> {
    if (file.request !== undefined) await refusePaper(database, file, reason, clock.now())
    else await refusePhoto(file, reason)
    point('file.judged')
  }

  async function refusePhoto(file: WantedFile, reason: FileRefusal): Promise<void> {
    // Told first: a kill in between makes the same event again, which is taken once.
    await tell(file, { kind: 'file', file: file.id, state: 'refused', reason })
    // When it has been handed over meanwhile, no place waits for it any more.
    await tellOfPhoto(file, reason)
    await files.refuse(file.id, reason)
  }

  async function tellOfPhoto({ id, chat }: WantedFile, reason: FileRefusal): Promise<void> {
    const { prisma } = database
    const conversation = await prisma.conversation.findUnique({ where: { chat }, select: { residentId: true } })
    if (!conversation?.residentId) return
    const { residentId } = conversation
    const notice = { id: `photo:${id}`, residentId, chat, dialog: 'readings', about: `photo:${id}:${reason}` }
    await addNotice(sqlOn(database), { ...notice, kind: 'file', dueAt: clock.now() })
  }

  async function tell({ id, chat }: WantedFile, what: Due): Promise<void> {
    const due = { kind: 'due', timer: `file:${id}`, what } as const
    await engine.handle([{ id: `due:${what.kind}:${id}`, chat, at: clock.now(), input: due }])
  }

  async function fetch({ id }: { id: string }): Promise<void> {
    const file = await files.wanted(id)
    const channel = file && channels.get(messengerOf(file.chat))
    if (!file || !channel) return
    let bytes: Uint8Array
    try {
      bytes = await channel.fetchFile(file.ref)
    } catch (error) {
      if (!(error instanceof AppError) || error.retry !== 'never') throw error
      return refuse(file, error.code === 'FILE_TOO_LARGE' ? 'tooLarge' : 'unavailable')
    }
    if (!(await scan(bytes))) return refuse(file, 'infected')
    return file.request === undefined ? judgePhoto(file, bytes) : judgePaper(file, bytes)
  }

  async function judgePhoto(file: WantedFile, bytes: Uint8Array): Promise<void> {
    const checked = await checkPhoto(bytes)
    if ('refusal' in checked) return refuse(file, checked.refusal)
    if (await files.keep(file.id, bytes, checked.mime))
      await tell(file, { kind: 'file', file: file.id, state: 'stored' })
    point('file.judged')
  }

  async function judgePaper(file: WantedFile, bytes: Uint8Array): Promise<void> {
    const { megabytes, togetherMegabytes } = rules.requests.files
    const checked = await checkPaper(bytes, megabytes * megabyte)
    if ('refusal' in checked) return refuse(file, checked.refusal)
    const outcome = await files.keepPaper(
      file.id,
      { ...checked, sentBytes: bytes.length },
      togetherMegabytes * megabyte,
    )
    if (outcome === 'tooMuch') return refuse(file, 'tooMuch')
    point('file.judged')
  }

  /** The platform has not handed the file out for minutes. Where only the scanner is away, it is planned again as long as it takes. */
  async function gaveUp({ id }: { id: string }, why: unknown): Promise<void> {
    if (why instanceof AppError && why.code === 'SCANNER_AWAY') return
    const file = await files.wanted(id)
    if (file) await refuse(file, 'unavailable')
  }

  return { fetch, gaveUp }
}
