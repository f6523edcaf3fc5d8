import { describe, expect, test } from 'vitest'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import { eachWithForumPage } from './forumPage.ts'

const opened = eachWithForumPage()
const supervisor = staffPeople.supervisor.id
const oleg = staffPeople.consultants[1]?.id ?? 0

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const card = { reply_markup: { inline_keyboard: [[{ text: 'Беру', callback_data: 'take:1' }]] } }

interface Press {
  update_id: number
  callback_query?: { id: string; data: string; from: { id: number } }
}

/** Opens a topic that the bot has made. */
async function openTopic(name = 'Ждёт · № 7'): Promise<number> {
  const topic = await opened.at.makeTopic(name)
  await opened.at.topic(name).click()
  return topic
}

async function nextPress(): Promise<NonNullable<Press['callback_query']>> {
  let offset = 0
  for (;;) {
    for (const { update_id, callback_query } of await opened.at.bot<Press[]>('getUpdates', { offset, timeout: 20 })) {
      offset = update_id + 1
      if (callback_query) return callback_query
    }
  }
}

test('says what will appear here while nobody has called a consultant', async () => {
  const { pane } = opened.at
  await pane.getByText('Здесь появятся обращения, когда житель позовёт консультанта.').waitFor()
  await opened.at.makeTopic('Ждёт · № 7')
  await pane.getByText('Здесь появятся обращения').waitFor({ state: 'hidden' })
})

