import type { ChannelPolicy } from './channelPolicy.ts'
import type { DeskRules } from './deskRules.ts'
import type { DocumentRules } from './documents/kinds.ts'
import type { DailyHours } from './hours.ts'
import type { Service } from './meter.ts'
import type { BankAgreement } from './payment/paymentCode.ts'
import type { ReadingsWindow } from './period.ts'
import type { ReminderRules } from './reminders/reminderRules.ts'
import type { RequestRules } from './requests/requestRules.ts'
import type { VisitRules } from './visits/visitRules.ts'

/**
 * How residents pay: what is agreed with the bank about payment codes, pages on paying online and on the cash desks «Фрисби», and where these are, as
 * residents read it. What the centre has not named is not shown.
 */
export interface PaymentRules
  extends Partial<Record<'onlineUrl' | 'frisbiUrl' | 'frisbiAddresses', string | undefined>> {
  agreement: BankAgreement
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
  /** How many days an activation code serves when the billing has given it no last day. */
  activationCodeDays: number
  mailingHours: DailyHours
  consultantsHours: DailyHours
  desk: DeskRules
  visits: VisitRules
  documents: DocumentRules
  requests: RequestRules
  reminders: ReminderRules
  /** Consultants answer in the chat itself; where there is no staff forum, residents are told where else. */
  hasDesk: boolean
  /** The centre's web cabinet, when the centre has one to point to. */
  cabinetUrl?: string
  /** The telephone by which consultants are called. */
  phone?: string
  /** The centre's pages in VKontakte and Odnoklassniki. What is not there is not pointed to. */
  pages: Partial<Record<'vk' | 'ok', string | undefined>>
  payment: PaymentRules
  /** What of an account each messenger may carry. */
  channelPolicy: Record<'telegram' | 'vk', ChannelPolicy>
  /** The messengers the bot answers in, and a link to it there when one is known. */
  bots: Partial<Record<'telegram' | 'vk', { url: string | undefined }>>
  /** Whom to call in need: the state's single number, the gas service, and the dispatchers of the managing company when all share one. */
  emergency: { phone: string; gasPhone: string; dispatchPhone?: string }
}
