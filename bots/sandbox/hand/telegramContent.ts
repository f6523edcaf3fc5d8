import { randomInt } from 'node:crypto'
import { documentOf, photoOf, videoOf, voiceOf } from '../telegram/media.ts'
import type { TelegramMessage } from '../telegram/shapes.ts'
import type { TelegramBot } from '../telegram/state.ts'
import type { World } from '../world/world.ts'
import type { SentFile } from './acts.ts'

/** Seconds: as the sandbox's people speak. */
const SPOKEN_SECONDS = 3

type Content = Partial<TelegramMessage>

/** A command is marked as one by the client. */
export function textContent(text: string): Content {
  const word = /^\/[A-Za-z0-9_]{1,32}/.exec(text)?.[0]
  return word ? { text, entities: [{ type: 'bot_command', offset: 0, length: word.length }] } : { text }
}

/** One message a file; several are an album, and the caption stands with the first. */
export function filesContent(
  world: World,
  bot: TelegramBot,
  files: SentFile[],
  caption: string | undefined,
): Content[] {
  const album = files.length > 1 ? { media_group_id: String(10n ** 16n + BigInt(randomInt(2 ** 47))) } : {}
  return files.map((file, at) => ({
    ...fileContent(world, bot, file),
    ...album,
    ...(caption && at === 0 ? { caption } : {}),
  }))
}

function fileContent(world: World, bot: TelegramBot, sent: SentFile): Content {
  const file = world.files.add(sent.name, Buffer.from(sent.base64, 'base64'))
  if (sent.kind === 'voice') return { voice: voiceOf(bot, file, SPOKEN_SECONDS) }
  if (sent.kind === 'video') return { video: videoOf(bot, file, SPOKEN_SECONDS) }
  // What is no picture can only be sent as a file.
  return sent.kind === 'photo' && file.width ? { photo: photoOf(bot, file) } : { document: documentOf(bot, file) }
}
