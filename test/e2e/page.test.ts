import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { type Sandbox, startSandbox } from '../../bots/sandbox/start.ts'
import { startChromium } from '../support/chromium.ts'
import { type EchoBot, startEchoBot } from './echoBot.ts'

const flats = [
  {
    address: 'улица Мира, д. 3, кв. 7',
    accountNo: '6600000017',
    activationCode: 'AB12-CD34',
    note: 'два счётчика воды',
  },
]

const contrastSource = readFileSync(new URL('./contrast.js', import.meta.url), 'utf8').replace(/^[\s\S]*?export /, '')

let browser: Browser
let folder: string
let sandbox: Sandbox
let bot: EchoBot
let page: Page

beforeAll(async () => {
  browser = await startChromium()
})
afterAll(() => browser.close())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'))
  sandbox = await startSandbox({ folder, flats })
  bot = await startEchoBot(sandbox.url)
  page = await browser.newPage({ viewport: { width: 1320, height: 860 } })
  await page.goto(sandbox.url)
  await page.locator('#person option').first().waitFor({ state: 'attached' })
})
afterEach(async () => {
  await page.close()
  await bot.stop()
  await sandbox.close()
  await rm(folder, { recursive: true })
})

const phone = (messenger: 'telegram' | 'vk'): Locator => page.locator(`#phone-${messenger}`)
const log = (messenger: 'telegram' | 'vk'): Locator => phone(messenger).getByRole('log')
const field = (messenger: 'telegram' | 'vk'): Locator => phone(messenger).locator('textarea')

async function begin(messenger: 'telegram' | 'vk'): Promise<void> {
  await phone(messenger).locator('.start').click()
  await log(messenger)
    .getByText(/Вы сказали: (\/start|Начать)/)
    .waitFor()
}

async function say(messenger: 'telegram' | 'vk', text: string): Promise<void> {
  await field(messenger).fill(text)
  await field(messenger).press('Enter')
}

describe.each(['telegram', 'vk'] as const)('the %s phone', (messenger) => {
  test('says loudly that it is a sandbox', async () => {
    await expect(page.locator('header.top').textContent()).resolves.toContain('Это не настоящие Telegram и ВКонтакте')
  })

  test('begins, sends, and shows the answer without a reload', async () => {
    await begin(messenger)
    await say(messenger, 'привет')
    await log(messenger).getByText('Вы сказали: привет').waitFor()
  })

  test('shows what happens elsewhere without a reload', async () => {
    await begin(messenger)
    await new SandboxHand(sandbox.url).resident(messenger, 1).say('из другого окна')
    await log(messenger).getByText('Вы сказали: из другого окна').waitFor()
  })

  test('presses a button: the message changes in place and the answer to the press is shown', async () => {
    await begin(messenger)
    await log(messenger).getByRole('button', { name: 'Два' }).last().click()
    await log(messenger).getByText('Выбрано: Два').waitFor()
    await phone(messenger).getByRole('status').getByText('Готово').waitFor()
  })

  test('is inert to markup that somebody types', async () => {
    await begin(messenger)
    const dialogs: string[] = []
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => dialogs.push(dialog.message())))
    await say(messenger, '<b>x</b><img src=x onerror="alert(1)">')
    await log(messenger).getByText('Вы сказали: <b>x</b><img src=x onerror="alert(1)">', { exact: true }).waitFor()
    expect(await log(messenger).locator('.text b, .text img').count()).toBe(0)
    expect(dialogs).toEqual([])
  })

  test('is used by the keyboard alone', async () => {
    await phone(messenger).locator('.payload').focus()
    await page.keyboard.press('Enter')
    await log(messenger)
      .getByText(/Вы сказали/)
      .waitFor()
    await field(messenger).focus()
    await page.keyboard.type('с клавиатуры')
    await page.keyboard.press('Enter')
    await log(messenger).getByText('Вы сказали: с клавиатуры').waitFor()
    await log(messenger).getByRole('button', { name: 'Раз' }).last().focus()
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none')
    await page.keyboard.press('Enter')
    await log(messenger).getByText('Выбрано: Раз').waitFor()
    // Focus has gone on to the buttons that took the place of the pressed one.
    await page.waitForFunction("document.activeElement.textContent === 'Раз'")
  })

  test('edits a message of its own, also with the arrow key', async () => {
    await begin(messenger)
    await say(messenger, 'ошбика')
    await log(messenger).getByText('Вы сказали: ошбика').waitFor()
    await field(messenger).press('ArrowUp')
    await field(messenger).fill('ошибка')
    await field(messenger).press('Enter')
    const own = log(messenger).locator('.own').last()
    await own.getByText('ошибка', { exact: true }).waitFor()
    await own.getByText('изменено').waitFor()
  })

  test('answers a message of the bot, which is quoted', async () => {
    await begin(messenger)
    const asked = log(messenger)
      .locator('.message:not(.own)')
      .filter({ hasText: /Вы сказали: / })
      .first()
    await asked.hover()
    await asked.getByRole('button', { name: 'Ответить на сообщение' }).click()
    await say(messenger, 'да')
    const own = log(messenger).locator('.own').last()
    await own.locator('.quoted').getByText('Вы сказали: ').waitFor()
    expect(await phone(messenger).locator('.editing').isVisible()).toBe(false)
  })

  test('sends a file and shows it', async () => {
    await begin(messenger)
    await phone(messenger)
      .locator('input[type=file]')
      .setInputFiles({ name: 'чек.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
    await log(messenger).locator('.own .document').getByText('чек.pdf').waitFor()
  })

  test('blocks and unblocks the bot', async () => {
    await begin(messenger)
    await phone(messenger).getByLabel('Другие действия').click()
    await phone(messenger).getByRole('button', { name: 'Заблокировать бота' }).click()
    await phone(messenger).getByText('вы заблокировали бота').waitFor()
    await phone(messenger).locator('.start').click()
    await phone(messenger).getByText('· бот').waitFor()
  })

  test('takes a sample flat into the field it was last typed in', async () => {
    await begin(messenger)
    await field(messenger).focus()
    const value = page.getByRole('button', { name: '6600000017' })
    await value.focus()
    await page.keyboard.press('Enter')
    expect(await field(messenger).inputValue()).toBe('6600000017')
  })

  test('keeps the chats of people apart', async () => {
    await begin(messenger)
    await page.locator('#person').selectOption('2')
    await phone(messenger).locator('.start').waitFor()
    expect(await log(messenger).locator('li').count()).toBe(0)
  })
})

