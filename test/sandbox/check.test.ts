import { describe, expect, test } from 'vitest'
import { checkTelegramCall } from '../../bots/sandbox/check/telegram.ts'
import { checkVkCall } from '../../bots/sandbox/check/vk.ts'

const say = (more: object = {}) => ({ chat_id: 1, text: 'Привет', ...more })
const inline = (...row: object[]) => say({ reply_markup: { inline_keyboard: [row] } })
const marked = (offset: number, length: number, text = 'Привет') =>
  say({ text, entities: [{ type: 'bold', offset, length }] })

describe('a call to Telegram', () => {
  test.each<[name: string, method: string, params: Record<string, unknown>]>([
    ['a plain message', 'sendMessage', say()],
    ['4096 characters', 'sendMessage', say({ text: 'я'.repeat(4096) })],
    ['an entity to the very end', 'sendMessage', marked(0, 6)],
    ['64 bytes of callback data', 'sendMessage', inline({ text: 'Да', callback_data: 'x'.repeat(64) })],
    ['a reply keyboard', 'sendMessage', say({ reply_markup: { keyboard: [[{ text: 'Да' }]] } })],
    ['a link', 'sendMessage', inline({ text: 'Сайт', url: 'https://example.org' })],
    ['commands', 'setMyCommands', { commands: [{ command: 'menu', description: 'Меню' }] }],
  ])('passes: %s', (_, method, params) => {
    expect(checkTelegramCall(method, params)).toEqual([])
  })

  test.each<[name: string, method: string, params: Record<string, unknown>, path: string, refusal: string | undefined]>(
    [
      ['an unknown method', 'sendMesage', say(), 'sendMesage', 'Not Found'],
      ['an unknown parameter (which Telegram ignores)', 'sendMessage', say({ pase_mode: 'x' }), 'pase_mode', undefined],
      ['no chat', 'sendMessage', { text: 'x' }, 'chat_id', 'parameter "chat_id" is required'],
      ['no text', 'sendMessage', { chat_id: 1 }, 'text', 'message text is empty'],
      ['an empty text', 'sendMessage', say({ text: '' }), 'text', 'message text is empty'],
      ['white space only', 'sendMessage', say({ text: ' \n' }), 'text', 'text must be non-empty'],
      ['4097 characters', 'sendMessage', say({ text: 'я'.repeat(4097) }), 'text', 'message is too long'],
      [
        'a caption of 1025',
        'sendPhoto',
        { chat_id: 1, photo: 'x', caption: 'я'.repeat(1025) },
        'caption',
        'message caption is too long',
      ],
      [
        'a wrong type',
        'sendMessage',
        say({ disable_notification: 'sometimes' }),
        'disable_notification',
        'can\'t parse "disable_notification": Boolean expected',
      ],
      [
        'a wrong type deep inside',
        'sendMessage',
        inline({ text: 5, callback_data: 'x' }),
        'reply_markup.inline_keyboard[0][0].text',
        'String expected',
      ],
      [
        'an unknown field deep inside',
        'sendMessage',
        inline({ text: 'Да', callback_dta: 'x' }),
        'reply_markup.inline_keyboard[0][0].callback_dta',
        undefined,
      ],
      [
        'an unknown kind of entity',
        'sendMessage',
        say({ entities: [{ type: 'bald', offset: 0, length: 1 }] }),
        'entities[0].type',
        'invalid entities[0].type specified',
      ],
      ['an entity past the end', 'sendMessage', marked(3, 4), 'entities[0]', 'ends after the end of the text'],
      ['an entity that cuts an emoji', 'sendMessage', marked(0, 1, '🏠'), 'entities[0]', 'UTF-16 symbol'],
      ['an empty entity', 'sendMessage', marked(0, 0), 'entities[0]', 'invalid entity'],
      [
        '65 bytes of callback data',
        'sendMessage',
        inline({ text: 'Да', callback_data: 'я'.repeat(33) }),
        'reply_markup.inline_keyboard[0][0].callback_data',
        'BUTTON_DATA_INVALID',
      ],
      [
        'a button without an action',
        'sendMessage',
        inline({ text: 'Да' }),
        'reply_markup.inline_keyboard[0][0]',
        'Text buttons are unallowed',
      ],
      [
        '101 buttons',
        'sendMessage',
        say({
          reply_markup: { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'x' }]) },
        }),
        'reply_markup.inline_keyboard',
        'reply markup is too long',
      ],
      [
        'nine buttons in a row',
        'sendMessage',
        inline(...Array.from({ length: 9 }, () => ({ text: 'x', callback_data: 'x' }))),
        'reply_markup.inline_keyboard[0]',
        undefined,
      ],
      [
        'an album of one',
        'sendMediaGroup',
        { chat_id: 1, media: [{ type: 'photo', media: 'x' }] },
        'media',
        'out of bounds',
      ],
      [
        'an attachment that is not there',
        'sendMediaGroup',
        {
          chat_id: 1,
          media: [
            { type: 'photo', media: 'attach://a' },
            { type: 'photo', media: 'x' },
          ],
        },
        'media[0].media',
        'invalid file',
      ],
      [
        'a Cyrillic command',
        'setMyCommands',
        { commands: [{ command: 'меню', description: 'x' }] },
        'commands[0].command',
        'BOT_COMMAND_INVALID',
      ],
      [
        'a long answer to a press',
        'answerCallbackQuery',
        { callback_query_id: '1', text: 'я'.repeat(201) },
        'text',
        'out of bounds',
      ],
      ['formatting by markup', 'sendMessage', say({ parse_mode: 'HTML' }), 'parse_mode', "can't parse entities"],
    ],
  )('is complained of: %s', (_, method, params, path, refusal) => {
    const [found, ...others] = checkTelegramCall(method, params)
    // A misspelt action is told of twice: it is unknown, and the button is left without one.
    expect(found?.path).toBe(path)
    expect(found?.refusal?.text).toEqual(refusal === undefined ? undefined : expect.stringContaining(refusal))
    expect(others.length).toBeLessThanOrEqual(1)
  })
})

