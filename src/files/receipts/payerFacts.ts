import { carriedAddress } from '../../domain/accountLabel.ts'
import { maskAccount } from '../../domain/accountNumber.ts'
import { formatAddress } from '../../domain/address/format.ts'
import type { ShownAs } from '../../domain/documents/drawn.ts'
import { formatTenThousandths } from '../../domain/money.ts'
import type { Payer } from '../../domain/receipt/receipt.ts'
import type { Fact, Paper } from './paper.ts'

/** Whose a paper is and of what home, as far as it may be shown. */
export function payerFacts({
  payer,
  shows,
  say,
  language,
}: Pick<Paper, 'say' | 'language'> & { payer: Payer; shows: ShownAs }): Fact[] {
  const { account, els, name, address, areaHundredths, registered, living } = payer
  const isWhole = shows !== 'masked'
  const number = isWhole ? account : maskAccount(account)
  const home = [
    ...(areaHundredths === null
      ? []
      : [say('receipt.pdf.area', { area: formatTenThousandths(areaHundredths * 100, language, 2) })]),
    ...(registered === null ? [] : [say('receipt.pdf.registered', { count: registered })]),
    ...(living === null ? [] : [say('receipt.pdf.living', { count: living })]),
  ]
  return [
    [say('receipt.pdf.account'), isWhole && els ? say('receipt.pdf.withEls', { number, els }) : number],
    [say('receipt.pdf.payer'), shows === 'full' ? (name ?? undefined) : undefined],
    [say('receipt.pdf.address'), formatAddress(carriedAddress(address, isWhole ? 'full' : 'masked'))],
    [say('receipt.pdf.home'), home.join(', ')],
  ]
}
