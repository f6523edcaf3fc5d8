import { expect, test } from 'vitest'
import { eachWithForumPage } from './forumPage.ts'

const opened = eachWithForumPage()
const card = { reply_markup: { inline_keyboard: [[{ text: 'Беру', callback_data: 'take:1' }]] } }

/** A topic with a pinned card, a line, a reply and a closed neighbour. */
async function makeTopics(): Promise<void> {
  const topic = await opened.at.makeTopic('Ждёт · № 7 · показания и счётчики · ВКонтакте')
  const message_id = await opened.at.write(topic, 'Житель ждёт\n'.repeat(12), card)
  await opened.at.inForum('pinChatMessage', { message_id })
  const line = await opened.at.write(topic, 'д'.repeat(300))
  await opened.at.staff(0).say('Смотрю', { topic, replyTo: String(line) })
  await opened.at.staff(1).say('// заметка', { topic })
  await opened.at.inForum('closeForumTopic', { message_thread_id: await opened.at.makeTopic('Закрыт · № 6') })
  await opened.at.topic('Закрыт · № 6').getByText('закрыта').first().waitFor({ state: 'attached' })
}

test.each([1200, 1400, 1920])(
  'stands beside both phones and the examples on a screen %d pixels wide',
  async (width) => {
    const { page } = opened.at
    await page.setViewportSize({ width, height: 900 })
    await makeTopics()
    await opened.at.topic('№ 7').click()
    await opened.at.post('// заметка').waitFor()
    const boxes = await Promise.all(
      ['#phone-telegram', '#phone-vk', '#forum', '#side'].map((one) => page.locator(one).boundingBox()),
    )
    for (const [at, box] of boxes.entries()) {
      const right = boxes[at + 1]?.x ?? width
      expect((box?.x ?? width) + (box?.width ?? width)).toBeLessThanOrEqual(right)
    }
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(900)
  },
)

test('stands beside what the tabs choose on a screen 1000 pixels wide', async () => {
  const { page } = opened.at
  await page.setViewportSize({ width: 1000, height: 760 })
  for (const [tab, shown] of [
    ['ВКонтакте', '#phone-vk'],
    ['Примеры', '#side'],
    ['Telegram', '#phone-telegram'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click()
    await page.locator(shown).waitFor()
    expect(await opened.at.pane.isVisible()).toBe(true)
  }
  await page.keyboard.press('ArrowLeft')
  await page.locator('#side').waitFor()
})

test.each([
  [360, 740],
  [320, 568],
  [740, 360],
])('has a tab of its own on a screen of %d × %d, and everything in sight', async (width, height) => {
  const { page, pane } = opened.at
  await page.setViewportSize({ width, height })
  await makeTopics()
  expect(await pane.isVisible()).toBe(false)
  await page.getByRole('tab', { name: 'Консультанты' }).getByText('непрочитанных').waitFor({ state: 'attached' })
  await page.getByRole('tab', { name: 'Консультанты' }).click()
  expect(await page.locator('#phone-telegram').isVisible()).toBe(false)
  await opened.at.topic('№ 7').click()
  await opened.at.post('// заметка').waitFor()
  for (const part of [opened.at.field, pane.locator('.plays select')]) {
    const box = await part.boundingBox()
    expect((box?.y ?? height) + (box?.height ?? height)).toBeLessThanOrEqual(height)
    expect((box?.x ?? width) + (box?.width ?? width)).toBeLessThanOrEqual(width)
  }
  const field = await opened.at.field.boundingBox()
  const last = await opened.at.post('// заметка').boundingBox()
  expect((last?.y ?? height) + (last?.height ?? height)).toBeLessThanOrEqual(field?.y ?? 0)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(height)
})

test('is used by the keyboard alone', async () => {
  const { page, pane } = opened.at
  await makeTopics()
  const focused = () => page.evaluate<string>('document.activeElement.textContent')
  await pane.getByLabel('Действия с группой').focus()
  await page.keyboard.press('Tab')
  expect(await focused()).toContain('Общая тема')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toContain('№ 7')
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none')
  await page.keyboard.press('Enter')
  await page.keyboard.type('с клавиатуры')
  await page.keyboard.press('Enter')
  await opened.at.post('с клавиатуры').waitFor()
  await page.keyboard.press('Escape')
  expect(await focused()).toContain('№ 7')
  // Tab passes by the other topics.
  await page.keyboard.press('Tab')
  expect(await pane.locator('.plays select').evaluate('document.activeElement.tagName')).toBe('SELECT')
})

test('what is pressed is large enough for a finger', async () => {
  await makeTopics()
  const { pane } = opened.at
  const large = async () => {
    for (const control of await pane.locator('button:visible, summary:visible, select:visible').all()) {
      const box = await control.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), await control.innerHTML()).toBeGreaterThan(39)
    }
  }
  await large()
  await opened.at.topic('№ 7').click()
  await opened.at.post('// заметка').waitFor()
  await large()
})

test.each(['light', 'dark'] as const)('is readable in %s', async (colorScheme) => {
  const { page } = opened.at
  await page.setViewportSize({ width: 1920, height: 900 })
  await page.emulateMedia({ colorScheme })
  await makeTopics()
  await opened.at.topic('№ 7').click()
  await opened.at.post('// заметка').waitFor()
  for (const selector of [
    '#forum .bubble .text',
    '#forum .own .text',
    '#forum .author:not(.unseen)',
    '#forum .service span',
    '#forum .quoted',
    '#forum .pinned .choice',
    '#forum .pinned-said .text',
    '#forum .pinned summary b',
    '#forum .rows .choice',
    '#forum .topic-name',
    '#forum .topic-last',
    '#forum .topic-time',
    '#forum .topic-state',
    '#forum [aria-current] .topic-last',
    '#forum .topic-sign',
    '#forum .status',
    '#forum .plays span',
    '#forum .plays select',
    '#forum .more .heading',
  ])
    expect(await opened.at.contrast(selector), selector).toBeGreaterThan(4.5)
})
