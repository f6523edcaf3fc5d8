import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hashKeyOf } from '../../src/infra/hashKey.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'hash-key-')), 'data')
})

afterEach(() => rm(join(dataDir, '..'), { recursive: true, force: true }))

test('the configured key is used, and nothing is kept', async () => {
  expect(await hashKeyOf({ hashKey: 'sixteen characters', dataDir })).toBe('sixteen characters')
  await expect(stat(dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('all who start at once get one and the same whole key, and no draft of it is left', async () => {
  // Who comes second must come between two steps of the first: many rounds, so that some do.
  for (let round = 0; round < 300; round++) {
    const folder = join(dataDir, String(round))
    const keys = await Promise.all(Array.from({ length: 4 }, () => hashKeyOf({ dataDir: folder })))
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(keys)).toEqual(new Set([await hashKeyOf({ dataDir: folder })]))
    expect(await readdir(folder)).toEqual(['hash-key'])
  }
  expect((await stat(join(dataDir, '0', 'hash-key'))).mode & 0o777).toBe(0o600)
})