test('offers the commands of the Telegram bot', async () => {
  await begin('telegram')
  await phone('telegram').locator('.commands summary').click()
  await phone('telegram').getByRole('button', { name: 'Главное меню' }).click()
  await log('telegram').getByText('Вы сказали: /menu').waitFor()
})

test('shows the default keyboard of VK below the chat', async () => {
  await begin('vk')
  await phone('vk').locator('.keyboard').getByRole('button', { name: 'Меню' }).click()
  await log('vk').getByText('Вы сказали: Меню').waitFor()
})

test('shows in red what breaks the rules of a platform', async () => {
  await begin('telegram')
  expect(await page.locator('#violations').isVisible()).toBe(false)
  await say('telegram', 'сломайся')
  const alert = page.locator('#violations')
  await alert.getByText('sendMessage').waitFor()
  const [red = 0, green = 0, blue = 0] = await colorOf('#violations')
  expect(red).toBeGreaterThan(2 * Math.max(green, blue))
})

test.each(['light', 'dark'] as const)(
  'is readable in %s: words stand out from what is behind them',
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await begin('telegram')
    await begin('vk')
    for (const selector of [
      '.telegram .bubble .text',
      '.telegram .own .text',
      '.vk .bubble .text',
      '.vk .choice',
      '.card h2',
      '.top p',
      '.note',
    ]) {
      expect(await contrast(selector), selector).toBeGreaterThan(4.5)
    }
  },
)

test.each([
  [1440, 900],
  [1024, 768],
  [360, 740],
  [320, 568],
  [740, 360],
])(
  'keeps the message field in sight on a screen of %d × %d, with one scroll only: that of the chat',
  async (...size) => {
    const [width, height] = size
    await page.setViewportSize({ width, height })
    await begin('telegram')
    for (const text of ['раз', 'два', 'три']) {
      await say('telegram', text)
      await log('telegram').getByText(`Вы сказали: ${text}`).waitFor()
    }
    const box = await field('telegram').boundingBox()
    expect(box?.y).toBeGreaterThan(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height)
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(height)
  },
)

test.each([1320, 360, 320])('shows the names of people whole at %d pixels', async (width) => {
  await page.setViewportSize({ width, height: 740 })
  const needed = await page.evaluate(
    `(() => { const select = document.querySelector('#person'); const copy = select.cloneNode(true)
       copy.style.cssText = 'position: absolute; width: max-content; max-width: none'; select.after(copy)
       const { width } = copy.getBoundingClientRect(); copy.remove(); return width })()`,
  )
  const box = await page.locator('#person').boundingBox()
  expect(box?.width).toBeGreaterThanOrEqual(Math.floor(Number(needed)))
})

test('an empty field has nothing to scroll, a long text is seen in five lines', async () => {
  await begin('telegram')
  const state = `(() => { const { style, scrollHeight, clientHeight } = document.querySelector('#phone-telegram textarea')
                    return { overflow: style.overflowY, hides: scrollHeight > clientHeight } })()`
  await field('telegram').fill('строка')
  expect(await page.evaluate(state)).toEqual({ overflow: 'hidden', hides: false })
  await field('telegram').fill('строка\n'.repeat(20))
  expect(await page.evaluate(state)).toEqual({ overflow: 'auto', hides: true })
  await field('telegram').fill('')
  expect(await page.evaluate(state)).toEqual({ overflow: 'hidden', hides: false })
})

