import type { ChannelPolicy } from './channelPolicy.ts'
import type { DailyHours } from './hours.ts'
import type { Service } from './meter.ts'
import type { BankAgreement } from './payment/paymentCode.ts'
import type { ReadingsWindow } from './period.ts'

/** How residents pay: what is agreed with the bank about payment codes, and where the cash desks «Фрисби» are, as residents read it. */
export interface PaymentRules {
  agreement: BankAgreement
  frisbiAddresses?: string
}

/** What the billing centre decides, not we: configuration with the defaults of the trade. */
export interface Rules {
  timeZone: string
  readingsWindow: ReadingsWindow
  /** Digits after the comma that the centre takes, at most, per service. */
  acceptDecimals: Record<Service, number>
  /** The services whose readings the centre takes; all of them when not said. */
  readingsServices?: readonly Service[]
  /** Where readings of a service are sent that are not taken here: a name, a telephone, an address, as residents read it. */
  readingsElsewhere?: Partial<Record<Service, string>>
  accountPattern: RegExp
  mailingHours: DailyHours
  consultantsHours: DailyHours
  /** The centre's web cabinet, when the centre has one to point to. */
  cabinetUrl?: string
  /** The telephone by which consultants are called. */
  phone?: string
  payment: PaymentRules
  /** Pages of the centre and about paying, as links; what is not there is not pointed to. */
  pages: Partial<Record<'vk' | 'ok' | 'payOnline' | 'frisbi', string | undefined>>
  /** What of an account each messenger may carry. */
  channelPolicy: Record<'telegram' | 'vk', ChannelPolicy>
  /** The messengers the bot answers in, and a link to it there when one is known. */
  bots: Partial<Record<'telegram' | 'vk', { url: string | undefined }>>
  /** Whom to call in need: the state's single number, the gas service, and the dispatchers of the managing company when all share one. */
  emergency: { phone: string; gasPhone: string; dispatchPhone?: string }
}
