import { maskAccount } from '../domain/accountNumber.ts'
import type { DrawnDocument } from '../domain/documents/drawn.ts'
import { type LocalDate, localDateOf } from '../domain/localDate.ts'
import { formatKopecks, type Kopecks } from '../domain/money.ts'
import { isCodeOf } from '../infra/documentCode.ts'
import { hashKeyOf } from '../infra/hashKey.ts'
import { documentNumbered } from '../queries/documents.ts'
import { type DeskAnswer, type DeskCommand, type DeskGround, refusal } from './cliDeskCommand.ts'

/** `erc document check NUMBER CODE`: whether a document that somebody shows is ours, and what it says. */
export function documentCommand([what, given = '', ...code]: readonly string[]): DeskCommand | undefined {
  const number = /^№?\s*(\d{1,9})$/.exec(given)?.[1]
  if (what !== 'check' || number === undefined || code.length === 0) return undefined
  return (ground) => check(ground, Number(number), code.join(''))
}

/** Of a number that there is not and of a wrong code the same is said: nobody finds out numbers by trying. */
async function check({ sql, config, now }: DeskGround, number: number, code: string): Promise<DeskAnswer> {
  const document = await documentNumbered(sql, number)
  if (!document || !isCodeOf(document, code, await hashKeyOf(config)))
    return refusal(`Документа № ${number} с таким кодом нет. Проверьте номер и код; если они верны, документ не наш.`)
  const [account] = await sql<{ number: string }>('erc.document.account', 'SELECT number FROM account WHERE id = $1', [
    document.accountId,
  ])
  const isOver = document.validUntil < localDateOf(now, config.rules.timeZone)
  return {
    lines: [
      `Документ № ${number}: наш, ${titles[document.kind]} от ${dotted(document.drawnOn)}.`,
      `Лицевой счёт ${maskAccount(account?.number ?? '')}, данные на ${dotted(document.asOf)}${monthsOf(document)}.`,
      ...document.figures.map(({ kind, kopecks }) => `${kinds[kind]}: ${owed(kopecks)}.`),
      isOver
        ? `Срок вышел ${dotted(document.validUntil)}: попросите новый документ.`
        : `Действителен по ${dotted(document.validUntil)} включительно.`,
    ],
  }
}

const titles: Record<DrawnDocument['kind'], string> = {
  details: 'детализация начислений и оплат',
  statement: 'выписка по лицевому счёту',
  debt: 'справка о задолженности',
  reconciliation: 'акт сверки',
}
const kinds = { MAIN: 'Жильё и коммунальные услуги', CAPREM: 'Взнос на капитальный ремонт' }

function owed(kopecks: Kopecks): string {
  if (kopecks === 0) return 'долга нет'
  return kopecks > 0 ? `долг ${formatKopecks(kopecks)}` : `переплата ${formatKopecks(-kopecks)}`
}

const monthsOf = ({ months }: DrawnDocument): string => (months ? `, месяцы ${months.from} — ${months.to}` : '')

const dotted = (date: LocalDate): string => date.split('-').reverse().join('.')
