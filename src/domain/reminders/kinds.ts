/**
 * What residents are told unasked and may switch off, each by itself: readings to be given, a bill that is ready, its last day to pay, a debt, a
 * verification (поверка) that runs out, a visit, a document that is ready, an answered request, a talk or an answer that may be rated.
 */
export const reminderKinds = [
  'readings',
  'bill',
  'due',
  'debt',
  'verification',
  'visit',
  'document',
  'request',
  'rating',
] as const
export type ReminderKind = (typeof reminderKinds)[number]

/** Those of something that is to be done: it may be put off, or have been done. */
export const dutyKinds = ['readings', 'bill', 'due', 'debt', 'verification'] as const satisfies ReminderKind[]
export type DutyKind = (typeof dutyKinds)[number]

/** Those that are sent to all whom they concern at once. */
export const waveKinds = [...dutyKinds, 'rating'] as const satisfies ReminderKind[]
export type WaveKind = (typeof waveKinds)[number]

/**
 * Those that wait for the hours for mailings, whenever they were planned: an answer that staff give at night too, unless its resident is here. All else has
 * hours of its own, or is of a moment's weight: a visit, a file that was just sent, a person who has just linked his account.
 */
export const quietKinds: readonly string[] = [...waveKinds, 'document', 'request', 'rejected', 'accountGone', 'later']

export const isWaveKind = (kind: string): kind is WaveKind => waveKinds.some((one) => one === kind)

/** What a notice is for when only the dialog that tells it is known. */
const ofDialogs = new Map<string, ReminderKind>([
  ['requests', 'request'],
  ['papers', 'document'],
  ['orders', 'document'],
])

export const kindOfDialog = (dialog: string): string => ofDialogs.get(dialog) ?? dialog
