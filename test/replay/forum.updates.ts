import type { Update } from 'telegraf/types'
import type { StaffEvent, StaffInput } from '../../src/desk/channel.ts'

/** Bodies as the Bot API tells them of a forum (Bot API 10.1), of made-up people, and what each of them means. */
const from = { id: 6000000001, is_bot: false, first_name: 'Ирина', last_name: 'Пробная', username: 'irina_probe' }
const bot = { id: 7000000002, is_bot: true, first_name: 'Стол', username: 'erc_desk_probe_bot' }
const other = { id: 7000000009, is_bot: true, first_name: 'Чужой', username: 'other_bot' }
const chat = { id: -1001234567001, title: 'Консультанты', type: 'supergroup', is_forum: true }
const neighbours = { id: -1001234500001, title: 'Соседи', type: 'supergroup' }
const date = 1764000000
const root = {
  ...{ message_id: 15, from: bot, chat, date, message_thread_id: 15, is_topic_message: true },
  forum_topic_created: { name: 'Ждёт · Анна', icon_color: 7322096 },
}
const inTopic = {
  message_id: 41,
  from,
  chat,
  date,
  message_thread_id: 15,
  is_topic_message: true,
  reply_to_message: root,
}
const inGeneral = { message_id: 42, from, chat, date }
const question = {
  message_id: 40,
  from: bot,
  chat,
  date,
  message_thread_id: 15,
  is_topic_message: true,
  text: 'Анна: вода',
}
const size = (file_id: string, width: number, file_size: number) => ({
  ...{ file_id, file_unique_id: `u${file_id}`, width, height: width, file_size },
})
const file = (file_id: string, more: object = {}) => ({ file_id, file_unique_id: `u${file_id}`, file_size: 9, ...more })

type Expected = Omit<StaffEvent, 'id'>
const topic = { forum: '-1001234567001', thread: '15' }
const general = { forum: '-1001234567001' }
const by = { id: '6000000001', name: 'Ирина Пробная' }
const heard = (input: StaffInput, more: Partial<Expected> = {}): Expected => ({
  ...{ at: new Date(date * 1000), place: topic, by, input },
  ...more,
})
const message = '41'
const plain = (text: string) => ({ text, spans: [] })
const admin = (rights: object) => ({
  ...{ status: 'administrator', user: bot, can_be_edited: false, is_anonymous: false, can_manage_chat: true },
  ...rights,
})
const changed = { chat, from, date }
const asUser = (status: string, more: object = {}) => ({ status, user: from, ...more })
const boss = { id: '-1001234567001', name: 'Консультанты', isAnonymous: true as const }

export const self = { botId: 7000000002, username: 'erc_desk_probe_bot', forums: ['-1001234567001'] }
export const now = new Date(1764009999_000)

