import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Part, render, renderedEdit } from '../../bots/consultants/render.ts'
import { linkTo } from '../../bots/consultants/topics.ts'
import { checkTelegramCall } from '../../bots/sandbox/check/telegram.ts'
import type { DeskMessage } from '../../src/desk/channel.ts'
import { anyShow, wholeCase, words as wordsOf } from './anyOutgoing.ts'

const place = { forum: '-1001234567001', thread: '15' }

const anyMessage: fc.Arbitrary<DeskMessage> = fc
  .record({
    show: anyShow,
    mentions: fc.array(fc.record({ id: fc.constantFrom('6000000001', '7'), name: fc.string({ unit: 'binary' }) }), {
      maxLength: 3,
    }),
    repliesTo: fc.option(fc.constant('40')),
  })
  .map(({ show: { text, files, buttons }, mentions, repliesTo }) => ({
    ...{ text, files, buttons, mentions },
    ...(repliesTo !== null && { repliesTo }),
  }))

const violations = ({ kind, payload }: Part) =>
  kind === 'text'
    ? checkTelegramCall('sendMessage', { ...payload })
    : checkTelegramCall('sendDocument', { ...payload, document: 'file_id' })

const said = (part: Part): string => (part.kind === 'text' ? part.payload.text : (part.payload.caption ?? ''))
const sound = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD')

describe('what a post asks of Telegram', () => {
  it('never passes a limit, whatever is posted', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        for (const part of render(place, message)) expect(violations(part)).toEqual([])
        const edit = { chat_id: 1, message_id: 2, ...renderedEdit(message) }
        expect(checkTelegramCall('editMessageText', edit)).toEqual([])
      }),
      wholeCase,
    )
  })

  it('keeps every word, file and button, in order', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const parts = render(place, message)
        const names = (message.mentions ?? []).map(({ id, name }) => sound(name).trim() || id).join(', ')
        const whole = wordsOf(sound(message.text.text) + names)
        expect(wordsOf(parts.map(said).join('')).replace(/^…$/, '')).toBe(whole.replace(/^…$/, ''))
        expect(parts.flatMap((part) => (part.kind === 'file' ? [part.file] : []))).toEqual(message.files)
        const labels = parts.flatMap(({ payload }) => payload.reply_markup?.inline_keyboard.flat() ?? [])
        expect(labels).toHaveLength(message.buttons.flat().length)
      }),
      wholeCase,
    )
  })

  it('stands in the topic, and answers once', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const parts = render(place, message)
        for (const { payload } of parts)
          expect(payload).toMatchObject({ chat_id: -1001234567001, message_thread_id: 15 })
        const answers = parts.map(({ payload }) => payload.reply_parameters?.message_id)
        const expected = parts.map((_, at) => (at === 0 && message.repliesTo ? 40 : undefined))
        expect(answers).toEqual(expected)
      }),
      wholeCase,
    )
  })

  it('says nothing when there is nothing to say, and has something for buttons to sit under', () => {
    const nothing = { text: { text: ' \n', spans: [] }, files: [], buttons: [] }
    expect(render(place, nothing)).toEqual([])
    const [part] = render(place, { ...nothing, buttons: [[{ label: '', token: 'take:1' }]] })
    expect(part && said(part)).toBe('…')
    expect(part?.payload.reply_markup?.inline_keyboard).toEqual([[{ text: '…', callback_data: 'take:1' }]])
  })
})

it.each([
  [undefined, 'https://t.me/c/1234567001/7'],
  ['15', 'https://t.me/c/1234567001/7/15'],
])('a topic, and the message «%s» of it, have an address that Telegram opens', (message, link) => {
  expect(linkTo({ forum: '-1001234567001', thread: '7' }, message)).toBe(link)
})
