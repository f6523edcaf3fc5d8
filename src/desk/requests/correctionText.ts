import type { Meter } from '../../domain/meter.ts'
import type { Period } from '../../domain/period.ts'
import { type Text, text } from '../../engine/text.ts'
import { meterName, valuesText } from '../card/accountTexts.ts'

/** A reading that is to be corrected after its receipt was closed: what it is, and what it should be. Values are thousandths. */
export interface Correction {
  period: Period
  meter: Pick<Meter, 'service' | 'serial' | 'unit'>
  was: readonly number[]
  right: readonly number[]
}

/** What a resident asks for by it, in the words that stand in his request. */
export const correctionText = ({ period, meter, was, right }: Correction): Text =>
  text('desk.request.correction', {
    ...{ period, meter: meterName(meter), was: valuesText(meter, was), right: valuesText(meter, right) },
  })

/** What was prepared for staff before they took requests is one now. */
export const preparedText = (sent: { number: number; due: string }): Text => text('desk.request.wasPrepared', sent)
