import { join } from 'node:path'
import { z } from 'zod'
import { type OptionalKey, optionalKeys } from '../domain/payment/fields.ts'
import { usualAgreement } from '../domain/payment/paymentCode.ts'
import type { PaymentRules } from '../domain/rules.ts'
import { link } from './configLinks.ts'

/** A bank that is told neither whose payment it is nor what for cannot pass it on. */
const keyList = (given: string): OptionalKey[] | undefined => {
  const asked = given.split(',').map((key) => key.trim())
  const known = optionalKeys.filter((key) => asked.includes(key))
  const tellsWhose = known.includes('PersAcc') || known.includes('Purpose')
  return known.length === asked.length && tellsWhose ? known : undefined
}

const keysExpected = `expected some of ${optionalKeys.join(',')} with PersAcc or Purpose among them`

/** Where the billing's own receipts are kept, the largest that is taken, and how residents pay. */
export const receiptShape = {
  RECEIPTS_DIR: z.string().optional(),
  RECEIPT_MEGABYTES: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .refine((size) => size >= 1 && size <= 50)
    .default(20)
    .describe('a whole number from 1 to 50, as many megabytes as messengers carry'),
  PAYMENT_CODE_KEYS: z
    .string()
    .transform((given, context) => {
      const keys = keyList(given)
      if (!keys) context.addIssue({ code: 'custom', message: keysExpected })
      return keys ?? []
    })
    .optional(),
  PAYMENT_CODE_ENCODING: z
    .enum(['utf-8', 'windows-1251'])
    .default(usualAgreement.encoding)
    .describe('utf-8 or windows-1251'),
  PAYMENT_CODE_KEY_CASE: z.enum(['capital', 'small']).default(usualAgreement.keyCase).describe('capital or small'),
  PAYMENT_CODE_PERIOD: z
    .string()
    .regex(/^(?=.*MM)(?=.*YY)[MY./-]{4,10}$/)
    .default(usualAgreement.period)
    .describe('a spelling of months such as MMYYYY'),
  PAY_ONLINE_URL: link,
  FRISBI_URL: link,
  FRISBI_ADDRESSES: z.string().max(500, 'expected addresses as residents read them, 500 characters at most').optional(),
}

const settings = z.object(receiptShape)
type Settings = z.infer<typeof settings>

/** The billing's own receipts: the folder they are kept in, and the largest that is taken. */
export interface ReceiptsSettings {
  folder: string
  mostBytes: number
}

export const receiptsOf = (env: Settings & { DATA_DIR: string }): ReceiptsSettings => ({
  folder: env.RECEIPTS_DIR ?? join(env.DATA_DIR, 'receipts'),
  mostBytes: env.RECEIPT_MEGABYTES * 1024 * 1024,
})

export function paymentRulesOf(env: Settings): PaymentRules {
  const { PAYMENT_CODE_KEYS: keys } = env
  return {
    agreement: {
      encoding: env.PAYMENT_CODE_ENCODING,
      keyCase: env.PAYMENT_CODE_KEY_CASE,
      period: env.PAYMENT_CODE_PERIOD,
      ...(keys && { keys }),
    },
    ...{ onlineUrl: env.PAY_ONLINE_URL, frisbiUrl: env.FRISBI_URL, frisbiAddresses: env.FRISBI_ADDRESSES },
  }
}
