import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChromium } from '../support/chromium.ts'
import { openTown, type Town } from '../support/town.ts'
import { said } from '../talks/said.ts'
import { flats } from '../talks/talk.ts'

let town: Town
let browser: Browser
let page: Page

beforeAll(async () => {
  town = await openTown()
  browser = await startChromium()
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.goto(town.url)
  await page.locator('#person option').first().waitFor({ state: 'attached' })
})
afterAll(async () => {
  await browser.close()
  await town.close()
})

/** A resident's own hands: what he presses and where he types. */
interface Hands {
  start(): Promise<void>
  press(label: string): Promise<void>
  write(text: string): Promise<void>
}

const mouse = (phone: Locator): Hands => ({
  start: () => phone.locator('.start').click(),
  press: (label) => phone.getByRole('log').getByRole('button', { name: label, exact: true }).last().click(),
  async write(text) {
    await phone.locator('textarea').click()
    await page.keyboard.type(text)
    await phone.getByRole('button', { name: 'Отправить' }).click()
  },
})

/** Tab, Shift+Tab, letters and Enter only; nothing is further away than a screen of buttons. */
const keyboard = (phone: Locator): Hands => {
  const isAt = async (target: Locator) => (await target.and(page.locator(':focus')).count()) > 0
  const walkTo = async (target: Locator, key: 'Tab' | 'Shift+Tab') => {
    await target.waitFor()
    for (let steps = 0; !(await isAt(target)); steps++) {
      expect(steps, `${key} to ${target}`).toBeLessThan(40)
      await page.keyboard.press(key)
    }
  }
  return {
    async start() {
      await walkTo(phone.locator('.start'), 'Tab')
      await page.keyboard.press('Enter')
      await phone.locator('textarea').waitFor()
    },
    async press(label) {
      // From the log on, whose first stop is the bot's last message.
      await walkTo(phone.getByRole('log'), 'Shift+Tab')
      await walkTo(phone.getByRole('log').getByRole('button', { name: label, exact: true }).last(), 'Tab')
      await page.keyboard.press('Enter')
    },
    async write(text) {
      await walkTo(phone.locator('textarea'), 'Tab')
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
  }
}

test.each([
  ['telegram', 'the mouse', mouse, { ...flats.twoWater, typed: '324,5 311' }],
  ['vk', 'the keyboard alone', keyboard, { ...flats.threeZones, typed: '250 126 3600 6400 3900' }],
] as const)('in %s a resident gets from «Старт» to «Показания приняты» on the page with %s', async (...row) => {
  const [messenger, , handsOf, flat] = row
  const phone = page.locator(`#phone-${messenger}`)
  // A browser's text has single spaces where ours has line breaks.
  const shown = (key: string) =>
    phone
      .getByRole('log')
      .getByText(new RegExp(said(key).source.replace(/\n+/g, '\\s+')))
      .last()
      .waitFor()
  const hands = handsOf(phone)
  await hands.start()
  await shown('consent.text')
  await hands.press('Согласен')
  await shown('linking.first')
  await hands.press('По адресу и номеру счёта')
  await shown('linking.askAddress')
  await hands.write(flat.address)
  await shown('linking.askNumber')
  await hands.write(flat.number)
  await shown('linking.linked')
  await hands.press('Передать показания')
  await shown('readings.title')
  await hands.write(flat.typed)
  await shown('readings.check')
  await hands.press('Верно')
  await shown('readings.accepted')
  expect(await town.hand.violations()).toEqual([])
  expect(await page.locator('#violations').isVisible()).toBe(false)
})
