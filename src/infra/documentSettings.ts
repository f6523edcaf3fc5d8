import { z } from 'zod'
import { type DocumentKind, type DocumentRules, documentKinds, documentWays } from '../domain/documents/kinds.ts'
import type { RequestRules } from '../domain/requests/requestRules.ts'
import { parsed, wholeNumber } from './settingShapes.ts'

/** Some of these, comma-separated; in the order in which they are listed here. */
const someOf =
  <One extends string>(all: readonly One[]) =>
  (given: string): One[] | undefined => {
    const asked = given.split(',').map((one) => one.trim())
    const found = all.filter((one) => asked.includes(one))
    return found.length === new Set(asked).size ? found : undefined
  }

/** Who keeps the register of residents is the centre's to say: the certificate of it is not offered before. */
const usualKinds = documentKinds.filter((kind) => kind !== 'registered')

/** Proposals to be confirmed (domain rules, §7). */
const usualDays: Record<DocumentKind, number> = {
  ...{ receipt: 1, details: 3, statement: 3, debt: 3, reconciliation: 5, accountCopy: 3, registered: 3 },
}

/** `debt:3,statement:3`: working days; the others stay as they are. */
const days = (given: string): Record<DocumentKind, number> | undefined => {
  const pairs = given
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => /^\s*(\w+)\s*:\s*([1-9]\d?)\s*$/.exec(part))
  const said = pairs.flatMap((pair) => {
    const kind = documentKinds.find((one) => one === pair?.[1])
    return kind ? [[kind, Number(pair?.[2])] as const] : []
  })
  return said.length === pairs.length ? { ...usualDays, ...Object.fromEntries(said) } : undefined
}

/** The documents that residents may ask for. */
export const documentShape = {
  CENTRE_NAME: z.string().max(200, 'expected a name of at most 200 characters').default('Единый расчётный центр'),
  DOCUMENT_KINDS: parsed(someOf(documentKinds), `some of ${documentKinds.join(',')}`).default(usualKinds),
  DOCUMENT_WAYS: parsed(someOf(documentWays), `some of ${documentWays.join(',')}`).default(['chat', 'office']),
  DOCUMENT_DAYS: parsed(days, 'working days a kind such as debt:3,reconciliation:5').default(usualDays),
  DOCUMENT_VALID_DAYS: wholeNumber(10),
  DOCUMENT_FRESH_DAYS: wholeNumber(31),
}

const all = z.object(documentShape)

export function documentRulesOf(env: z.infer<typeof all>): DocumentRules {
  return {
    issuer: env.CENTRE_NAME,
    kinds: env.DOCUMENT_KINDS,
    ways: env.DOCUMENT_WAYS,
    validDays: env.DOCUMENT_VALID_DAYS,
    freshDays: env.DOCUMENT_FRESH_DAYS,
  }
}

/** The rules of requests with the days in which documents are made. What `REQUEST_DAYS` says of one holds. */
export function withDocumentDays(rules: RequestRules, { DOCUMENT_DAYS: days }: z.infer<typeof all>): RequestRules {
  const own = documentKinds.map((kind) => [['order', kind].join('.'), days[kind]] as const)
  return { ...rules, days: { ...rules.days, of: new Map([...own, ...rules.days.of]) } }
}
