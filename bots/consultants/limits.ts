import type { DeskChannel } from '../../src/desk/channel.ts'

/** Bot API 10.1. Lengths are UTF-16 units after the entities were taken out; a topic's title has 1-128 (createForumTopic). */
export const forumLimits = {
  text: 4096,
  title: 128,
  label: 64,
  sentFileBytes: 50 * 1024 * 1024,
  fetchedFileBytes: 20 * 1024 * 1024,
} as const satisfies DeskChannel['limits']

export const captionLength = 1024
export const toastLength = 200
/** A larger photo is sent as a document. */
export const photoBytes = 10 * 1024 * 1024
/** An album has 2-10 pieces (sendMediaGroup). */
export const albumPieces = 10
/** Eight buttons a row are shown; ten rows stay well under the markup's 10 KB. */
export const buttonsInRow = 8
export const buttonRows = 10
