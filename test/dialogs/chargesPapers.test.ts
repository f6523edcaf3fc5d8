import { expect, test } from 'vitest'
import { chargesExport } from '../../src/dialogs/chargesExport.ts'
import { chargesPicture } from '../../src/dialogs/chargesPicture.ts'
import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import type { Period } from '../../src/domain/period.ts'
import type { Here } from '../../src/engine/dialog.ts'
import type { Json } from '../../src/engine/saying.ts'

/** Somebody with one account that has charges for these months, the latest first; whatever else were asked for would fail. */
const hereWith = (charged: Period[], policy: ChannelPolicy = 'full', opening?: Json) =>
  ({
    ...{ policy, opening, accountId: 1, plain: false, language: 'ru', resident: undefined, place: undefined },
    queries: { charges: { periods: async () => charged } },
  }) as unknown as Here<undefined> & { opening: Json | undefined }

test.each(['linkOnly', 'off'] as const)(
  'where a messenger may carry %s, neither a picture nor a file is begun or shown',
  async (policy) => {
    const here = hereWith(['2026-10'], policy)
    const elsewhere = { kind: 'open', dialog: 'withheld', opening: 'charges' }
    expect(await chargesPicture.begin(here)).toEqual(elsewhere)
    expect(await chargesExport.begin(here)).toEqual(elsewhere)
    const months = { from: '2026-10', to: '2026-10' } as const
    const screens = await Promise.all([
      chargesPicture.places.picture.ask({ ...here, place: { at: 'picture' } }),
      chargesExport.places.form.ask({ ...here, place: { at: 'form', ...months } }),
      chargesExport.places.file.ask({ ...here, place: { at: 'file', ...months, as: 'pdf' } }),
    ])
    for (const { text, files, choices } of screens) {
      expect([text.map(({ key }) => key), files]).toEqual([['charges.withheld'], []])
      expect(choices.map(({ means }) => means)).toEqual([{ open: 'withheld', opening: 'charges' }])
    }
  },
)

const year: Period[] = ['2026-10', '2026-09', '2026-06', '2026-01', '2025-12', '2025-11', '2025-10', '2025-09']

test.each<[string, Json | undefined, Period, Period, string | undefined]>([
  ['nothing', undefined, '2025-11', '2026-10', undefined],
  ['nonsense', { from: '2026-13', to: 7 }, '2025-11', '2026-10', undefined],
  ['months that have charges', { from: '2025-12', to: '2026-06' }, '2025-12', '2026-06', undefined],
  ['more months than have charges', { from: '2020-01', to: '2026-08' }, '2025-09', '2026-06', undefined],
  ['months without charges', { from: '2026-07', to: '2026-08' }, '2025-11', '2026-10', 'chargesExport.noneIn'],
  ['months the wrong way round', { from: '2026-06', to: '2025-12' }, '2025-11', '2026-10', 'chargesExport.noneIn'],
])('opened with %s, a file is of the months there are', async (_, opening, from, to, notice) => {
  expect(await chargesExport.begin(hereWith(year, 'masked', opening))).toEqual({
    ...{ kind: 'goTo', place: { at: 'form', from, to } },
    ...(notice && { notice: { key: notice } }),
  })
})

test('of an account without charges it is said that there are none', async () => {
  expect(await chargesExport.begin(hereWith([]))).toEqual({ kind: 'finish', text: { key: 'chargesExport.none' } })
  expect(await chargesPicture.begin(hereWith([]))).toEqual({ kind: 'finish', text: { key: 'chargesPicture.none' } })
})
