import type { SeenFile, SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { messengerOf } from '../../src/engine/event.ts'
import type { Town } from '../support/town.ts'
import { nextPoint, type Talk } from './talk.ts'

/** Asks for a file while the messenger cannot take it, does something, and answers what is shown when it can. */
export async function cutOff(
  talk: Talk,
  { telegram, ask }: { telegram: 'sendPhoto' | 'sendDocument'; ask: () => Promise<unknown> },
  meanwhile: () => Promise<void>,
): Promise<SeenMessage> {
  const { town, chat } = talk
  const messenger = messengerOf(chat)
  const method = messenger === 'telegram' ? telegram : 'messages.send'
  await town.hand.fault({ messenger, method, times: 1, effect: { kind: 'cut' } })
  await town.product.outbox.idle()
  const tried = nextPoint('delivery.settled')
  return talk.replied(async () => {
    await ask()
    await tried
    await meanwhile()
  }, '')
}

/** The bytes of a file that was shown, as a resident would get them. */
export const bytesOf = async (town: Town, file: SeenFile | undefined): Promise<Buffer> =>
  Buffer.from(await (await fetch(new URL(file?.url ?? '', town.url))).arrayBuffer())
