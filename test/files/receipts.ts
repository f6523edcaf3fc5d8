import type { ChannelPolicy } from '../../src/domain/channelPolicy.ts'
import type { ChargeRow } from '../../src/domain/charges/charges.ts'
import type { Language } from '../../src/domain/language.ts'
import { usualAgreement } from '../../src/domain/payment/paymentCode.ts'
import { receiptCode } from '../../src/domain/receipt/code.ts'
import type { Receipt } from '../../src/domain/receipt/receipt.ts'
import { receiptPdf } from '../../src/files/receipts/receiptPdf.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { requisites } from '../domain/payment/vectors.ts'

type Month = NonNullable<Receipt['month']>
type Whole = Receipt & { month: Month }

const row = (service: string, name: string, accrued: number, more: Partial<ChargeRow> = {}): ChargeRow => ({
  ...{ service, name, accrued, multiplier: 0, recalculation: 0, benefit: 0, total: accrued },
  ...more,
})

/** March 2026 as domain.md, section 3, has it, but for the lines that it takes to come to that sum. */
export const march: Whole = {
  period: '2026-03',
  kind: 'MAIN',
  isLatest: true,
  month: {
    ...{ period: '2026-03', kind: 'MAIN', opening: 521_037, paid: 500_000, penalty: 341, closing: 993_533 },
    dueDate: '2026-04-15',
    mismatches: [],
    rows: [
      row('HOUSING', 'Содержание жилого помещения', 194_774, {
        ...{ supplier: 'УК «Пример»', unit: 'м²', volume: 543_000, basis: 'площадь', tariff: 358_700 },
      }),
      row('GVS_WATER', 'Горячее водоснабжение: вода', 17_284, {
        ...{ unit: 'м³', volume: 32_840, basis: 'по прибору', tariff: 526_300 },
        ...{ recalculation: -6_412, recalculationReason: 'показания за февраль', total: 10_872 },
      }),
      row('REST', 'Остальное', 766_509),
    ],
  },
  payer: {
    ...{ account: '6601234567', els: '75да533315', name: 'Иванов Иван Иванович' },
    address: { streetType: 'улица', street: '8 Марта', house: '120', flat: '45' },
    ...{ areaHundredths: 5430, registered: 3, living: 2, hasCode: true },
  },
  payee: {
    kind: 'MAIN',
    requisites,
    phone: '8 (343) 000-00-00',
    address: 'ул. Примерная, 1',
    site: 'https://example.org',
  },
  meters: [
    {
      ...{ id: 'm1', service: 'HVS', serial: '58517168', unit: 'м³', zones: 1, verifiedUntil: '2031-05-20' },
      ...{ previous: [412_615], current: [418_950], used: [6_335] },
    },
    {
      ...{ id: 'm2', service: 'EL', serial: '40317474', unit: 'кВт·ч', zones: 2 },
      ...{ previous: [3_397_000, 6_216_000] },
    },
  ],
  version: '1',
}

/** The same with another month's figures. */
export const withMonth = (month: Partial<Month>): Whole => ({ ...march, month: { ...march.month, ...month } })

const words = openWords('Asia/Yekaterinburg')

export function drawReceipt(
  receipt: Whole,
  { policy = 'full', language = 'ru' }: { policy?: ChannelPolicy; language?: Language } = {},
): Promise<Uint8Array> {
  const code = receiptCode(receipt, usualAgreement, policy)
  return receiptPdf({
    ...{ receipt, policy, language, on: '2026-04-03' },
    ...(code && { code }),
    rules: { consultantsHours: { from: 480, to: 1200 } },
    say: (key, values) => words.plain(language, { key, ...(values && { values }) }),
  })
}
