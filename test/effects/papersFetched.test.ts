import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InboundFile } from '../../src/engine/event.ts'
import { openFileStore } from '../../src/files/store.ts'
import type { VirusScan } from '../../src/files/virusScan.ts'
import { AppError } from '../../src/infra/errors.ts'
import { fileFetcher } from '../../src/jobs/fetchFiles.ts'
import { upkeep } from '../../src/jobs/upkeep.ts'
import { lyingPhoto, pdfOf } from '../files/phoneFiles.ts'
import { noon } from '../support/town.ts'
import { openRequesting, type Requesting } from './requesting.ts'
import type { Someone } from './visiting.ts'

let r: Requesting
beforeAll(async () => {
  r = await openRequesting({ poolSize: 6 })
})
afterAll(() => r.close())

/** What the messenger hands out under each ref. */
const bytes = new Map<string, Uint8Array>()
const engine = { handle: async () => {} } as never

function fetcher(scan: VirusScan = async () => true) {
  const { database } = r.fresh
  const fetchFile = async (ref: string) => {
    const found = bytes.get(ref)
    if (!found) throw new AppError('FILE_GONE')
    return found
  }
  const channels = new Map([['vk' as const, { fetchFile }]])
  return fileFetcher({
    database,
    engine,
    files: openFileStore(database),
    channels,
    scan,
    rules: r.rules,
    clock: r.clock,
  })
}

let nth = 0
/** As a resident sends it. */
function file(
  content: Uint8Array | undefined,
  name = `paper-${++nth}.pdf`,
  kind: InboundFile['kind'] = 'document',
): InboundFile {
  const ref = `ref-${++nth}`
  if (content) bytes.set(ref, content)
  return { kind, ref, name }
}

async function drafted(who: Someone, ...files: InboundFile[]): Promise<string[]> {
  await r.run(who, 'keepDraft', { of: 'papers', subject: 'other', written: { files } })
  const draft = await r.queries.requests.draft(who.resident, 'papers')
  return (draft?.lines ?? []).flatMap((line) => line.files.map(({ id }) => id))
}

const stateOf = async (id: string) =>
  (
    await r.sql<{ state: string; refusal: string | null }>('state', 'SELECT state, refusal FROM file WHERE id = $1', [
      id,
    ])
  )[0]
const toldOf = (who: Someone) =>
  r.sql<{ dialog: string; about: string; kind: string }>(
    'told',
    'SELECT dialog, about, kind FROM notice WHERE resident_id = $1 AND chat = $2 ORDER BY id',
    [who.resident, who.chat],
  )
const inDraft = async (who: Someone) =>
  ((await r.queries.requests.draft(who.resident, 'papers'))?.lines ?? []).flatMap(({ files }) =>
    files.map(({ name }) => name),
  )

describe('of an album', () => {
  test('what can be kept is kept, and each of the others is named once', async () => {
    const who = await r.resident()
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(99, 1)])
    const sent = [
      file(await pdfOf('one'), 'one.pdf'),
      file(program, 'virus.pdf'),
      file(await lyingPhoto(), 'two.jpg', 'photo'),
      file(Buffer.alloc(0), 'empty.pdf'),
      file(undefined, 'gone.pdf'),
    ]
    const ids = await drafted(who, ...sent)
    const { fetch } = fetcher()
    for (const id of [...ids, ...ids]) await fetch({ id })
    expect(await Promise.all(ids.map(stateOf))).toMatchObject([
      { state: 'stored' },
      { state: 'refused', refusal: 'wrongKind' },
      { state: 'stored' },
      { state: 'refused', refusal: 'empty' },
      { state: 'refused', refusal: 'unavailable' },
    ])
    expect(await inDraft(who)).toEqual(['one.pdf', 'two.jpg'])
    const news = [1, 3, 4].map((at) => ({ dialog: 'papers', about: `file:${ids[at]}`, kind: 'file' }))
    expect(await toldOf(who)).toEqual(news.toSorted((a, b) => a.about.localeCompare(b.about)))
  })

  test('that is too much together, the first are kept', async () => {
    const who = await r.resident()
    const page = (await pdfOf('a page')).toString('latin1')
    const comment = `%${'x'.repeat(98)}\n`
    const padded = (size: number) => Buffer.from(page.replace(/\n/, `\n${comment.repeat(size / 100)}`), 'latin1')
    const ids = await drafted(who, ...[9, 9, 9, 9].map((megabytes) => file(padded(megabytes * 1024 * 1024))))
    const { fetch } = fetcher()
    await Promise.all(ids.map((id) => fetch({ id })))
    const states = await Promise.all(ids.map(stateOf))
    expect(states.filter((one) => one?.state === 'stored')).toHaveLength(3)
    expect(states.filter((one) => one?.refusal === 'tooMuch')).toHaveLength(1)
  })
})

