import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import type { Update } from '../../bots/sandbox/telegram/shapes.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { bundled } from '../support/bundle.ts'
import { telegram, vk } from './running.ts'

const program = fileURLToPath(new URL('../../bots/sandbox/main.ts', import.meta.url))
const ANNA = 5_551_000_001

let folder: string
const started: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-restart-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true })
})

async function start(): Promise<{ child: ChildProcess; url: string; hand: SandboxHand }> {
  const env = { ...process.env, DATA_DIR: folder, SANDBOX_PORT: '0' }
  const child = fork(await bundled(program), { env, execArgv: [] })
  started.push(child)
  const [message] = await once(child, 'message')
  const url = `http://127.0.0.1:${(message as { port: number }).port}`
  return { child, url, hand: new SandboxHand(url) }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  await once(child, 'exit')
}

test('a restart keeps people, chats, files, keyboards and what was not told yet', async () => {
  const first = await start()
  const anna = first.hand.resident('telegram', 1)
  await anna.start()
  await anna.send([{ kind: 'document', name: 'чек.pdf', bytes: Buffer.from('%PDF') }])
  await telegram(first.url, 'sendMessage', {
    chat_id: ANNA,
    text: 'Меню',
    reply_markup: { keyboard: [[{ text: 'Помощь' }]] },
  })
  await first.hand.resident('vk', 2).start()
  await vk(first.url, 'messages.send', { peer_id: '770002', random_id: '7', message: 'раз' })
  const before = await anna.chat()
  await stop(first.child, 'SIGTERM')
  expect(first.child.exitCode).toBe(0)

  const second = await start()
  const after = await second.hand.resident('telegram', 1).chat()
  expect({ ...after, revision: 0 }).toEqual({ ...before, revision: 0 })
  const file = await fetch(`${second.url}${after.messages[1]?.files[0]?.url}`)
  expect(await file.text()).toBe('%PDF')
  const { result } = await telegram<Update[]>(second.url, 'getUpdates')
  expect(result).toHaveLength(2)
  await vk(second.url, 'messages.send', { peer_id: '770002', random_id: '7', message: 'раз' })
  expect((await second.hand.resident('vk', 2).chat()).messages).toHaveLength(2)
})

test('a restart keeps a forum with its topics, rights and members', async () => {
  const first = await start()
  const { consultants, supervisor } = staffPeople
  const owner = first.hand.staff(supervisor.id)
  const topic = await owner.createTopic('Анна')
  await owner.say('открыта', { topic })
  await owner.closeTopic(topic)
  await owner.setBotRights({ can_pin_messages: true })
  await first.hand.staff(consultants[0]?.id ?? 0).leave()
  const before = await owner.see()
  await stop(first.child, 'SIGTERM')

  const second = await start()
  const after = await second.hand.forum().see()
  expect({ ...after, revision: 0 }).toEqual({ ...before, revision: 0 })
  expect(after.members).toHaveLength(5)
  expect(await second.hand.staff(supervisor.id).createTopic('Борис')).toBeGreaterThan(topic)
})

test('a world saved before there was a forum gets one', async () => {
  const first = await start()
  await first.hand.resident('telegram', 1).start()
  await stop(first.child, 'SIGTERM')
  const path = join(folder, 'sandbox', 'world.json')
  const { staff: _, ...world } = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...world, telegram: { ...world.telegram, groups: {} } }))

  const { hand } = await start()
  expect((await hand.resident('telegram', 1).chat()).messages).toHaveLength(1)
  expect(await hand.staffPeople()).toHaveLength(6)
  expect((await hand.forum().see()).members).toHaveLength(6)
})

test('a killed process leaves a whole world, and never gives a number out twice', async () => {
  const first = await start()
  const anna = first.hand.resident('telegram', 1)
  for (let n = 0; n < 200; n++) await anna.say(`сообщение ${n}`)
  const { result: told } = await telegram<Update[]>(first.url, 'getUpdates', { limit: 100 })
  await stop(first.child, 'SIGKILL')
  JSON.parse(await readFile(join(folder, 'sandbox', 'world.json'), 'utf8'))

  const second = await start()
  const { messages } = await second.hand.resident('telegram', 1).chat()
  expect(messages.map((one) => one.text)).toEqual(messages.map((_, n) => `сообщение ${n}`))
  const id = await second.hand.resident('telegram', 1).say('дальше')
  expect(Number(id)).toBeGreaterThan(200)
  const { result } = await telegram<Update[]>(second.url, 'getUpdates', { offset: -1 })
  expect(result[0]?.update_id).toBeGreaterThan(Math.max(...told.map((one) => one.update_id)) + 100)
})

test('is left alone by Ctrl-C, and ends when its parent is gone', async () => {
  const { child, hand } = await start()
  child.kill('SIGINT')
  expect(await hand.people()).toHaveLength(6)
  child.disconnect()
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
})
