import type { Message, Update } from 'grammy/types'
import type { Event } from '../../src/engine/event.ts'

/** Bodies as the Bot API tells them (Bot API 10.1), of made-up people, and what each of them means. */
const from = {
  id: 5551234567,
  is_bot: false,
  first_name: 'Анна',
  last_name: 'Пробная',
  username: 'anna_probe',
  language_code: 'ru',
}
const chat = {
  id: 5551234567,
  first_name: 'Анна',
  last_name: 'Пробная',
  username: 'anna_probe',
  type: 'private' as const,
}
const group = { id: -1001234500001, title: 'Соседи', type: 'supergroup' as const, is_forum: true as const }
const bot = { id: 7000000001, is_bot: true, first_name: 'ЕРЦ', username: 'erc_probe_bot' }
const message = { message_id: 41, from, chat, date: 1764000000 }
const inGroup = { message_id: 8, from, chat: group, date: 1764000000 }
const answered = { ...message, message_id: 40, from: bot, text: 'Где это?' } as NonNullable<Message['reply_to_message']>
const size = (file_id: string, width: number, file_size: number) => ({
  file_id,
  file_unique_id: `u${file_id}`,
  width,
  height: width,
  file_size,
})

type Expected = Pick<Event, 'input'> & Partial<Event>
const heard = (input: Event['input'], more: Partial<Event> = {}): Expected => ({
  chat: 'telegram:5551234567',
  at: new Date(1764000000_000),
  chatFacts: { language: 'ru' },
  ...more,
  input,
})
const unsupported = heard({ kind: 'unsupported', message: '41' })

export const self = { botId: 7000000001, username: 'erc_probe_bot' }

