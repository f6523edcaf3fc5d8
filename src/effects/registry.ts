import { adminAnswered } from './adminAnswered.ts'
import { askConsultant } from './askConsultant.ts'
import { beAnsweredLater } from './beAnsweredLater.ts'
import { cancelBooking } from './cancelBooking.ts'
import { chooseReminders } from './chooseReminders.ts'
import { confirmBooking } from './confirmBooking.ts'
import type { EffectContext } from './context.ts'
import { deleteMyData } from './deleteMyData.ts'
import { denyLink } from './denyLink.ts'
import { endHandOff } from './endHandOff.ts'
import { giveConsent } from './giveConsent.ts'
import { hearDesk } from './hearDesk.ts'
import { holdSlot } from './holdSlot.ts'
import { keepPhoto } from './keepPhoto.ts'
import { leaveClosed } from './leaveClosed.ts'
import { linkAccount } from './linkAccount.ts'
import { linkByCode } from './linkByCode.ts'
import { nameAccount } from './nameAccount.ts'
import { noteNotOurs } from './noteNotOurs.ts'
import { cancelOrder } from './orders/cancelOrder.ts'
import { issueDocument } from './orders/issueDocument.ts'
import { orderDocument } from './orders/orderDocument.ts'
import { prepareCorrection } from './prepareCorrection.ts'
import { putOffReminder } from './putOffReminder.ts'
import { rateTalk } from './rateTalk.ts'
import { relay } from './relay.ts'
import { releaseSlot } from './releaseSlot.ts'
import { remindLater } from './remindLater.ts'
import { renameAccount } from './renameAccount.ts'
import { addToRequest } from './requests/addToRequest.ts'
import { askInWriting } from './requests/askInWriting.ts'
import { closeRequest } from './requests/closeRequest.ts'
import { dropDraft } from './requests/dropDraft.ts'
import { forgetDraftFile } from './requests/forgetDraftFile.ts'
import { keepDraft } from './requests/keepDraft.ts'
import { rateRequest } from './requests/rateRequest.ts'
import { reopenRequest } from './requests/reopenRequest.ts'
import { sendRequest } from './requests/sendRequest.ts'
import { submitReadings } from './submitReadings.ts'
import { subscribeToNews } from './subscribeToNews.ts'
import { tellDesk } from './tellDesk.ts'
import { unlinkAccount } from './unlinkAccount.ts'
import { withdrawConsent } from './withdrawConsent.ts'

/** All that can be written on behalf of a resident. Each judges again what it writes, and answers a refusal as a value. */
const effects = {
  ...{ giveConsent, withdrawConsent, deleteMyData, keepPhoto, submitReadings },
  ...{ remindLater, prepareCorrection, noteNotOurs },
  ...{ chooseReminders, putOffReminder, subscribeToNews },
  ...{ linkAccount, linkByCode, renameAccount, unlinkAccount, denyLink, leaveClosed },
  ...{ askConsultant, relay, beAnsweredLater, endHandOff, rateTalk, nameAccount },
  ...{ hearDesk, tellDesk, adminAnswered },
  ...{ holdSlot, releaseSlot, confirmBooking, cancelBooking },
  ...{ keepDraft, dropDraft, forgetDraftFile, sendRequest },
  ...{ addToRequest, reopenRequest, rateRequest, closeRequest, askInWriting },
  ...{ issueDocument, orderDocument, cancelOrder },
}

/** After these all that is loaded of a resident, consent and accounts, is what it was. */
const leaveFacts: ReadonlySet<EffectName> = new Set([
  ...(['keepPhoto', 'submitReadings', 'remindLater', 'prepareCorrection', 'denyLink', 'noteNotOurs'] as const),
  ...(['chooseReminders', 'putOffReminder', 'subscribeToNews'] as const),
  ...(['askConsultant', 'relay', 'beAnsweredLater', 'endHandOff', 'rateTalk', 'nameAccount'] as const),
  ...(['hearDesk', 'tellDesk', 'adminAnswered'] as const),
  ...(['holdSlot', 'releaseSlot', 'confirmBooking', 'cancelBooking'] as const),
  ...(['keepDraft', 'dropDraft', 'forgetDraftFile', 'sendRequest'] as const),
  ...(['addToRequest', 'reopenRequest', 'rateRequest', 'closeRequest', 'askInWriting'] as const),
  ...(['issueDocument', 'orderDocument', 'cancelOrder'] as const),
])

/** These leave nothing to be done later. */
const leaveNothing: ReadonlySet<EffectName> = new Set([
  'submitReadings',
  'prepareCorrection',
  'chooseReminders',
  'subscribeToNews',
  'renameAccount',
  'hearDesk',
  'holdSlot',
  'releaseSlot',
  'dropDraft',
  'forgetDraftFile',
  'issueDocument',
  'noteNotOurs',
])

/**
 * These may be written in one transaction with the same of other turns, side by side: whatever two of them must not both do a unique index
 * forbids, and no lock has to keep them apart.
 */
const shareTransactions: ReadonlySet<EffectName> = new Set([
  'submitReadings',
  'keepPhoto',
  'remindLater',
  'noteNotOurs',
])

export const mayShare = ({ effect }: EffectCall): boolean => shareTransactions.has(effect)

type Effects = typeof effects
export type EffectName = keyof Effects
export type EffectInput<Name extends EffectName> = Parameters<Effects[Name]>[1]
export type EffectOutcome<Name extends EffectName> = Awaited<ReturnType<Effects[Name]>>

/** A write as a value: which effect, with what. */
export type EffectCall<Name extends EffectName = EffectName> = {
  [One in Name]: { effect: One; input: EffectInput<One> }
}[Name]

/** `factsChanged`: what is known of the resident has to be loaded anew. `hasLater`: there may be something to do later now. */
export interface EffectDone {
  outcome: unknown
  factsChanged: boolean
  hasLater: boolean
}

export type RunEffect = (
  call: EffectCall,
  who: Pick<EffectContext, 'sql' | 'chat' | 'revision' | 'resident' | 'now' | 'today'>,
) => Promise<EffectDone>

/** Runs effects inside the transaction they are given. */
export function effectRunner(
  deps: Pick<EffectContext, 'clock' | 'rules' | 'words' | 'limits' | 'hashKey' | 'log'>,
): RunEffect {
  return async ({ effect, input }, who) => {
    const run = effects[effect] as (context: EffectContext, input: unknown) => Promise<unknown>
    const outcome = await run({ ...deps, ...who }, input)
    return { outcome, factsChanged: !leaveFacts.has(effect), hasLater: !leaveNothing.has(effect) }
  }
}