test('Tab passes by the buttons of older messages; the arrow keys reach them', async () => {
  await begin('telegram')
  for (const text of ['раз', 'два', 'три']) {
    await say('telegram', text)
    await log('telegram').getByText(`Вы сказали: ${text}`).waitFor()
  }
  await log('telegram').focus()
  const focused = () => page.evaluate(`document.activeElement.textContent || document.activeElement.ariaLabel`)
  const passed: unknown[] = []
  while (!(await field('telegram').evaluate('document.activeElement.tagName === "TEXTAREA"'))) {
    await page.keyboard.press('Tab')
    passed.push(await focused())
  }
  expect(passed).toEqual(['Раз', 'Два', 'Меню', 'Прикрепить файл', 'Сообщение в Telegram'])
  await log('telegram').getByRole('button', { name: 'Раз' }).last().focus()
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('Ответить на сообщение')
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('Удалить сообщение')
  for (let steps = 0; steps < 3; steps++) await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('Два')
  await page.keyboard.press('Enter')
  await log('telegram').getByText('Выбрано: Два').waitFor()
})

test('what is pressed is large enough for a finger', async () => {
  await begin('telegram')
  for (const control of await phone('telegram').locator('button:visible, summary:visible').all()) {
    const box = await control.boundingBox()
    expect(
      Math.min(box?.width ?? 0, box?.height ?? 0),
      String(await control.getAttribute('aria-label')),
    ).toBeGreaterThan(39)
  }
})

test('keeps what was typed when nobody answers, and says so', async () => {
  await begin('vk')
  const nobody = '**/sandbox/chats/vk/1'
  await page.route(nobody, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await say('vk', 'мне это важно')
  await phone('vk').getByRole('status').getByText('песочница не отвечает').waitFor()
  expect(await field('vk').inputValue()).toBe('мне это важно')
  await page.unroute(nobody)
  await field('vk').press('Enter')
  await log('vk').getByText('Вы сказали: мне это важно').waitFor()
  expect(await field('vk').inputValue()).toBe('')
})

test('works in more tabs than a browser has connections to a server, also after the one that listens is closed', async () => {
  const context = await browser.newContext()
  try {
    const tabs: Page[] = []
    for (let count = 0; count < 8; count++) {
      const tab = await context.newPage()
      await tab.goto(sandbox.url)
      await tab.locator('#stats dt').first().waitFor()
      tabs.push(tab)
    }
    const last = tabs.at(-1)
    await last?.locator('#phone-vk .start').click()
    for (const tab of tabs) await tab.locator('#phone-vk').getByText('Вы сказали: Начать').waitFor()
    await tabs.shift()?.close()
    const resident = new SandboxHand(sandbox.url).resident('vk', 1)
    await resident.say('слушает другая')
    for (const tab of tabs) await tab.locator('#phone-vk').getByText('Вы сказали: слушает другая').waitFor()
  } finally {
    await context.close()
  }
})

test('goes on by itself when the sandbox is started again', async () => {
  await begin('vk')
  await say('vk', 'до')
  await log('vk').getByText('Вы сказали: до').waitFor()
  await bot.stop()
  await sandbox.close()
  sandbox = await startSandbox({ folder, flats, port: sandbox.port })
  await new SandboxHand(sandbox.url).resident('vk', 1).say('после')
  await log('vk').locator('.own').getByText('после').waitFor()
})

test('the chosen tab stands out from the others in the dark', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await contrast('#tab-telegram')).toBeGreaterThan(4.5)
  const ground = (id: string): Promise<number> =>
    page.evaluate(`Number(getComputedStyle(document.querySelector('${id}')).backgroundColor.match(/[0-9.]+/)[0])`)
  expect(await ground('#tab-telegram')).toBeGreaterThan(200)
})

test('an example taken on a narrow screen leads back to the phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('tab', { name: 'ВКонтакте' }).click()
  await begin('vk')
  await page.getByRole('tab', { name: 'Примеры' }).click()
  await page.getByRole('button', { name: '6600000017' }).click()
  expect(await field('vk').inputValue()).toBe('6600000017')
  expect(await field('vk').isVisible()).toBe(true)
})

test.each([360, 320])('fits a screen %d pixels wide, one phone at a time', async (width) => {
  await page.setViewportSize({ width, height: 740 })
  await begin('telegram')
  await say('telegram', 'д'.repeat(300))
  await log('telegram')
    .getByText(`Вы сказали: ${'д'.repeat(300)}`)
    .waitFor()
  expect(await phone('vk').isVisible()).toBe(false)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  await page.getByRole('tab', { name: 'Telegram' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await phone('telegram').isVisible()).toBe(false)
  await begin('vk')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
})

test('loads nothing from anywhere else', async () => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  await page.reload()
  await begin('telegram')
  expect([...hosts]).toEqual([new URL(sandbox.url).host])
})

/** What runs in the browser is handed over as text: this side knows no DOM. */
const colorOf = (selector: string): Promise<number[]> =>
  page.evaluate(`getComputedStyle(document.querySelector('${selector}')).color.match(/[0-9.]+/g).map(Number)`)

const contrast = (selector: string): Promise<number> =>
  page.evaluate(`(${contrastSource})(document.querySelector('${selector}'))`)
