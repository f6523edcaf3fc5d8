import type { AppError } from '../infra/errors.ts'
import type { ChatId, Event, Messenger } from './event.ts'
import type { Outgoing } from './outgoing.ts'

/** The bounds by which a renderer splits and shortens. Lengths are in UTF-16 code units, sizes in bytes. */
export interface Limits {
  text: number
  caption: number
  label: number
  buttonsInRow: number
  rows: number
  sentFileBytes: number
  fetchedFileBytes: number
}

/** Bytes of a file that is to be shown, and the platform's own id of it when it was uploaded there before. */
export interface FileToSend {
  cachedRef?: string
  bytes(): Promise<Uint8Array>
}

/**
 * One delivery of an outbox row. `id` is the same at every try (VK's `random_id` is a hash of it and the part);
 * `partsDone` counts the parts which an earlier try has already shown; `file` opens a shown file by its id.
 */
export interface DeliveryContext {
  id: string
  partsDone: number
  file(id: string): Promise<FileToSend>
}

/**
 * What came of a delivery: the platform's message ids of the parts shown by this call, in order, and new platform ids of files.
 * `failure` says why the rest was not shown: `CHAT_BLOCKED` (the chat cannot be written to), `RATE_LIMITED`, `PLATFORM_DOWN`
 * (both with `retry` in milliseconds: the same row is tried again) or `PLATFORM_REFUSED` (our bug; never retried).
 */
export interface Delivered {
  messages: string[]
  fileRefs: { file: string; ref: string }[]
  failure?: AppError
}

/** Stops listening; answers when nothing more will be handed to `onEvents`. */
export type StopListening = () => Promise<void>

/** The port a messenger's bot implements. No other way leads from the engine to a messenger or back. */
export interface Channel {
  readonly name: Messenger
  readonly limits: Limits
  deliver(chat: ChatId, outgoing: Outgoing, delivery: DeliveryContext): Promise<Delivered>
  /** Fails with `FILE_TOO_LARGE` or `FILE_GONE` (never retried), or with `PLATFORM_DOWN`. */
  fetchFile(ref: string): Promise<Uint8Array>
  /** Hands over what has happened, in order; an update is acknowledged to the platform only after `onEvents` has answered. */
  listen(onEvents: (events: Event[]) => Promise<void>): Promise<StopListening>
}
