import { expect, test } from 'vitest'
import { batchesOf } from '../../src/desk/forum/batches.ts'
import type { PostRow } from '../../src/desk/forum/rows.ts'
import type { Words } from '../../src/desk/records.ts'
import type { ChatId } from '../../src/engine/event.ts'

const photo = { kind: 'photo', ref: 'r', name: 'p.jpg' } as const
let next = 0

function said(text: string, more: Partial<Words> & { answers?: string; chat?: ChatId; author?: string } = {}): PostRow {
  const { answers, chat = 'vk:1', author = 'resident', ...own } = more
  const body: Words = { kind: 'words', text: { text, spans: [] }, files: [], ...own }
  const id = String(++next)
  const at = new Date('2026-11-10T07:00:00Z')
  const known = { answers, answersLine: answers, awaitsQuote: false, edits: own.edits }
  const line = { id, author, body, chat, at, ...known }
  return { id, act: { kind: 'line' }, attempts: 0, messages: [], line }
}

const say: PostRow = { id: 'say', act: { kind: 'say', text: { key: 'x' } }, attempts: 0, messages: [], line: undefined }

/** Of each batch the words, lines of one batch joined by a plus. */
const joined = (posts: PostRow[], most = 4096): string[] =>
  batchesOf(posts, most).map(({ posts: own, lines }) =>
    lines.length > 0 ? lines.map(({ body }) => body.text.text || 'file').join('+') : (own[0]?.id ?? ''),
  )

test.each<[string, PostRow[], string[]]>([
  ['lines that follow one another are one message', [said('a'), said('b'), said('c')], ['a+b+c']],
  ['what the desk says parts them', [said('a'), say, said('b')], ['a', 'say', 'b']],
  ['a reply stays alone', [said('a'), said('b', { answers: '7' }), said('c')], ['a', 'b', 'c']],
  ['an edit stays alone', [said('a'), said('b', { edits: '7' }), said('c')], ['a', 'b', 'c']],
  ['a place stays alone', [said('a'), said('b', { location: { latitude: 1, longitude: 2 } })], ['a', 'b']],
  ['what an administrator says is not mixed with it', [said('a'), said('b', { author: 'consultant' })], ['a', 'b']],
  ['lines of two messengers are not mixed', [said('a'), said('b', { chat: 'telegram:1' })], ['a', 'b']],
  [
    'pieces of an album are one message, of two albums two',
    [
      said('a', { files: [photo], album: '1' }),
      said('', { files: [photo], album: '1' }),
      said('', { files: [photo], album: '2' }),
    ],
    ['a+file', 'file'],
  ],
  ['a file alone does not swallow the words behind it', [said('', { files: [photo] }), said('a')], ['file', 'a']],
])('%s', (_, posts, expected) => {
  expect(joined(posts)).toEqual(expected)
})

test('lines that do not fit into one message with its heading are two', () => {
  expect(joined([said('a'.repeat(60)), said('b'.repeat(60)), said('c')], 190)).toEqual([
    `${'a'.repeat(60)}+${'b'.repeat(60)}+c`,
  ])
  expect(joined([said('a'.repeat(60)), said('b'.repeat(60)), said('c')], 170)).toEqual([
    'a'.repeat(60),
    `${'b'.repeat(60)}+c`,
  ])
})

test('an album has ten pieces at most', () => {
  const album = Array.from({ length: 12 }, () => said('', { files: [photo], album: '1' }))
  expect(batchesOf(album, 4096).map(({ lines }) => lines.length)).toEqual([10, 2])
})

test('what an ended process has shown is one message still, and what came since is another', () => {
  const before = [said('a'), said('b')].map((post) => ({ ...post, messages: ['17'] }))
  expect(joined([...before, said('c'), said('d')])).toEqual(['a+b', 'c+d'])
})
