import { expect, test } from 'vitest'
import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import type { ShownAs } from '../../src/domain/documents/drawn.ts'
import { documentDraughtsmen } from '../../src/files/drawnDocuments.ts'
import { mayBeSentSums } from '../../src/files/mayBeSentSums.ts'
import { readConfig } from '../../src/infra/config.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { certificate, owing } from './documents.ts'
import { readPdf } from './pdfText.ts'

interface Setting {
  digest?: string
  shows?: ShownAs
  policy?: ChannelPolicy
  sees?: boolean
  his?: boolean
  bytes?: string
}

function draughtsmen({
  digest = 'one',
  shows = 'full',
  policy = 'full',
  sees = true,
  his = true,
  bytes = '',
}: Setting) {
  const { rules } = readConfig({ CHANNEL_POLICY_TELEGRAM: policy })
  return documentDraughtsmen({
    ...{ words: openWords('Asia/Yekaterinburg'), rules },
    maySee: mayBeSentSums(rules, async () => sees),
    maySeeDocument: async () => his,
    maySeeOrderFile: async () => his,
    document: async (number) => (number === certificate.number ? { ...certificate, shows } : undefined),
    facts: async () => ({ ...owing(0, 0), digest }),
    codeOf: () => 'AAAA-BBBB',
    stored: async () => Buffer.from(bytes),
  })
}

const asked = { kind: 'document', number: certificate.number } as const
const file = { kind: 'orderFile', order: 'order', file: 'file' } as const

test('a document is drawn with its number and its code', async () => {
  const [page] = await readPdf(await draughtsmen({}).document.draw(asked))
  expect(page?.text).toContain('Справка об отсутствии задолженности')
  expect(page?.text).toContain('AAAA-BBBB')
})

test('nothing is drawn under a number that there is not, or when the billing tells something else than what it was given for', async () => {
  await expect(draughtsmen({ digest: 'two' }).document.draw(asked)).rejects.toThrow('tells something else')
  await expect(draughtsmen({}).document.draw({ ...asked, number: 1 })).rejects.toThrow('no such document')
  expect(await draughtsmen({}).document.maySee('vk:1', { ...asked, number: 1 })).toBe(false)
})

test.each<[string, Setting, boolean]>([
  ['whoever it was drawn for', {}, true],
  ['whose account has gone', { sees: false }, false],
  ['anybody else', { his: false }, false],
  ['a messenger that may carry no names any more', { policy: 'masked' }, false],
  ['such a messenger, without a name, but with the flat', { policy: 'masked', shows: 'nameless' }, false],
  ['such a messenger, masked', { policy: 'masked', shows: 'masked' }, true],
  ['a messenger that may carry no sums, masked', { policy: 'linkOnly', shows: 'masked' }, false],
])('to %s it is sent: %j %s', async (_, setting, sent) => {
  expect(await draughtsmen(setting).document.maySee('telegram:1', asked)).toBe(sent)
})

test.each<[ChannelPolicy, boolean, boolean]>([
  ['full', true, true],
  ['full', false, false],
  ['masked', true, false],
  ['linkOnly', true, false],
  ['off', true, false],
])(
  'a file of staff is sent where Telegram may carry %s, to whom it is meant for (%s): %s',
  async (policy, his, sent) => {
    expect(await draughtsmen({ policy, his }).orderFile.maySee('telegram:1', file)).toBe(sent)
  },
)

test('a file of staff is sent as it is, and its words instead while it is not there', async () => {
  expect(Buffer.from(await draughtsmen({ bytes: '%PDF' }).orderFile.draw(file)).toString()).toBe('%PDF')
  await expect(draughtsmen({}).orderFile.draw(file)).rejects.toThrow('not there yet')
})
