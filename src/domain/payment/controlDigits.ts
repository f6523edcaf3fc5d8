/**
 * Whether the key inside a bank account (20 digits) fits the bank's БИК (9 digits), by the order of the Bank of Russia of 08.09.1997
 * № 515: weights 7, 1, 3 go over the bank's three digits and the account. A client of a commercial bank is computed with the bank's last
 * three digits; a correspondent account, and any account in the Bank of Russia itself (00 at digits 7-8), with 0 and digits 5-6.
 */
export function accountKeyFits(bic: string, account: string, isCorrespondent: boolean): boolean {
  const isInBankOfRussia = bic.slice(6, 8) === '00'
  const bank = isCorrespondent || isInBankOfRussia ? `0${bic.slice(4, 6)}` : bic.slice(6)
  return weighted(bank + account, [7, 1, 3]) % 10 === 0
}

/** Whether the control digits of an ИНН fit: the last of an organisation's ten, the last two of a person's twelve. */
export function innFits(inn: string): boolean {
  const controls = inn.length === 10 ? [[2, 4, 10, 3, 5, 9, 4, 6, 8]] : personWeights
  return controls.every(
    (weights) => (weighted(inn.slice(0, weights.length), weights) % 11) % 10 === Number(inn[weights.length]),
  )
}

const personWeights = [
  [7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
  [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
]

/** The sum of digits times weights, the weights repeated as often as needed. */
function weighted(digits: string, weights: readonly number[]): number {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index % weights.length] ?? 0), 0)
}