const send = (more: Record<string, string> = {}) => ({
  v: '5.199',
  peer_id: '77',
  random_id: '0',
  message: 'Привет',
  ...more,
})
const button = (label = 'Да', more: object = {}) => ({
  action: { type: 'callback', label, payload: '{"t":"y"}', ...more },
})
const keyboard = (buttons: object[][], more: object = { inline: true }) =>
  send({ keyboard: JSON.stringify({ ...more, buttons }) })
const event = (data: object) => ({
  v: '5.199',
  event_id: 'e',
  user_id: '77',
  peer_id: '77',
  event_data: JSON.stringify(data),
})

describe('a call to VK', () => {
  test.each<[name: string, method: string, params: Record<string, string>]>([
    ['a plain message', 'messages.send', send()],
    ['4096 characters', 'messages.send', send({ message: 'я'.repeat(4096) })],
    [
      'an inline keyboard of ten',
      'messages.send',
      keyboard([[1, 2, 3, 4, 5].map(() => button()), [1, 2, 3, 4, 5].map(() => button())]),
    ],
    ['a keyboard below', 'messages.send', keyboard([[button('Меню', { type: 'text' })]], { one_time: false })],
    [
      'an edit by the number in the conversation',
      'messages.edit',
      { v: '5.199', peer_id: '77', conversation_message_id: '3', message: 'x' },
    ],
    ['a snackbar', 'messages.sendMessageEventAnswer', event({ type: 'show_snackbar', text: 'Готово' })],
  ])('passes: %s', (_, method, params) => {
    expect(checkVkCall(method, params)).toEqual([])
  })

  test.each<[name: string, method: string, params: Record<string, string>, path: string, code: number | undefined]>([
    ['an unknown method', 'messages.sned', send(), 'messages.sned', 3],
    ['an unknown parameter (which VK ignores)', 'messages.send', send({ mesage: 'x' }), 'mesage', undefined],
    ['no version', 'users.get', { user_ids: '1' }, 'v', 8],
    ['no random_id', 'messages.send', { v: '5.199', peer_id: '77', message: 'x' }, 'random_id', 100],
    ['a random_id beyond int32', 'messages.send', send({ random_id: '2147483648' }), 'random_id', 100],
    ['no peer', 'messages.send', { v: '5.199', random_id: '0', message: 'x' }, 'peer_id', 100],
    ['a peer in words', 'messages.send', send({ peer_id: 'durov' }), 'peer_id', 100],
    ['no message', 'messages.send', send({ message: '' }), 'message', 100],
    ['101 peers', 'messages.send', send({ peer_ids: Array(101).fill('77').join(',') }), 'peer_ids', 100],
    ['4097 characters', 'messages.send', send({ message: 'я'.repeat(4097) }), 'message', 914],
    [
      'eleven attachments',
      'messages.send',
      send({ attachment: Array(11).fill('photo1_2').join(',') }),
      'attachment',
      100,
    ],
    [
      'eleven inline buttons',
      'messages.send',
      keyboard([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1]].map((row) => row.map(() => button()))),
      'keyboard.buttons',
      911,
    ],
    [
      'seven inline rows',
      'messages.send',
      keyboard([1, 2, 3, 4, 5, 6, 7].map(() => [button()])),
      'keyboard.buttons',
      911,
    ],
    ['six in a row', 'messages.send', keyboard([[1, 2, 3, 4, 5, 6].map(() => button())]), 'keyboard.buttons[0]', 911],
    [
      '41 buttons below',
      'messages.send',
      keyboard(
        [...Array(10)].map((_, y) =>
          [...Array(y === 0 ? 5 : 4)].map(() => button('x', { type: 'text', payload: '1' })),
        ),
        {},
      ),
      'keyboard.buttons',
      911,
    ],
    [
      'a label of 41',
      'messages.send',
      keyboard([[button('я'.repeat(41))]]),
      'keyboard.buttons[0][0].action.label',
      911,
    ],
    [
      'a payload of 256',
      'messages.send',
      keyboard([[button('x', { payload: JSON.stringify('x'.repeat(254)) })]]),
      'keyboard.buttons[0][0].action.payload',
      911,
    ],
    [
      'a payload that is not JSON',
      'messages.send',
      keyboard([[button('x', { payload: 'да' })]]),
      'keyboard.buttons[0][0].action.payload',
      911,
    ],
    [
      'one_time inline',
      'messages.send',
      keyboard([[button()]], { inline: true, one_time: true }),
      'keyboard.one_time',
      911,
    ],
    [
      'an unknown field of a button',
      'messages.send',
      keyboard([[{ ...button(), colour: 'red' }]]),
      'keyboard.buttons[0][0].colour',
      911,
    ],
    [
      'an unknown colour',
      'messages.send',
      keyboard([[{ ...button(), color: 'red' }]]),
      'keyboard.buttons[0][0].color',
      911,
    ],
    ['a keyboard that is not JSON', 'messages.send', send({ keyboard: '{' }), 'keyboard', 911],
    [
      'a snackbar of 91',
      'messages.sendMessageEventAnswer',
      event({ type: 'show_snackbar', text: 'я'.repeat(91) }),
      'event_data',
      100,
    ],
    ['a count over the maximum', 'messages.getHistory', { v: '5.199', peer_id: '77', count: '201' }, 'count', 100],
    ['a filter that does not exist', 'messages.getConversations', { v: '5.199', filter: 'answered' }, 'filter', 100],
  ])('is complained of: %s', (_, method, params, path, code) => {
    const found = checkVkCall(method, params)
    expect(found.map((one) => one.path)).toContain(path)
    expect(found.find((one) => one.path === path)?.refusal?.code).toBe(code)
  })
})
