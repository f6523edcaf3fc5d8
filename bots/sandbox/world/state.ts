import type { TelegramState } from '../telegram/state.ts'
import type { VkState } from '../vk/state.ts'
import type { Person } from './people.ts'
import type { StaffPerson } from './staff.ts'

/** All that outlives a restart, as it is saved. */
export interface WorldState {
  version: 1
  /** False while the sandbox runs: a snapshot that says so was left by a killed process, and may be some moments old. */
  closed: boolean
  /** Residents. */
  people: Person[]
  staff: StaffPerson[]
  files: Record<string, StoredFile>
  nextFile: number
  telegram: TelegramState
  vk: VkState
}

/** A file's bytes lie on disk under its id. `width` and `height` are pixels, of pictures only; `size` is in bytes. */
export interface StoredFile {
  id: string
  name: string
  mime: string
  size: number
  width?: number
  height?: number
}

/** A message as its platform words it, with what no API field tells. */
export interface Kept<Message> {
  body: Message
  deleted?: true
  /** The bot's reaction to it. */
  reaction?: string
}

export type Messenger = 'telegram' | 'vk'
