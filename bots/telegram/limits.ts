import type { Limits } from '../../src/engine/channel.ts'

/**
 * Bot API 10.1. Texts and captions count UTF-16 units after the entities were taken out. Telegram publishes no bound for a
 * label: phones cut what is longer. Eight buttons a row are shown; ten rows stay well under the markup's 10 KB.
 */
export const telegramLimits = {
  text: 4096,
  caption: 1024,
  label: 64,
  buttonsInRow: 8,
  rows: 10,
  sentFileBytes: 50 * 1024 * 1024,
  fetchedFileBytes: 20 * 1024 * 1024,
} as const satisfies Limits

/** An album has 2-10 pieces (sendMediaGroup). */
export const albumPieces = 10
/** A larger photo is sent as a document. */
export const photoBytes = 10 * 1024 * 1024