/** `undefined`: nothing that concerns us. */
export const updates: [what: string, body: Omit<Update, 'update_id'>, event: Expected | undefined][] = [
  ['words', { message: { ...message, text: '123 456' } }, heard({ kind: 'text', text: '123 456', message: '41' })],
  [
    'words of somebody who reads English',
    { message: { ...message, from: { ...from, language_code: 'en-GB' }, text: 'hi' } },
    heard({ kind: 'text', text: 'hi', message: '41' }, { chatFacts: { language: 'en' } }),
  ],
  [
    'a start',
    { message: { ...message, text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] } },
    heard({ kind: 'start' }),
  ],
  [
    'a start by a deep link',
    { message: { ...message, text: '/start qr_A-1', entities: [{ type: 'bot_command', offset: 0, length: 6 }] } },
    heard({ kind: 'start', payload: 'qr_A-1' }),
  ],
  [
    'a command with the bot’s name',
    {
      message: { ...message, text: '/menu@erc_probe_bot', entities: [{ type: 'bot_command', offset: 0, length: 19 }] },
    },
    heard({ kind: 'text', text: '/menu', message: '41' }),
  ],
  [
    'a command with more behind it',
    { message: { ...message, text: '/today  1 2' } },
    heard({ kind: 'text', text: '/today 1 2', message: '41' }),
  ],
  [
    'a slash that is no command',
    { message: { ...message, text: '/дом 5' } },
    heard({ kind: 'text', text: '/дом 5', message: '41' }),
  ],
  [
    'words that answer a message of ours',
    { message: { ...message, text: 'да', reply_to_message: answered } },
    heard({ kind: 'text', text: 'да', message: '41', repliesTo: '40' }),
  ],
  [
    'a picture that answers one',
    { message: { ...message, photo: [size('y', 1280, 90_000)], reply_to_message: answered } },
    heard({
      kind: 'files',
      files: [{ kind: 'photo', ref: 'y', name: 'photo_41.jpg', size: 90_000 }],
      message: '41',
      repliesTo: '40',
    }),
  ],
  [
    'a photo in three sizes, the largest not last',
    {
      message: {
        ...message,
        photo: [size('s', 90, 1000), size('y', 1280, 90_000), size('m', 320, 9000)],
        caption: 'счётчик',
      },
    },
    heard({
      kind: 'files',
      files: [{ kind: 'photo', ref: 'y', name: 'photo_41.jpg', size: 90_000 }],
      caption: 'счётчик',
      message: '41',
    }),
  ],
  [
    'one picture of an album',
    { message: { ...message, media_group_id: '13', photo: [size('y', 1280, 90_000)] } },
    heard({
      kind: 'files',
      files: [{ kind: 'photo', ref: 'y', name: 'photo_41.jpg', size: 90_000 }],
      message: '41',
      album: '13',
    }),
  ],
  [
    'a document',
    {
      message: {
        ...message,
        document: {
          file_id: 'd',
          file_unique_id: 'ud',
          file_name: 'акт.pdf',
          mime_type: 'application/pdf',
          file_size: 7,
        },
      },
    },
    heard({ kind: 'files', files: [{ kind: 'document', ref: 'd', name: 'акт.pdf', size: 7 }], message: '41' }),
  ],
  [
    'a voice without words',
    {
      message: {
        ...message,
        voice: { file_id: 'v', file_unique_id: 'uv', duration: 3, mime_type: 'audio/ogg', file_size: 9 },
      },
    },
    heard({ kind: 'files', files: [{ kind: 'voice', ref: 'v', name: 'voice_41.ogg', size: 9 }], message: '41' }),
  ],
  [
    'an animation, which is told as a document besides',
    {
      message: {
        ...message,
        animation: { file_id: 'a', file_unique_id: 'ua', width: 1, height: 1, duration: 1 },
        document: { file_id: 'a', file_unique_id: 'ua' },
      },
    },
    heard({ kind: 'files', files: [{ kind: 'video', ref: 'a', name: 'video_41.mp4' }], message: '41' }),
  ],
  [
    'a round video',
    { message: { ...message, video_note: { file_id: 'n', file_unique_id: 'un', length: 240, duration: 2 } } },
    heard({ kind: 'files', files: [{ kind: 'video', ref: 'n', name: 'video_41.mp4' }], message: '41' }),
  ],
  [
    'a contact',
    { message: { ...message, contact: { phone_number: '+79000000000', first_name: 'Анна', user_id: 5551234567 } } },
    heard({ kind: 'contact', message: '41' }),
  ],
  [
    'a place',
    { message: { ...message, location: { latitude: 56.8, longitude: 60.6 } } },
    heard({ kind: 'location', message: '41', latitude: 56.8, longitude: 60.6 }),
  ],
  [
    'a place with a name',
    {
      message: {
        ...message,
        venue: { location: { latitude: 56.8, longitude: 60.6 }, title: 'Дом', address: 'Мира, 5' },
      },
    },
    heard({ kind: 'location', message: '41', latitude: 56.8, longitude: 60.6, title: 'Дом, Мира, 5' }),
  ],
  [
    'a sticker',
    {
      message: {
        ...message,
        sticker: {
          file_id: 's',
          file_unique_id: 'us',
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '👍',
        },
      },
    },
    unsupported,
  ],
  ['a die', { message: { ...message, dice: { emoji: '🎲', value: 3 } } }, unsupported],
  [
    'an edit',
    { edited_message: { ...message, edit_date: 1764000060, text: '123 457' } },
    heard({ kind: 'edited', text: '123 457', message: '41' }, { at: new Date(1764000060_000) }),
  ],
  [
    'a live location that moves',
    { edited_message: { ...message, edit_date: 1764000060, location: { latitude: 1, longitude: 2 } } },
    undefined,
  ],
  [
    'a press',
    {
      callback_query: {
        id: '100000000000000001',
        from,
        chat_instance: '1',
        data: 'k7.2',
        message: { ...message, message_id: 40, from: bot, text: 'Выберите' },
      },
    },
    heard({ kind: 'choice', token: 'k7.2', message: '40' }, { at: new Date(1764009999_000) }),
  ],
  [
    'a press under a message that is too old to be told',
    { callback_query: { id: '2', from, chat_instance: '1', data: 'k7.2', message: { chat, message_id: 12, date: 0 } } },
    heard({ kind: 'choice', token: 'k7.2', message: '12' }, { at: new Date(1764009999_000) }),
  ],
  [
    'a game',
    { callback_query: { id: '3', from, chat_instance: '1', game_short_name: 'g', message: { ...message, from: bot } } },
    undefined,
  ],
  ['a message pinned', { message: { ...message, pinned_message: { ...message, message_id: 3 } } }, undefined],
  ['being stopped', { my_chat_member: membership(chat, 'member', 'kicked') }, heard({ kind: 'blocked' })],
  ['being taken up again', { my_chat_member: membership(chat, 'kicked', 'member') }, heard({ kind: 'unblocked' })],
  [
    'being put into a group',
    { my_chat_member: membership(group, 'left', 'member') },
    { chat: 'telegram:-1001234500001', input: { kind: 'group' } },
  ],
  [
    'being made an administrator where we are',
    { my_chat_member: membership(group, 'member', 'administrator') },
    undefined,
  ],
  ['being thrown out of a group', { my_chat_member: membership(group, 'member', 'kicked') }, undefined],
  ['neighbours talking', { message: { ...inGroup, text: 'кто топит?' } }, undefined],
  [
    'our name in a group',
    { message: { ...inGroup, text: 'а вот @Erc_Probe_Bot знает' } },
    { chat: 'telegram:-1001234500001', input: { kind: 'group' } },
  ],
  [
    'a command in a group',
    { message: { ...inGroup, text: '/menu' } },
    { chat: 'telegram:-1001234500001', input: { kind: 'group' } },
  ],
  ['a command for another bot', { message: { ...inGroup, text: '/menu@other_bot' } }, undefined],
  [
    'an answer to us in a group',
    {
      message: {
        ...inGroup,
        text: 'спасибо',
        reply_to_message: { ...inGroup, message_id: 7, from: bot, text: 'x' } as NonNullable<
          Message['reply_to_message']
        >,
      },
    },
    { chat: 'telegram:-1001234500001', input: { kind: 'group' } },
  ],
  [
    'our name in an edit in a group',
    { edited_message: { ...inGroup, edit_date: 1764000060, text: '@erc_probe_bot' } },
    undefined,
  ],
  [
    'a new topic of a forum',
    { message: { ...inGroup, forum_topic_created: { name: 'Лифт', icon_color: 7322096 } } },
    undefined,
  ],
]

function membership(
  where: typeof chat | typeof group,
  before: 'member' | 'kicked' | 'left',
  after: 'member' | 'kicked' | 'administrator',
) {
  const standing = (status: string) => ({ status, user: bot, until_date: 0 })
  return {
    chat: where,
    from,
    date: 1764000000,
    old_chat_member: standing(before),
    new_chat_member: standing(after),
  } as unknown as NonNullable<Update['my_chat_member']>
}
