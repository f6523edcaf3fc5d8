/** What a resident may do with his phone. Message ids are the platform's (in VK the number within the conversation). */
export type Act =
  /** «Старт» / «Начать», with the payload of a deep link. */
  | { do: 'start'; payload?: string }
  | { do: 'say'; text: string }
  /**
   * Presses a button: the newest one with this label or token, or the one under `message`. With both `token` and `message` the
   * press is sent even when that button is gone: a phone may still show it.
   */
  | { do: 'press'; label?: string; token?: string; message?: string }
  | { do: 'edit'; message: string; text: string }
  | { do: 'erase'; message: string }
  /** Several files are one album. */
  | { do: 'send'; files: SentFile[]; caption?: string }
  | { do: 'sticker' }
  | { do: 'location'; latitude?: number; longitude?: number }
  | { do: 'contact' }
  | { do: 'block' }
  | { do: 'unblock' }
  | { do: 'sayInGroup'; text: string }

export interface SentFile {
  kind: 'photo' | 'document' | 'voice'
  name: string
  base64: string
}

/** Why a phone cannot do what it is asked for (no such button, the bot is blocked, …): the test or page is wrong, not the bot. */
export class CannotDo extends Error {}

export const homeLocation = { latitude: 56.8389, longitude: 60.6057 }
