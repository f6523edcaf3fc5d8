import { maskAccount } from '../../domain/accountNumber.ts'
import { showsPayer } from '../../domain/channelPolicy.ts'
import { clockTime } from '../../domain/hours.ts'
import { purposeOf } from '../../domain/payment/bill.ts'
import type { ReceiptMeter } from '../../domain/receipt/meters.ts'
import type { Thousandths } from '../../domain/volume.ts'
import { drawTable } from '../pdf/table.ts'
import { lineHeight, wrapped, write } from '../pdf/text.ts'
import { type Fact, type Paper, writeFacts } from './paper.ts'

/** The meters of the flat: what each showed before and this month, and until when it is verified. */
export async function drawMeters({ pages, receipt: { meters }, say }: Paper): Promise<void> {
  if (meters.length === 0) return
  const right = 'right' as const
  const zoned = ({ zones }: ReceiptMeter, values: Thousandths[] | undefined) =>
    (values ?? []).map((value, zone) => {
      const volume = say('receipt.pdf.meterValue', { value })
      return zones === 1 ? volume : say(`receipt.pdf.zone.${zones}.${zone + 1}`, { volume })
    })
  await drawTable(pages, {
    columns: [
      { head: say('receipt.pdf.meter'), share: 34 },
      { head: say('receipt.pdf.previous'), share: 20, align: right },
      { head: say('receipt.pdf.current'), share: 20, align: right },
      { head: say('receipt.pdf.used'), share: 20, align: right },
      { head: say('receipt.pdf.verified'), share: 20, align: right },
    ],
    rows: meters.map((meter) => ({
      cells: [
        say(`receipt.pdf.meterOf.${meter.service}`, { serial: meter.serial, unit: meter.unit }),
        zoned(meter, meter.previous).join('\n'),
        meter.current ? zoned(meter, meter.current).join('\n') : say('receipt.pdf.noReading'),
        zoned(meter, meter.used).join('\n'),
        meter.verifiedUntil === undefined ? '' : say('receipt.pdf.day', { day: meter.verifiedUntil }),
      ],
    })),
    size: 8,
  })
  pages.top -= 12
}

/** Whom it is paid to and how he is reached, kept together on one page. */
export async function drawPayee(paper: Paper): Promise<void> {
  const { pages, receipt, say } = paper
  const { payee } = receipt
  const heading = { font: pages.fonts.bold, size: 11 }
  const facts = payee ? factsOf(paper, payee) : []
  const lines = payee ? [] : wrapped(say('receipt.pdf.noPayee'), { font: pages.fonts.regular, size: 9 }, pages.width)
  const height = writeFacts(paper, facts, { x: 0, top: 0, width: pages.width }, 'measure')
  await pages.room(height + lines.length * 12 + lineHeight(heading) + 4)
  const { left: x, width } = pages
  pages.top -= write(pages.page, [say('receipt.pdf.requisites')], { x, top: pages.top }, heading) + 4
  pages.top -= write(pages.page, lines, { x, top: pages.top }, { font: pages.fonts.regular, size: 9 })
  pages.top -= writeFacts(paper, facts, { x, top: pages.top, width }) + 10
}

function factsOf({ receipt, policy, say }: Paper, payee: NonNullable<Paper['receipt']['payee']>): Fact[] {
  const { requisites, phone, address, site } = payee
  const { Name, PersonalAcc, BankName, BIC, CorrespAcc, PayeeINN, KPP } = requisites
  const { account } = receipt.payer
  const shown = showsPayer(policy) ? account : maskAccount(account)
  const tax = [
    ...(PayeeINN === undefined ? [] : [say('receipt.pdf.inn', { inn: PayeeINN })]),
    ...(KPP === undefined ? [] : [say('receipt.pdf.kpp', { kpp: KPP })]),
  ]
  const correspondent = CorrespAcc === '0' ? [] : [say('receipt.pdf.correspAcc', { account: CorrespAcc })]
  return [
    [say('receipt.pdf.payee'), [Name, ...tax].join(', ')],
    [say('receipt.pdf.personalAcc'), PersonalAcc],
    [say('receipt.pdf.bank'), [BankName, say('receipt.pdf.bic', { bic: BIC }), ...correspondent].join(', ')],
    [say('receipt.pdf.purpose'), purposeOf({ ...receipt, account: shown })],
    [say('receipt.pdf.contacts'), [phone, address, site].filter(Boolean).join(', ')],
  ]
}

/** What else there is to say, in small letters. */
export async function drawNotes({ pages, receipt, policy, on, rules, say }: Paper): Promise<void> {
  const { consultantsHours, phone } = rules
  const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
  const notes = [
    ...(receipt.payer.hasCode ? [say('receipt.pdf.activationCode')] : []),
    phone === undefined ? say('receipt.pdf.hours', hours) : say('receipt.pdf.hoursAndPhone', { ...hours, phone }),
    ...(receipt.month.mismatches.length > 0 ? [say('receipt.pdf.mismatch')] : []),
    ...(showsPayer(policy) ? [] : [say('receipt.pdf.masked')]),
    say('receipt.pdf.madeByBot', { day: on }),
  ]
  const letters = { font: pages.fonts.regular, size: 8, faint: true }
  const lines = notes.flatMap((note) => wrapped(note, letters, pages.width))
  await pages.room(lines.length * lineHeight(letters))
  pages.top -= write(pages.page, lines, { x: pages.left, top: pages.top }, letters)
}
