import { showsPayer } from '../../domain/channelPolicy.ts'
import { clockTime } from '../../domain/hours.ts'
import { purposeOf } from '../../domain/payment/bill.ts'
import type { ReceiptMeter } from '../../domain/receipt/meters.ts'
import { formatVolume, type Thousandths } from '../../domain/volume.ts'
import { drawTable } from '../pdf/table.ts'
import { lineHeight, wrapped, write } from '../pdf/text.ts'
import { type Fact, type Paper, writeFacts } from './paper.ts'

/** The meters of the flat: what each showed before and this month, and until when it is verified. */
export async function drawMeters({ pages, receipt: { meters }, say, language }: Paper): Promise<void> {
  if (meters.length === 0) return
  const right = 'right' as const
  const zoned = ({ zones }: ReceiptMeter, values: Thousandths[] | undefined) =>
    (values ?? []).map((value, zone) => {
      const volume = formatVolume(value, language)
      return zones === 1 ? volume : `${say(`readings.zone.${zones}.${zone + 1}`)} ${volume}`
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
  pages.top -= 7
}

/** Whom it is paid to, how he is reached and what else there is to say: kept together on one page. */
export async function drawPayee(paper: Paper): Promise<void> {
  const { pages, receipt, say } = paper
  const { fonts, left: x, width } = pages
  const [heading, usual, small] = [
    { font: fonts.bold, size: 11 },
    { font: fonts.regular, size: 9 },
    { font: fonts.regular, size: 8, faint: true },
  ]
  const facts = receipt.payee ? factsOf(paper, receipt.payee) : []
  const lines = receipt.payee ? [] : wrapped(say('receipt.pdf.noPayee'), usual, width)
  const notes = wrapped(notesOf(paper).join(' '), small, width)
  const above = lineHeight(heading) + lines.length * lineHeight(usual) + notes.length * lineHeight(small)
  await pages.room(above + writeFacts(paper, facts, { x, top: 0, width }, 'measure') + 9)
  pages.top -= write(pages.page, [say('receipt.pdf.requisites')], { x, top: pages.top }, heading) + 3
  pages.top -= write(pages.page, lines, { x, top: pages.top }, usual)
  pages.top -= writeFacts(paper, facts, { x, top: pages.top, width }) + 6
  pages.top -= write(pages.page, notes, { x, top: pages.top }, small)
}

function factsOf({ receipt, policy, say }: Paper, payee: NonNullable<Paper['receipt']['payee']>): Fact[] {
  const { requisites, phone, address, site } = payee
  const { Name, PersonalAcc, BankName, BIC, CorrespAcc, PayeeINN, KPP } = requisites
  const { account } = receipt.payer
  const tax = [
    ...(PayeeINN === undefined ? [] : [say('receipt.pdf.inn', { inn: PayeeINN })]),
    ...(KPP === undefined ? [] : [say('receipt.pdf.kpp', { kpp: KPP })]),
  ]
  const correspondent = CorrespAcc === '0' ? [] : [say('receipt.pdf.correspAcc', { account: CorrespAcc })]
  return [
    [say('receipt.pdf.payee'), [Name, ...tax].join(', ')],
    [say('receipt.pdf.personalAcc'), PersonalAcc],
    [say('receipt.pdf.bank'), [BankName, say('receipt.pdf.bic', { bic: BIC }), ...correspondent].join(', ')],
    [say('receipt.pdf.purpose'), showsPayer(policy) ? purposeOf({ ...receipt, account }) : undefined],
    [say('receipt.pdf.contacts'), [phone, address, site].filter(Boolean).join(', ')],
  ]
}

function notesOf({ receipt, policy, on, rules, say }: Paper): string[] {
  const { consultantsHours, phone } = rules
  const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
  return [
    ...(receipt.payer.hasCode ? [say('receipt.pdf.activationCode')] : []),
    phone === undefined ? say('receipt.pdf.hours', hours) : say('receipt.pdf.hoursAndPhone', { ...hours, phone }),
    ...(receipt.month.mismatches.length > 0 ? [say('receipt.pdf.mismatch')] : []),
    ...(showsPayer(policy) ? [] : [say('receipt.pdf.masked')]),
    say('receipt.pdf.madeByBot', { day: on }),
  ]
}
