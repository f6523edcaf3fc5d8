import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { claimLease } from '../../src/infra/leases.ts'
import { isDead, newOwner, releaseDeadOwners, type Whereabouts, whereabouts } from '../../src/infra/owner.ts'
import { freshDatabase } from '../support/postgres.ts'

const here = { ...whereabouts(), machine: 'm1', boot: 'b2', namespace: '4026531836' }
/** No process has it: Linux gives at most 4,194,304. */
const nobody = 99_999_999

test.each<[string, Partial<Whereabouts>, boolean]>([
  ['this very process', {}, false],
  ['a process that has ended', { pid: nobody }, true],
  ['a process whose number another has now', { startedAt: '1' }, true],
  ['a process of another container under the same name', { pid: nobody, namespace: '4026532999' }, false],
  ['a process before the machine was started anew', { boot: 'b1' }, true],
  ['a process of another machine under the same name', { pid: nobody, machine: 'm2', boot: 'b1' }, false],
  ['a process that may be of another machine under the same name', { pid: nobody, machine: '', boot: 'b1' }, false],
  ['a process of another host', { pid: nobody, host: 'another' }, false],
])('whether %s is known to be dead (%o): %s', (_, differing, expected) => {
  const seenFrom = differing.machine === '' ? { ...here, machine: '' } : here
  expect(isDead(newOwner({ ...here, ...differing }), seenFrom)).toBe(expected)
})

test('where the system tells nothing but names and numbers, these decide', () => {
  const bare = { ...here, machine: '', boot: '', namespace: '', startedAt: '' }
  expect(isDead(newOwner({ ...bare, pid: nobody }), bare)).toBe(true)
  expect(isDead(newOwner({ ...bare, pid: process.ppid }), bare)).toBe(false)
  expect(isDead(newOwner(bare), bare)).toBe(true)
})

test('a lease of a killed process is given back, that of a living one is not', async () => {
  const fresh = await freshDatabase()
  const script = `import(${JSON.stringify(fileURLToPath(new URL('../../src/infra/owner.ts', import.meta.url)))})
    .then(({ newOwner }) => { process.stdout.write(newOwner()); setInterval(() => {}, 60_000) })`
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [owner] = await once(child.stdout, 'data')
    const now = new Date()
    const until = new Date(now.getTime() + 60_000)
    const claim = (who: string) => claimLease(fresh.database, { name: 'telegram', owner: who, now, until })
    await claim(String(owner))
    await releaseDeadOwners(fresh.database)
    expect(await claim('next')).toBe(false)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await releaseDeadOwners(fresh.database)
    expect(await claim('next')).toBe(true)
  } finally {
    child.kill('SIGKILL')
    await fresh.drop()
  }
})
