import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '../../bots/sandbox/start.ts'
import { sandboxTokens } from '../../bots/sandbox/tokens.ts'
import { readConfig } from '../../src/infra/config.ts'
import { bundled } from '../support/bundle.ts'
import { freshDatabase } from '../support/postgres.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

const vkOf = (url: string) => ({
  VK_TOKEN: sandboxTokens.vk,
  VK_GROUP_ID: String(sandboxTokens.vkGroupId),
  VK_API_ROOT: `${url}/method`,
})

/** The product with these settings alone, until it ends by itself: from its sources, as `npm start` does it, or quicker. */
async function started(
  env: Record<string, string>,
  fromSources = false,
): Promise<{ code: number; out: string; err: string }> {
  const { PATH = '', HOME = '' } = process.env
  const script = fromSources ? ['--import', 'tsx', 'bots/main.ts'] : [await bundled(join(root, 'bots/main.ts'))]
  const child = spawn(process.execPath, script, { cwd: root, env: { PATH, HOME, ...env } })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  try {
    const [code] = await once(child, 'close')
    return { code, ...said }
  } finally {
    child.kill('SIGKILL')
  }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erc-settings-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a wrong setting', () => {
  test.each<[variable: string, env: Record<string, string>]>([
    ['TELEGRAM_TOKEN', { TELEGRAM_TOKEN: 'abc' }],
    ['TELEGRAM_API_ROOT', { TELEGRAM_API_ROOT: 'api.telegram.org' }],
    ['VK_TOKEN', { VK_TOKEN: 'short' }],
    ['VK_GROUP_ID', { VK_TOKEN: 'vk1.a.long-enough' }],
    ['VK_GROUP_ID', { VK_TOKEN: 'vk1.a.long-enough', VK_GROUP_ID: 'club1' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/erc' }],
    ['HASH_KEY', { DATABASE_URL: 'postgresql://localhost/erc' }],
    ['HASH_KEY', { HASH_KEY: 'too short' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
    ['PORT', { PORT: '99999' }],
    ['PORT', { PORT: '-1' }],
    ['SANDBOX_PORT', { SANDBOX_PORT: 'eighty' }],
    ['ROLES', { ROLES: 'telegram,cook' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['TIME_ZONE', { TIME_ZONE: 'Mars/Base' }],
    ['READINGS_WINDOW', { READINGS_WINDOW: '25-1' }],
    ['READINGS_DECIMALS', { READINGS_DECIMALS: 'HVS:3' }],
    ['ACCOUNT_PATTERN', { ACCOUNT_PATTERN: '(' }],
    ['ACTIVATION_CODE_DAYS', { ACTIVATION_CODE_DAYS: 'forever' }],
    ['MAILING_HOURS', { MAILING_HOURS: '9-21' }],
    ['CONSULTANTS_HOURS', { CONSULTANTS_HOURS: '20:00-08:00' }],
    ['CABINET_URL', { CABINET_URL: 'ерц' }],
    ['PAYMENT_CODE_KEYS', { PAYMENT_CODE_KEYS: 'PersAcc,Iban' }],
    ['PAYMENT_CODE_KEYS', { PAYMENT_CODE_KEYS: 'PayeeINN,KPP' }],
    ['PAYMENT_CODE_ENCODING', { PAYMENT_CODE_ENCODING: 'koi8-r' }],
    ['PAYMENT_CODE_PERIOD', { PAYMENT_CODE_PERIOD: 'month' }],
    ['RECEIPT_MEGABYTES', { RECEIPT_MEGABYTES: '51' }],
    ['CHANNEL_POLICY_VK', { CHANNEL_POLICY_VK: 'open' }],
    ['FRISBI_URL', { FRISBI_URL: 'на сайте' }],
    ['COMMUNITY_OK_URL', { COMMUNITY_OK_URL: 'javascript:alert(1)' }],
    ['EMERGENCY_PHONE', { EMERGENCY_PHONE: '1'.repeat(41) }],
    ['LINK_FAILURES_PER_CHAT', { LINK_FAILURES_PER_CHAT: '0' }],
  ])('of %s is told by one line with its name and what is expected, and not the value: %j', (variable, env) => {
    let told = ''
    try {
      readConfig(env)
    } catch (error) {
      told = error instanceof Error ? error.message : ''
    }
    expect(told).toMatch(new RegExp(`^${variable}: expected (?!Invalid|undefined)[^\\n]+$`))
    for (const value of Object.values(env)) expect(told).not.toContain(`${value} `)
  })

  test('stops the start with that one line and nothing else', async () => {
    const wrong = { TELEGRAM_TOKEN: 'not-a-token-of-mine', READINGS_WINDOW: '25-1', PORT: 'x' }
    const { code, out, err } = await started(wrong, true)
    expect(code).toBe(1)
    expect(err).toMatch(/^[A-Z_]+: expected [^\n]+\n$/)
    expect(err).not.toContain('not-a-token-of-mine')
    expect(out).toBe('')
  })
})

test('an activation code serves sixty days unless the centre says otherwise', () => {
  const days = [{}, { ACTIVATION_CODE_DAYS: '90' }].map((env) => readConfig(env).rules.activationCodeDays)
  expect(days).toEqual([60, 90])
})

test('a link that is not set points nowhere, and of a community its number is enough', () => {
  const telegram = { TELEGRAM_TOKEN: '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }
  const vk = { VK_TOKEN: 'vk1.a.long-enough', VK_GROUP_ID: '77' }
  const botsOf = (env: Record<string, string>) => readConfig(env).rules.bots
  expect(botsOf({})).toEqual({ telegram: {}, vk: {} })
  expect(botsOf(telegram)).toEqual({ telegram: {} })
  expect(botsOf({ ...telegram, BOT_TELEGRAM_URL: 'https://t.me/erc_bot', BOT_VK_URL: 'https://vk.me/erc' })).toEqual({
    telegram: { url: 'https://t.me/erc_bot' },
  })
  expect(botsOf({ ...telegram, ...vk })).toEqual({ telegram: {}, vk: { url: 'https://vk.me/club77' } })
  expect(botsOf({ ...vk, BOT_VK_URL: 'https://vk.me/erc' })).toEqual({ vk: { url: 'https://vk.me/erc' } })
  const { pages, payment } = readConfig({ FRISBI_URL: 'https://erc.example/frisbi' }).rules
  expect([pages, payment.onlineUrl, payment.frisbiUrl]).toEqual([{}, undefined, 'https://erc.example/frisbi'])
})

describe('a world that is not as the settings say', () => {
  test('a port that is taken is named in one line', async () => {
    const fresh = await freshDatabase()
    const taken = createServer().listen(0, '0.0.0.0')
    await once(taken, 'listening')
    const address = taken.address()
    const port = String(typeof address === 'object' && address ? address.port : 0)
    const sandbox = await startSandbox({ folder })
    try {
      const { code, err } = await started({
        ...{
          DATABASE_URL: fresh.url,
          HASH_KEY: 'a key for tests only',
          PORT: port,
          LOG_LEVEL: 'silent',
          DATA_DIR: folder,
        },
        ...{ ...vkOf(sandbox.url), ROLES: 'vk' },
      })
      expect(err).toMatch(new RegExp(`^PORT: ${port} is taken[^\\n]*\\n$`))
      expect(code).toBe(1)
    } finally {
      taken.close()
      await sandbox.close()
      await fresh.drop()
    }
  })

  test('a token that Telegram refuses is named in one line, without the token', async () => {
    const fresh = await freshDatabase()
    const sandbox = await startSandbox({ folder })
    const token = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    try {
      const { code, out, err } = await started({
        ...{ DATABASE_URL: fresh.url, HASH_KEY: 'a key for tests only', PORT: '0', DATA_DIR: folder },
        ...{ TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: sandbox.url },
      })
      expect(err).toMatch(/^TELEGRAM_TOKEN\b[^\n]+\n$/)
      expect(code).toBe(1)
      expect(out + err).not.toContain(token.split(':')[1])
    } finally {
      await sandbox.close()
      await fresh.drop()
    }
  })

  test('a database that is not there is named in one line, without its password', async () => {
    const { code, err } = await started({
      ...{ DATABASE_URL: 'postgresql://erc:pass-of-mine@127.0.0.1:1/erc', HASH_KEY: 'a key for tests only', PORT: '0' },
      ...{ TELEGRAM_TOKEN: '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', DATA_DIR: folder, LOG_LEVEL: 'silent' },
    })
    expect(code).toBe(1)
    expect(err).toMatch(/^[^\n]+\n$/)
    expect(err).not.toContain('pass-of-mine')
  })
})
