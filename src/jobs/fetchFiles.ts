import type { Channel } from '../engine/channel.ts'
import { type Due, type FileRefusal, type Messenger, messengerOf } from '../engine/event.ts'
import type { Engine } from '../engine/handle.ts'
import { checkPhoto } from '../files/check.ts'
import type { FileStore, WantedFile } from '../files/store.ts'
import type { VirusScan } from '../files/virusScan.ts'
import type { Clock } from '../infra/clock.ts'
import { AppError } from '../infra/errors.ts'
import { point } from '../infra/points.ts'

interface Deps {
  engine: Engine
  files: FileStore
  channels: ReadonlyMap<Messenger, Pick<Channel, 'fetchFile'>>
  scan: VirusScan
  clock: Clock
}

/**
 * Fetches a wanted file, judges it by its content and comes back to the chat as an event. Fails when the platform is away, or the virus scanner: the
 * file stays wanted then.
 */
export function fileFetcher({ engine, files, channels, scan, clock }: Deps) {
  async function refuse(file: WantedFile, reason: FileRefusal): Promise<void> {
    // Told first: a kill in between makes the same event again, which is taken once.
    await tell(file, { kind: 'file', file: file.id, state: 'refused', reason })
    // When it has been handed over meanwhile, no place waits for it any more.
    await tell(file, { kind: 'news', dialog: 'readings', about: `photo:${file.id}:${reason}` })
    await files.refuse(file.id, reason)
    point('file.judged')
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
    const checked = await checkPhoto(bytes)
    if ('refusal' in checked) return refuse(file, checked.refusal)
    if (await files.keep(id, bytes, checked.mime)) await tell(file, { kind: 'file', file: id, state: 'stored' })
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