/** `undefined`: nothing that concerns the desk. */
const told: [what: string, body: object, event: Expected | undefined][] = [
  [
    'words in a topic',
    { message: { ...inTopic, text: 'Добрый день' } },
    heard({ kind: 'text', text: plain('Добрый день'), message }),
  ],
  [
    'an answer to a message',
    { message: { ...inTopic, reply_to_message: question, text: 'Перекрыли' } },
    heard({ kind: 'text', text: plain('Перекрыли'), message, repliesTo: '40' }),
  ],
  [
    'an answer in the general topic, whose thread is no topic',
    {
      message: {
        ...inGeneral,
        message_thread_id: 30,
        reply_to_message: { ...inGeneral, message_id: 30, text: '?' },
        text: 'да',
      },
    },
    heard({ kind: 'text', text: plain('да'), message: '42', repliesTo: '30' }, { place: general }),
  ],
  [
    'words with looks, those we know',
    {
      message: {
        ...inTopic,
        text: 'ab cd ef gh',
        entities: [
          { type: 'bold', offset: 0, length: 2 },
          { type: 'pre', offset: 3, length: 2 },
          { type: 'text_link', offset: 6, length: 2, url: 'https://example.org/' },
          { type: 'italic', offset: 9, length: 2 },
        ],
      },
    },
    heard({
      ...{ kind: 'text', message },
      text: {
        text: 'ab cd ef gh',
        spans: [
          { style: 'bold', at: 0, length: 2 },
          { style: 'code', at: 3, length: 2 },
          { style: 'link', url: 'https://example.org/', at: 6, length: 2 },
        ],
      },
    }),
  ],
  [
    'a command to us by name',
    {
      message: {
        ...inTopic,
        text: '/queue@ERC_desk_probe_bot все',
        entities: [
          { type: 'bot_command', offset: 0, length: 25 },
          { type: 'bold', offset: 26, length: 3 },
        ],
      },
    },
    heard({ kind: 'text', text: { text: '/queue все', spans: [{ style: 'bold', at: 7, length: 3 }] }, message }),
  ],
  ['a command to another bot', { message: { ...inTopic, text: '/ban@other_bot' } }, undefined],
  [
    'a note',
    { message: { ...inTopic, text: '// звонил вчера' } },
    heard({ kind: 'text', text: plain('// звонил вчера'), message }),
  ],
  [
    'an anonymous administrator',
    {
      message: {
        ...inTopic,
        from: { id: 1087968824, is_bot: true, first_name: 'Group' },
        sender_chat: chat,
        text: 'я',
      },
    },
    heard({ kind: 'text', text: plain('я'), message }, { by: boss }),
  ],
  ['another bot', { message: { ...inTopic, from: other, text: 'реклама' } }, undefined],
  ['a group that is no forum of ours', { message: { ...inGeneral, chat: neighbours, text: 'привет' } }, undefined],
  [
    'a private chat with a stranger',
    { message: { ...inGeneral, chat: { id: 5, type: 'private', first_name: 'Х' }, text: '/start' } },
    undefined,
  ],
  [
    'a photo in three sizes, the largest not last, of an album, with words',
    {
      message: {
        ...inTopic,
        photo: [size('s', 90, 10), size('l', 1280, 30), size('m', 320, 20)],
        caption: 'вот',
        media_group_id: '137',
      },
    },
    heard({
      ...{ kind: 'files', files: [{ kind: 'photo', ref: 'l', name: 'photo_41.jpg', size: 30 }] },
      ...{ caption: plain('вот'), message, album: '137' },
    }),
  ],
  [
    'a voice message in answer',
    { message: { ...inTopic, reply_to_message: question, voice: file('v', { duration: 3 }) } },
    heard({
      kind: 'files',
      files: [{ kind: 'voice', ref: 'v', name: 'voice_41.ogg', size: 9 }],
      message,
      repliesTo: '40',
    }),
  ],
  ...(['video', 'video_note', 'animation'] as const).map((kind): [string, object, Expected] => [
    `a moving picture (${kind})`,
    { message: { ...inTopic, [kind]: file('m', { duration: 3 }) } },
    heard({ kind: 'files', files: [{ kind: 'video', ref: 'm', name: 'video_41.mp4', size: 9 }], message }),
  ]),
  [
    'a document without a size',
    { message: { ...inTopic, document: { file_id: 'd', file_unique_id: 'ud', file_name: 'акт.pdf' } } },
    heard({ kind: 'files', files: [{ kind: 'document', ref: 'd', name: 'акт.pdf' }], message }),
  ],
  [
    'music',
    { message: { ...inTopic, audio: file('a', { duration: 3 }) } },
    heard({ kind: 'files', files: [{ kind: 'document', ref: 'a', name: 'file_41', size: 9 }], message }),
  ],
  [
    'a place of some name',
    {
      message: {
        ...inTopic,
        location: { latitude: 56.8, longitude: 60.6 },
        venue: { location: { latitude: 56.8, longitude: 60.6 }, title: 'Офис', address: 'Ленина, 1' },
      },
    },
    heard({ kind: 'location', latitude: 56.8, longitude: 60.6, title: 'Офис, Ленина, 1', message }),
  ],
  ['a sticker', { message: { ...inTopic, sticker: file('s') } }, heard({ kind: 'unsupported', message })],
  [
    'a contact',
    { message: { ...inTopic, contact: { phone_number: '0', first_name: 'Х' } } },
    heard({ kind: 'unsupported', message }),
  ],
  [
    'an edit',
    { edited_message: { ...inTopic, edit_date: date + 60, text: 'поправил' } },
    heard({ kind: 'edited', text: plain('поправил'), message }, { at: new Date((date + 60) * 1000) }),
  ],
  [
    'an edit of a file’s words',
    { edited_message: { ...inTopic, edit_date: date, photo: [size('s', 90, 10)], caption: 'поправил' } },
    heard({ kind: 'edited', text: plain('поправил'), message }),
  ],
  [
    'a move of a live location',
    { edited_message: { ...inTopic, edit_date: date, location: { latitude: 1, longitude: 2 } } },
    undefined,
  ],
  ['a topic closed by hand', { message: { ...inTopic, forum_topic_closed: {} } }, heard({ kind: 'closed' })],
  ['a topic opened again by hand', { message: { ...inTopic, forum_topic_reopened: {} } }, heard({ kind: 'reopened' })],
  ['a topic renamed by hand', { message: { ...inTopic, forum_topic_edited: { name: 'Другой' } } }, undefined],
  ['a topic made by hand', { message: { ...root, from } }, undefined],
  ['a pin', { message: { ...inTopic, pinned_message: question } }, undefined],
  ['the service message of a join', { message: { ...inGeneral, new_chat_members: [from] } }, undefined],
  ['the service message of a leave', { message: { ...inGeneral, left_chat_member: from } }, undefined],
  [
    'a press',
    { callback_query: { id: '9', from, chat_instance: '1', data: 'take:15', message: question } },
    heard({ kind: 'press', token: 'take:15', message: '40' }, { at: now }),
  ],
  [
    'a press under a message that is too old to be told',
    {
      callback_query: {
        id: '9',
        from,
        chat_instance: '1',
        data: 'take:15',
        message: { chat, message_id: 40, date: 0 },
      },
    },
    heard({ kind: 'press', token: 'take:15', message: '40' }, { at: now, place: general }),
  ],
  [
    'a press elsewhere',
    { callback_query: { id: '9', from, chat_instance: '1', data: 'x', message: { ...question, chat: neighbours } } },
    undefined,
  ],
  [
    'a press of a game',
    { callback_query: { id: '9', from, chat_instance: '1', game_short_name: 'x', message: question } },
    undefined,
  ],
  ...(
    [
      ['all rights', admin({ can_manage_topics: true }), true],
      ['rights without topics', admin({ can_manage_topics: false }), false],
      ['a plain membership', { status: 'member', user: bot }, false],
      ['an end in the group', { status: 'kicked', user: bot, until_date: 0 }, false],
    ] as const
  ).map(([what, new_chat_member, may]): [string, object, Expected] => [
    `${what} of ours`,
    { my_chat_member: { ...changed, old_chat_member: { status: 'left', user: bot }, new_chat_member } },
    heard({ kind: 'rights', may }, { place: general }),
  ]),
  [
    'rights in another group',
    {
      my_chat_member: {
        ...changed,
        chat: neighbours,
        old_chat_member: { status: 'left', user: bot },
        new_chat_member: admin({}),
      },
    },
    undefined,
  ],
  ...(
    [
      ['member', {}, 'left', {}, 'left'],
      ['member', {}, 'kicked', { until_date: 0 }, 'left'],
      ['left', {}, 'member', {}, 'joined'],
      ['restricted', { is_member: false }, 'restricted', { is_member: true }, 'joined'],
      ['member', {}, 'administrator', {}, undefined],
      ['left', {}, 'kicked', { until_date: 0 }, undefined],
    ] as const
  ).map(([before, facts, after, more, kind]): [string, object, Expected | undefined] => [
    `a person who was ${before} and is ${after}`,
    {
      chat_member: {
        ...{ ...changed, from: { ...from, id: 6000000003 } },
        ...{ old_chat_member: asUser(before, facts), new_chat_member: asUser(after, more) },
      },
    },
    kind && heard({ kind }, { place: general }),
  ]),
  [
    'a bot that came',
    {
      chat_member: {
        ...changed,
        old_chat_member: { status: 'left', user: other },
        new_chat_member: { status: 'member', user: other },
      },
    },
    undefined,
  ],
  ['a poll', { poll: { id: '1' } }, undefined],
]

export const updates = told.map(([what, body, event]): [string, Update, Expected | undefined] => [
  what,
  { update_id: 900, ...body } as Update,
  event,
])