describe('a topic', () => {
  test('appears without a reload; what a consultant writes in it is there for the bot', async () => {
    const topic = await openTopic()
    await opened.at.write(topic, 'Почему так много?')
    await opened.at.post('Почему так много?').waitFor()
    await opened.at.say('Сейчас посмотрю')
    await opened.at.post('Сейчас посмотрю').waitFor()
    expect(await opened.at.field.inputValue()).toBe('')
    const seen = await opened.at.hand.forum().topic(topic)
    expect(seen?.messages.at(-1)).toMatchObject({ from: 'staff', author: 'Ирина', text: 'Сейчас посмотрю' })
  })

  test('shows a press, its toast, and the card changed in both places where it stands', async () => {
    const { pane, pinned, log } = opened.at
    const topic = await openTopic()
    const message_id = await opened.at.write(topic, 'Житель ждёт', card)
    await opened.at.inForum('pinChatMessage', { message_id })
    await pinned.getByRole('button', { name: 'Беру' }).click()
    const press = await nextPress()
    expect(press).toMatchObject({ data: 'take:1', from: { id: staffPeople.consultants[0]?.telegramId } })
    await opened.at.bot('answerCallbackQuery', { callback_query_id: press.id, text: 'Чат ваш' })
    await pane.getByRole('status').getByText('Чат ваш').waitFor()
    const close = { reply_markup: { inline_keyboard: [[{ text: 'Закрыть', callback_data: 'close:1' }]] } }
    await opened.at.inForum('editMessageText', { message_id, text: 'Ведёт Ирина', ...close })
    await pinned.getByText('Ведёт Ирина').last().waitFor()
    await log.getByRole('button', { name: 'Закрыть' }).waitFor()
    // Focus goes on to what took the place of the pressed button.
    await opened.at.page.waitForFunction(`document.activeElement.textContent === 'Закрыть'`)
  })

  test('lets the pinned card be folded and stay so', async () => {
    const { pinned } = opened.at
    const topic = await openTopic()
    const message_id = await opened.at.write(topic, 'Житель ждёт', card)
    await opened.at.inForum('pinChatMessage', { message_id })
    await pinned.getByRole('button', { name: 'Беру' }).waitFor()
    await pinned.locator('summary').click()
    expect(await pinned.getByRole('button', { name: 'Беру' }).isVisible()).toBe(false)
    await opened.at.inForum('editMessageText', { message_id, text: 'Житель ждёт пять минут', ...card })
    await pinned.getByText('Житель ждёт пять минут').first().waitFor()
    expect(await pinned.getByRole('button', { name: 'Беру' }).isVisible()).toBe(false)
  })

  test('counts what nobody has looked at, also after a reload, and stops when it is opened', async () => {
    const topic = await opened.at.makeTopic('Ждёт · № 7')
    await opened.at.write(topic, 'раз')
    await opened.at.write(topic, 'два')
    await opened.at.topic('№ 7').getByText('непрочитанных: 2').waitFor()
    await opened.at.topic('№ 7').click()
    await opened.at.post('два').waitFor()
    await opened.at.pane.getByRole('button', { name: 'К списку тем' }).click()
    expect(await opened.at.topic('№ 7').locator('.unread').count()).toBe(0)
    await opened.at.page.reload()
    await opened.at.write(topic, 'три')
    await opened.at.topic('№ 7').getByText('непрочитанных: 1').waitFor()
    expect(await opened.at.topic('№ 7').textContent()).toContain('три')
  })

  test('shows replies, edits, reactions, albums and what was done in words', async () => {
    const topic = await openTopic()
    const asked = await opened.at.write(topic, 'Как передать показания?')
    const said = await opened.at.staff(1).say('Вот так', { topic, replyTo: String(asked) })
    await opened.at.staff(1).edit(said, 'Вот так и так')
    await opened.at.inForum('setMessageReaction', {
      message_id: Number(said),
      reaction: [{ type: 'emoji', emoji: '👀' }],
    })
    const answer = opened.at.post('Вот так и так')
    await answer.getByText('👀').waitFor()
    await answer.locator('.quoted').getByText('Как передать показания?').waitFor()
    await answer.getByText('изменено').waitFor()
    await answer.getByText('Олег Сафин').waitFor()
    await opened.at.staff(1).send(
      [
        { kind: 'photo', name: 'a.png', bytes: pixel },
        { kind: 'photo', name: 'b.png', bytes: pixel },
      ],
      { topic, caption: 'Снимки' },
    )
    await opened.at.post('Снимки').locator('img').nth(1).waitFor()
    await opened.at.inForum('closeForumTopic', { message_thread_id: topic })
    await opened.at.post('тема закрыта').waitFor()
  })

  test('takes several pictures as one album, a file, a place and a voice message', async () => {
    const { pane, log } = opened.at
    const topic = await openTopic()
    await opened.at.field.fill('Счётчики')
    await pane.locator('input[type=file]').setInputFiles([
      { name: 'a.png', mimeType: 'image/png', buffer: pixel },
      { name: 'b.png', mimeType: 'image/png', buffer: pixel },
    ])
    await opened.at.post('Счётчики').locator('img').nth(1).waitFor()
    await pane
      .locator('input[type=file]')
      .setInputFiles({ name: 'акт.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
    await log.locator('.document').getByText('акт.pdf').waitFor()
    await opened.at.choose('темой', 'Отправить геопозицию')
    await log.locator('.place').waitFor()
    await opened.at.choose('темой', 'Отправить голосовое')
    await log.getByText('Голосовое сообщение').waitFor()
    const sent = (await opened.at.hand.forum().topic(topic))?.messages.filter((one) => one.from === 'staff') ?? []
    expect(sent.map(({ files, location }) => files[0]?.kind ?? (location && 'place'))).toEqual([
      'photo',
      'photo',
      'document',
      'place',
      'voice',
    ])
    expect(sent[0]?.album).toBe(sent[1]?.album)
  })

  test('lets a message be answered and one of one’s own edited, and gives the draft back', async () => {
    const topic = await openTopic()
    const asked = await opened.at.write(topic, 'Когда ответите?')
    await opened.at.field.fill('Через минуту')
    await opened.at.post('Когда ответите?').hover()
    await opened.at.post('Когда ответите?').getByRole('button', { name: 'Ответить на сообщение' }).click()
    await opened.at.pane.getByText('Ответ: Когда ответите?').waitFor()
    await opened.at.field.press('Enter')
    const own = opened.at.post('Через минуту')
    await own.locator('.quoted').waitFor()
    expect((await opened.at.hand.forum().topic(topic))?.messages.at(-1)?.replyTo).toBe(String(asked))
    await opened.at.field.fill('черновик')
    await own.hover()
    await own.getByRole('button', { name: 'Изменить сообщение' }).click()
    await opened.at.say('Через две минуты')
    await opened.at.post('Через две минуты').getByText('изменено').waitFor()
    await opened.at.page.waitForFunction(`document.querySelector('#forum textarea').value === 'черновик'`)
  })

  test('keeps what is half-written in it while another one is open', async () => {
    await openTopic('Первая')
    await opened.at.field.fill('не дописано')
    await openedOther()
    expect(await opened.at.field.inputValue()).toBe('')
    await opened.at.pane.getByRole('button', { name: 'К списку тем' }).click()
    await opened.at.topic('Первая').click()
    expect(await opened.at.field.inputValue()).toBe('не дописано')
  })

  test('is closed, opened again and deleted by hand; its state is said in words', async () => {
    const { pane } = opened.at
    const topic = await openTopic()
    await opened.at.choose('темой', 'Закрыть тему')
    await pane.getByText('Тема закрыта: писать в ней пока нельзя.').waitFor()
    expect(await opened.at.field.isVisible()).toBe(false)
    // The owner of the group may write where others may not.
    await opened.at.play(supervisor)
    await opened.at.say('Разберусь сама')
    await opened.at.post('Разберусь сама').waitFor()
    await pane.getByRole('button', { name: 'Открыть снова' }).click()
    await opened.at.post('тема снова открыта').waitFor()
    await opened.at.choose('темой', 'Удалить тему со всей перепиской')
    await pane.getByText('Тема удалена вместе с перепиской.').waitFor()
    await pane.getByRole('button', { name: 'К списку тем' }).click()
    await opened.at.topic('№ 7').getByText('удалена').waitFor()
    expect((await opened.at.hand.forum().topic(topic))?.deleted).toBe(true)
  })

  test('tells that the bot is typing', async () => {
    const topic = await openTopic()
    await opened.at.inForum('sendChatAction', { message_thread_id: topic, action: 'typing' })
    await opened.at.pane.getByText('бот печатает…').waitFor()
  })

  test('is inert to markup that somebody types', async () => {
    const topic = await openTopic('<b>x</b>')
    const words = '<img src=x onerror="document.title = 1">'
    await opened.at.write(topic, words)
    await opened.at.log.getByText(words, { exact: true }).waitFor()
    expect(await opened.at.pane.locator('img, h2 b').count()).toBe(0)
  })
})

async function openedOther(): Promise<void> {
  await opened.at.makeTopic('Вторая')
  await opened.at.pane.getByRole('button', { name: 'К списку тем' }).click()
  await opened.at.topic('Вторая').click()
}

describe('the group', () => {
  test('is played by each of the staff: what one has written is another’s to read', async () => {
    const { pane } = opened.at
    await openTopic()
    expect(await pane.locator('.plays option').allTextContents()).toEqual([
      'Ирина Фомина · консультант',
      'Олег Сафин · консультант',
      'Марина Гордеева · консультант',
      'Тимур Ахметов · консультант',
      'Надежда Ларина · руководитель',
      'Пётр Чужинов · посторонний',
    ])
    await opened.at.say('от Ирины')
    await opened.at.log.locator('.own').getByText('от Ирины').waitFor()
    await opened.at.play(oleg)
    await opened.at.log.locator('.message:not(.own)').getByText('от Ирины').waitFor()
    await opened.at.say('от Олега')
    await opened.at.log.locator('.own').getByText('от Олега').waitFor()
  })

  test('is left and joined; the bot loses its rights, is driven out and comes back', async () => {
    const { pane, hand } = opened.at
    const bot = async () => (await hand.forum().see()).bot
    await opened.at.choose('группой', 'Отобрать у бота права')
    await pane.getByText('бот без прав').waitFor()
    await opened.at.choose('группой', 'Вернуть боту права')
    await pane.getByText('бот — администратор').waitFor()
    await opened.at.choose('группой', 'Удалить бота из группы')
    await pane.getByText('бота в группе нет').waitFor()
    expect(await bot()).toMatchObject({ isMember: false })
    await opened.at.choose('группой', 'Вернуть бота в группу')
    await pane.getByText('бот — администратор').waitFor()
    await opened.at.choose('группой', 'Выйти из группы')
    await pane.getByText('5 участников').waitFor()
    await opened.at.topic('Общая тема').click()
    await pane.getByText('Вы вышли из группы и писать в ней не можете.').waitFor()
    await opened.at.post('Стол консультантов (песочница): больше не в группе').waitFor()
    await pane.getByRole('button', { name: 'Вернуться в группу' }).click()
    await opened.at.post('Ирина: теперь в группе').waitFor()
    expect(await opened.at.field.isVisible()).toBe(true)
  })

  test('gets a topic of a person’s own making, and another name for it', async () => {
    await opened.at.choose('группой', 'Создать тему')
    await opened.at.pane.getByLabel('Название новой темы').fill('Памятка')
    await opened.at.page.keyboard.press('Enter')
    await opened.at.post('Ирина: тема создана').waitFor()
    await opened.at.choose('темой', 'Переименовать тему')
    await opened.at.pane.getByLabel('Название темы').fill('Памятка смены')
    await opened.at.page.keyboard.press('Enter')
    await opened.at.pane.getByRole('heading', { name: 'Памятка смены' }).waitFor()
  })
})

test('keeps what was typed when nobody answers, says so, and goes on when the sandbox is started again', async () => {
  const topic = await openTopic()
  const nobody = '**/sandbox/forums/*/people/*'
  await opened.at.page.route(nobody, (route) => route.abort())
  await opened.at.say('мне это важно')
  await opened.at.pane.getByRole('status').getByText('песочница не отвечает').waitFor()
  expect(await opened.at.field.inputValue()).toBe('мне это важно')
  await opened.at.page.unroute(nobody)
  await opened.at.startAgain()
  await opened.at.write(topic, 'после перерыва')
  await opened.at.post('после перерыва').waitFor()
  await opened.at.field.press('Enter')
  await opened.at.post('мне это важно').waitFor()
  expect(await opened.at.field.inputValue()).toBe('')
})
