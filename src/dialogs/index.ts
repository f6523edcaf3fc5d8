import type { Dialog } from '../engine/dialog.ts'
import type { Dialogs } from '../engine/turn.ts'
import { accountGone } from './accountGone.ts'
import { accounts } from './accounts.ts'
import { affairs } from './affairs.ts'
import { answers } from './answers.ts'
import { appointment } from './appointment.ts'
import { charges } from './charges.ts'
import { chargesExport } from './chargesExport.ts'
import { chargesPicture } from './chargesPicture.ts'
import { confirmations } from './confirmations.ts'
import { consent } from './consent.ts'
import { consultant } from './consultant.ts'
import { deletion } from './deletion.ts'
import { documents } from './documents.ts'
import { elsewhere } from './elsewhere.ts'
import { emergency } from './emergency.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { linking } from './linking.ts'
import { menu } from './menu.ts'
import { newcomer } from './newcomer.ts'
import { news } from './news.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { papers } from './papers.ts'
import { payment } from './payment.ts'
import { readings } from './readings.ts'
import { receipt } from './receipt.ts'
import { reminders } from './reminders.ts'
import { requests } from './requests.ts'
import { resume } from './resume.ts'
import { settings } from './settings.ts'
import { whichAccount } from './whichAccount.ts'
import { withdrawal } from './withdrawal.ts'
import { withheld } from './withheld.ts'

const all = [
  ...[menu, consent, linking, readings, accounts, whichAccount, elsewhere, consultant],
  ...[newcomer, accountGone],
  ...[emergency, answers],
  ...[history, confirmations],
  ...[charges, chargesPicture, chargesExport],
  ...[receipt, payment],
  ...[orders, order],
  ...[appointment, requests, affairs],
  ...[documents, papers],
  withheld,
  ...[reminders, news],
  ...[help, settings, withdrawal, deletion, resume],
]

/** Every dialog by its id. */
export const dialogs: Dialogs = new Map(all.map((dialog) => [dialog.id, dialog as unknown as Dialog]))