describe('the virus scanner', () => {
  test('refuses what it finds something in', async () => {
    const who = await r.resident()
    const [id = ''] = await drafted(who, file(await pdfOf('infected')))
    await fetcher(async () => false).fetch({ id })
    expect(await stateOf(id)).toEqual({ state: 'refused', refusal: 'infected' })
  })

  test('that is away for however long makes the file wait', async () => {
    const who = await r.resident()
    const [id = ''] = await drafted(who, file(await pdfOf('waits')))
    const away = new AppError('SCANNER_AWAY', { retry: 10_000 })
    const { fetch, gaveUp } = fetcher(async () => {
      throw away
    })
    await expect(fetch({ id })).rejects.toBe(away)
    await gaveUp({ id }, away)
    expect(await stateOf(id)).toMatchObject({ state: 'wanted' })
    await fetcher().fetch({ id })
    expect(await stateOf(id)).toMatchObject({ state: 'stored' })
    expect(await toldOf(who)).toEqual([])
  })
})

test('a file that turns out bad after the request was sent is taken out of it, and told of', async () => {
  const who = await r.resident()
  const [good = '', bad = ''] = await drafted(
    who,
    file(await pdfOf('good')),
    file(Buffer.from('PK\x03\x04 archive'), 'scan.pdf'),
  )
  const draft = await r.queries.requests.draft(who.resident, 'papers')
  expect(await r.run(who, 'sendRequest', { draft: draft?.id ?? '' })).toMatchObject({ kind: 'sent' })
  const { fetch } = fetcher()
  for (const id of [good, bad]) await fetch({ id })
  expect((await r.shown(who)).at(-1)).toMatchObject({ request: draft?.id, what: 'changed' })
  const request = await r.queries.requests.one(who.resident, { id: draft?.id ?? '' })
  expect(request?.lines.flatMap(({ files }) => files.map(({ id }) => id))).toEqual([good])
  expect(await toldOf(who)).toEqual([{ dialog: 'papers', about: `file:${bad}`, kind: 'file' }])
})

test('what was prepared and not touched for a month is forgotten with its files; what was sent stays', async () => {
  const [left, sent] = [await r.resident(), await r.resident()]
  const [leftFile = ''] = await drafted(left, file(await pdfOf('left')))
  const [sentFile = ''] = await drafted(sent, file(await pdfOf('sent')))
  const draft = await r.queries.requests.draft(sent.resident, 'papers')
  await r.run(sent, 'sendRequest', { draft: draft?.id ?? '' })
  const later = (days: number) => new Date(new Date(noon).getTime() + days * 86_400_000)
  await upkeep(r.fresh.database, { ...r.clock, now: () => later(29) })()
  expect(await stateOf(leftFile)).toBeDefined()
  await upkeep(r.fresh.database, { ...r.clock, now: () => later(31) })()
  expect(await stateOf(leftFile)).toBeUndefined()
  expect(await r.queries.requests.draft(left.resident, 'papers')).toBeUndefined()
  expect(await stateOf(sentFile)).toBeDefined()
})
