import { localDateOf } from '../domain/localDate.ts'
import { bigTownSource, makeBigTown } from './bigTown.ts'
import { type DeskCommand, refusal } from './cliDeskCommand.ts'

/** `erc sample --accounts N`: a town to measure with, never among real accounts. */
export function sampleCommand(words: readonly string[]): DeskCommand | undefined {
  const [option, given = '', ...more] = words
  const accounts = /^[1-9]\d{0,6}$/.test(given) ? Number(given) : undefined
  if (option !== '--accounts' || accounts === undefined || more.length > 0) return undefined
  return async ({ sql, config, now }) => {
    const [real] = await sql('erc.sample.real', 'SELECT FROM account WHERE imported_from <> $1 LIMIT 1', [
      bigTownSource,
    ])
    if (real) return refusal('В базе есть другие лицевые счета: образцовый город делают только в пустой.')
    await makeBigTown(sql, { accounts, now, today: localDateOf(now, config.rules.timeZone) })
    await sql('erc.sample.analyze', 'ANALYZE', [])
    return { lines: [`Готово: лицевых счетов и жителей: ${accounts}.`] }
  }
}
