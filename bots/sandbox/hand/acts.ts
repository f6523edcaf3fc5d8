/** What a resident may do with his phone. Message ids are the platform's (in VK the number within the conversation). */
export type Act =
  /** «Старт» / «Начать», with the payload of a deep link. */
  | { do: 'start'; payload?: string }
  | { do: 'say'; text: string; replyTo?: string }
  /**
   * Presses a button: the newest one with this label or token, or the one under `message`. With both `token` and `message` the
   * press is sent even when that button is gone: a phone may still show it.
   */
  | { do: 'press'; label?: string; token?: string; message?: string }
  | { do: 'edit'; message: string; text: string }
  | { do: 'erase'; message: string }
  /** Several files are one album. */
  | { do: 'send'; files: SentFile[]; caption?: string; replyTo?: string }
  | { do: 'sticker' }
  /** In VK a place may come with words, in Telegram with a name of its own (a venue). */
  | { do: 'location'; latitude?: number; longitude?: number; text?: string; replyTo?: string }
  | { do: 'contact' }
  | { do: 'block' }
  | { do: 'unblock' }
  | { do: 'sayInGroup'; text: string }
  /** VK only: the community is told that he types, when it has asked for such events. */
  | { do: 'typing' }
  /** VK only: an administrator of the community (a person of the staff) answers him from VK's own inbox. */
  | { do: 'adminSays'; text: string; admin: number; replyTo?: string }

export interface SentFile {
  /** A video in Telegram only. */
  kind: 'photo' | 'document' | 'voice' | 'video'
  name: string
  base64: string
}

/** Why a phone cannot do what it is asked for (no such button, the bot is blocked, …): the test or page is wrong, not the bot. */
export class CannotDo extends Error {}

export const homeLocation = { latitude: 56.8389, longitude: 60.6057 }

/** Answers the place that an act names, or where people are when it names none. */
/** A place that has a name is a venue, which has its location besides. */
export const venueOf = (act: Extract<Act, { do: 'location' }>) => {
  const location = placeOf(act)
  return act.text === undefined
    ? { location }
    : { location, venue: { location, title: act.text, address: 'Екатеринбург' } }
}

export const placeOf = ({ latitude, longitude }: { latitude?: number; longitude?: number }) => ({
  latitude: latitude ?? homeLocation.latitude,
  longitude: longitude ?? homeLocation.longitude,
})
