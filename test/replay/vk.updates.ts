import type { Event } from '../../src/engine/event.ts'

/** Bodies as Bots Long Poll tells them (VK API 5.199), of made-up people, and what each of them means. */
const message = {
  date: 1764000000,
  from_id: 771234,
  id: 5012,
  version: 10003456,
  out: 0,
  fwd_messages: [],
  important: false,
  is_hidden: false,
  attachments: [],
  conversation_message_id: 37,
  text: '',
  peer_id: 771234,
  random_id: 0,
}
const client_info = {
  button_actions: ['text', 'vkpay', 'open_app', 'location', 'open_link', 'open_photo', 'callback', 'intent_subscribe'],
  keyboard: true,
  inline_keyboard: true,
  carousel: true,
  lang_id: 0,
}
const base = { group_id: 220000001, event_id: 'e1f2a3', v: '5.199' }
const written = (more: object, client: object = client_info) => ({
  ...base,
  type: 'message_new',
  object: { message: { ...message, ...more }, client_info: client },
})
/** A message of the community. */
const replied = (more: object) => ({
  ...base,
  type: 'message_reply',
  object: { ...message, from_id: -220000001, out: 1, ...more },
})
const answered = { ...message, from_id: -220000001, conversation_message_id: 36, text: 'Где это?' }
const inGroup = (more: object) => written({ peer_id: 2000000005, conversation_message_id: 9, ...more })
const pressed = (more: object) => ({
  ...base,
  type: 'message_event',
  object: {
    user_id: 771234,
    peer_id: 771234,
    event_id: 'a9b8c7',
    payload: { t: 'k7.2' },
    conversation_message_id: 36,
    ...more,
  },
})
const photo = {
  type: 'photo',
  photo: {
    album_id: -64,
    date: 1764000000,
    id: 457,
    owner_id: 771234,
    access_key: 'k',
    sizes: [],
    text: '',
    has_tags: false,
  },
}
const doc = {
  type: 'doc',
  doc: {
    id: 66,
    owner_id: 771234,
    title: 'акт.pdf',
    size: 7,
    ext: 'pdf',
    date: 1764000000,
    type: 1,
    url: 'https://example.org/d',
  },
}
const voice = {
  type: 'audio_message',
  audio_message: {
    id: 5,
    owner_id: 771234,
    duration: 3,
    waveform: [1],
    link_ogg: 'https://example.org/o',
    link_mp3: 'https://example.org/m',
  },
}

type Expected = Pick<Event, 'input'> & Partial<Event>
const heard = (input: Event['input'], more: Partial<Event> = {}): Expected => ({
  id: 'vk:220000001:771234:37',
  chat: 'vk:771234',
  at: new Date(1764000000_000),
  chatFacts: { textButtonsOnly: false, language: 'ru' },
  ...more,
  input,
})
const stamped = (input: Event['input'], more: Partial<Event> = {}): Expected => ({
  id: 'vk:220000001:event:e1f2a3',
  chat: 'vk:771234',
  at: new Date(1764009999_000),
  ...more,
  input,
})

export const self = { groupId: 220000001, startWords: ['начать', 'start'] }

