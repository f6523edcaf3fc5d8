import { expect, test } from 'vitest'
import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import type { ChatId } from '../../src/engine/event.ts'
import type { ChargesDrawing } from '../../src/engine/outgoing.ts'
import { chargesDraughtsmen } from '../../src/files/drawnCharges.ts'
import { mayBeSentSums } from '../../src/files/mayBeSentSums.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { month, workedLines } from '../domain/charges/months.ts'

const asked = { accountId: 1, from: '2026-03', to: '2026-03', version: 'one', language: 'ru' } as const

function draughtsmen(version: string) {
  const facts = { version, months: [month(workedLines)], number: '••••4567', payments: [] }
  return chargesDraughtsmen({
    words: openWords('Asia/Yekaterinburg'),
    maySee: async () => true,
    picture: async () => facts,
    file: async (accountId) => (accountId === 1 ? facts : undefined),
  })
}

const begins = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 4)).toString('latin1')

test('what was asked for is drawn: a picture, a document, a table', async () => {
  const { charges, chargesPdf, chargesCsv } = draughtsmen('one')
  expect(begins(await charges.draw({ kind: 'charges', ...asked }))).toBe('\x89PNG')
  expect(begins(await chargesPdf.draw({ kind: 'chargesPdf', ...asked }))).toBe('%PDF')
  expect(begins(await chargesCsv.draw({ kind: 'chargesCsv', ...asked }))).toBe('\xef\xbb\xbf\u00d0')
})

test.each(['charges', 'chargesPdf', 'chargesCsv'] as const)(
  'nothing is drawn as %s of charges that have been imported anew since they were asked for, or of an account that is gone',
  async (kind) => {
    const draw = (version: string, accountId: number) => {
      const { [kind]: draughtsman } = draughtsmen(version) as Record<
        string,
        { draw(of: ChargesDrawing): Promise<unknown> }
      >
      return draughtsman?.draw({ kind, ...asked, accountId })
    }
    await expect(draw('two', 1)).rejects.toThrow('not those that were asked for')
    if (kind !== 'charges') await expect(draw('one', 2)).rejects.toThrow('not those that were asked for')
  },
)

test.each<[ChatId, ChannelPolicy, boolean, boolean]>([
  ['telegram:1', 'full', true, true],
  ['telegram:1', 'masked', true, true],
  ['telegram:1', 'linkOnly', true, false],
  ['telegram:1', 'off', true, false],
  ['telegram:1', 'full', false, false],
  ['vk:1', 'off', true, true],
])(
  'into %s, when Telegram may carry %s and the account is seen (%s), sums are sent: %s',
  async (chat, telegram, sees, sent) => {
    const may = mayBeSentSums({ channelPolicy: { telegram, vk: 'full' } }, async () => sees)
    expect(await may(chat, 1)).toBe(sent)
  },
)
