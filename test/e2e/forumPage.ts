import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { StaffHand } from '../../bots/sandbox/hand/staff.ts'
import { SandboxHand } from '../../bots/sandbox/hand.ts'
import { type Sandbox, startSandbox } from '../../bots/sandbox/start.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { desk } from '../sandbox/running.ts'
import { startChromium } from '../support/chromium.ts'

const contrastSource = readFileSync(new URL('./contrast.js', import.meta.url), 'utf8').replace(/^[\s\S]*?export /, '')

/** The page with the forum of a sandbox of its own, and the consultants' bot by bare calls. */
export class ForumPage {
  constructor(
    readonly page: Page,
    readonly folder: string,
    public sandbox: Sandbox,
  ) {}

  get hand(): SandboxHand {
    return new SandboxHand(this.sandbox.url)
  }

  get pane(): Locator {
    return this.page.locator('#forum')
  }

  get log(): Locator {
    return this.pane.getByRole('log')
  }

  get field(): Locator {
    return this.pane.locator('textarea')
  }

  get pinned(): Locator {
    return this.pane.locator('.pinned')
  }

  topic(name: string): Locator {
    return this.pane.locator('nav button').filter({ hasText: name })
  }

  /** A message in the open topic. */
  post(text: string): Locator {
    return this.log.locator('.message').filter({ hasText: text })
  }

  staff(at: number): StaffHand {
    return this.hand.staff(staffPeople.consultants[at]?.id ?? 0)
  }

  async play(person: number): Promise<void> {
    await this.pane.locator('.plays select').selectOption(String(person))
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  async choose(menu: 'темой' | 'группой', words: string): Promise<void> {
    await this.pane.getByLabel(`Действия с ${menu}`).click()
    await this.pane.getByRole('button', { name: words, exact: true }).click()
  }

  /** A call of the consultants' bot. */
  async bot<Result>(method: string, params: object): Promise<Result> {
    return (await desk<Result>(this.sandbox.url, method, params)).result
  }

  /** One that is about the forum. */
  inForum<Result>(method: string, params: object): Promise<Result> {
    return this.bot<Result>(method, { chat_id: staffForum.id, ...params })
  }

  async makeTopic(name: string): Promise<number> {
    return (await this.inForum<{ message_thread_id: number }>('createForumTopic', { name })).message_thread_id
  }

  async write(topic: number, text: string, more: object = {}): Promise<number> {
    const posted = await this.inForum<{ message_id: number }>('sendMessage', {
      message_thread_id: topic,
      text,
      ...more,
    })
    return posted.message_id
  }

  contrast(selector: string): Promise<number> {
    return this.page.evaluate(`(${contrastSource})(document.querySelector('${selector}'))`)
  }

  async startAgain(): Promise<void> {
    await this.sandbox.close()
    this.sandbox = await startSandbox({ folder: this.folder, port: this.sandbox.port })
  }
}

/** A page of its own for each test, as wide as three panes need. */
export function eachWithForumPage(): { at: ForumPage } {
  const opened = {} as { at: ForumPage }
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-forum-'))
    const sandbox = await startSandbox({ folder })
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    opened.at = new ForumPage(page, folder, sandbox)
    await page.goto(sandbox.url)
    await opened.at.topic('Общая тема').waitFor()
  })
  afterEach(async () => {
    expect(await opened.at.hand.violations()).toEqual([])
    await opened.at.page.close()
    await opened.at.sandbox.close()
    await rm(opened.at.folder, { recursive: true })
  })
  return opened
}