/** `undefined`: nothing that concerns us. */
export const updates: [what: string, body: object, event: Expected | undefined][] = [
  ['words', written({ text: '123 456' }), heard({ kind: 'text', text: '123 456', message: '37' })],
  [
    'words with what VK escapes',
    written({ text: '&lt;b&gt; &amp;amp; &quot;x&quot;<br>y' }),
    heard({ kind: 'text', text: '<b> &amp; "x"\ny', message: '37' }),
  ],
  [
    'words from an old client in English',
    written({ text: 'hi' }, { ...client_info, button_actions: ['text'], lang_id: 3 }),
    heard({ kind: 'text', text: 'hi', message: '37' }, { chatFacts: { textButtonsOnly: true, language: 'en' } }),
  ],
  [
    'words from a client without inline keyboards',
    written({ text: 'да' }, { ...client_info, inline_keyboard: false, lang_id: 1 }),
    heard({ kind: 'text', text: 'да', message: '37' }, { chatFacts: { textButtonsOnly: true } }),
  ],
  ['the «Начать» button', written({ text: 'Начать', payload: '{"command":"start"}' }), heard({ kind: 'start' })],
  ['«начать» typed', written({ text: ' начать ' }), heard({ kind: 'start' })],
  [
    'a start by a deep link',
    written({ text: 'Начать', payload: '{"command":"start"}', ref: 'qr_A-1', ref_source: 'link' }),
    heard({ kind: 'start', payload: 'qr_A-1' }),
  ],
  [
    'first words after a deep link',
    written({ text: 'Здравствуйте', ref: 'qr_A-1' }),
    heard({ kind: 'start', payload: 'qr_A-1' }),
  ],
  ['a text button', written({ text: 'Меню', payload: '{"t":"k7.2"}' }), heard({ kind: 'choice', token: 'k7.2' })],
  [
    'words with a payload of somebody else’s making',
    written({ text: 'x', payload: '{"t":5' }),
    heard({ kind: 'text', text: 'x', message: '37' }),
  ],
  [
    'a press',
    pressed({}),
    stamped({ kind: 'choice', token: 'k7.2', message: '36' }, { chatFacts: { textButtonsOnly: false } }),
  ],
  [
    'a press with its payload as a string, on a keyboard that is no message’s',
    pressed({ payload: '{"t":"k7.2"}', conversation_message_id: undefined }),
    stamped({ kind: 'choice', token: 'k7.2' }, { chatFacts: { textButtonsOnly: false } }),
  ],
  ['a press without a token', pressed({ payload: {} }), undefined],
  [
    'a photo, a document and a voice in one message, a link between them',
    written({ text: 'вот', attachments: [photo, { type: 'link', link: { url: 'https://example.org' } }, doc, voice] }),
    heard({
      kind: 'files',
      files: [
        { kind: 'photo', ref: '771234:37:0', name: 'photo_37_0.jpg' },
        { kind: 'document', ref: '771234:37:2', name: 'акт.pdf', size: 7 },
        { kind: 'voice', ref: '771234:37:3', name: 'voice_37_3.ogg' },
      ],
      caption: 'вот',
      message: '37',
    }),
  ],
  [
    'a video',
    written({ attachments: [{ type: 'video', video: { id: 1, owner_id: 2 } }] }),
    heard({ kind: 'files', files: [{ kind: 'video', ref: '771234:37:0', name: 'video_37_0.mp4' }], message: '37' }),
  ],
  [
    'words with a link, which VK attaches besides',
    written({ text: 'https://example.org', attachments: [{ type: 'link', link: { url: 'https://example.org' } }] }),
    heard({ kind: 'text', text: 'https://example.org', message: '37' }),
  ],
  [
    'a sticker',
    written({ attachments: [{ type: 'sticker', sticker: { product_id: 1, sticker_id: 12 } }] }),
    heard({ kind: 'unsupported', message: '37' }),
  ],
  [
    'a post of a wall',
    written({ attachments: [{ type: 'wall', wall: { id: 1 } }] }),
    heard({ kind: 'unsupported', message: '37' }),
  ],
  [
    'a forwarded message without words',
    written({ fwd_messages: [message] }),
    heard({ kind: 'unsupported', message: '37' }),
  ],
  [
    'a place',
    written({ geo: { type: 'point', coordinates: { latitude: 56.8, longitude: 60.6 } } }),
    heard({ kind: 'location', message: '37', latitude: 56.8, longitude: 60.6 }),
  ],
  [
    'words with a place that has a name',
    written({
      text: 'я здесь',
      geo: { type: 'point', coordinates: { latitude: 56.8, longitude: 60.6 }, place: { title: 'Сквер', country: '' } },
    }),
    heard({
      ...{ kind: 'text', text: 'я здесь', message: '37' },
      location: { latitude: 56.8, longitude: 60.6, title: 'Сквер' },
    }),
  ],
  [
    'a photo with a place',
    written({ attachments: [photo], geo: { type: 'point', coordinates: { latitude: 56.8, longitude: 60.6 } } }),
    heard({
      ...{ kind: 'files', files: [{ kind: 'photo', ref: '771234:37:0', name: 'photo_37_0.jpg' }], message: '37' },
      location: { latitude: 56.8, longitude: 60.6 },
    }),
  ],
  [
    'words that answer a message of ours',
    written({ text: 'да', reply_message: answered }),
    heard({ kind: 'text', text: 'да', message: '37', repliesTo: '36' }),
  ],
  [
    'a photo that answers one',
    written({ attachments: [photo], reply_message: answered }),
    heard({
      kind: 'files',
      files: [{ kind: 'photo', ref: '771234:37:0', name: 'photo_37_0.jpg' }],
      message: '37',
      repliesTo: '36',
    }),
  ],
  [
    'an administrator’s answer from VK’s own inbox',
    replied({ text: 'Смотрю &quot;акт&quot;', attachments: [photo, doc], admin_author_id: 990001 }),
    {
      id: 'vk:220000001:771234:37',
      chat: 'vk:771234',
      input: {
        kind: 'fromAdmin',
        admin: '990001',
        text: 'Смотрю "акт"',
        files: [
          { kind: 'photo', ref: '771234:37:0', name: 'photo_37_0.jpg' },
          { kind: 'document', ref: '771234:37:1', name: 'акт.pdf', size: 7 },
        ],
        message: '37',
      },
    },
  ],
  ['what our token has sent', replied({ text: 'Меню', random_id: 1755403917 }), undefined],
  ['a greeting of VK’s own', replied({ text: 'Здравствуйте!' }), undefined],
  [
    'an administrator’s words in a chat of several people',
    replied({ text: 'x', admin_author_id: 990001, peer_id: 2000000005 }),
    undefined,
  ],
  [
    'somebody writing',
    { ...base, type: 'message_typing_state', object: { state: 'typing', from_id: 771234, to_id: -220000001 } },
    stamped({ kind: 'typing' }),
  ],
  [
    'the community writing',
    { ...base, type: 'message_typing_state', object: { state: 'typing', from_id: -220000001, to_id: 771234 } },
    undefined,
  ],
  [
    'an edit',
    { ...base, type: 'message_edit', object: { ...message, update_time: 1764000060, text: '123 457' } },
    stamped({ kind: 'edited', text: '123 457', message: '37' }, { at: new Date(1764000060_000) }),
  ],
  [
    'an edit of our own',
    { ...base, type: 'message_edit', object: { ...message, from_id: -220000001, out: 1, text: 'x' } },
    undefined,
  ],
  ['a message of our own', written({ from_id: -220000001, out: 1, text: 'x' }), undefined],
  [
    'leave to write',
    { ...base, type: 'message_allow', object: { user_id: 771234, key: '' } },
    stamped({ kind: 'unblocked' }),
  ],
  ['leave taken away', { ...base, type: 'message_deny', object: { user_id: 771234 } }, stamped({ kind: 'blocked' })],
  ['neighbours talking', inGroup({ text: 'кто топит?' }), undefined],
  [
    'our name in a chat of several people',
    inGroup({ text: '[club220000001|@erc] показания' }),
    { id: 'vk:220000001:2000000005:9', chat: 'vk:2000000005', input: { kind: 'group' } },
  ],
  [
    'our arrival in a chat of several people',
    inGroup({ action: { type: 'chat_invite_user', member_id: -220000001 } }),
    { id: 'vk:220000001:2000000005:9', chat: 'vk:2000000005', input: { kind: 'group' } },
  ],
  ['somebody else’s arrival there', inGroup({ action: { type: 'chat_invite_user', member_id: 5 } }), undefined],
  [
    'an answer to us there',
    inGroup({
      text: 'спасибо',
      reply_message: { from_id: -220000001, text: 'x', date: 1, conversation_message_id: 8 },
    }),
    { id: 'vk:220000001:2000000005:9', chat: 'vk:2000000005', input: { kind: 'group' } },
  ],
]
