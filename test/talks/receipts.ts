import { Resvg } from '@resvg/resvg-js'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import { scanned } from '../files/pdfPicture.ts'
import type { Town } from '../support/town.ts'
import { labels, type Talk } from './talk.ts'

/** What came of one act, however many messages it took: Telegram sends a file a message. */
export interface Shown {
  id: string
  text: string
  files: SeenMessage['files']
  labels: string[]
}

/** All that the bot shows after an act. */
export async function shownBy(talk: Talk, act: () => Promise<unknown>): Promise<Shown> {
  const said = async () => (await talk.hand.chat()).messages.filter(({ from }) => from === 'bot')
  const before = new Map((await said()).map(({ id, text }) => [id, text]))
  await talk.replied(async () => {
    await act()
  }, '')
  await talk.town.product.outbox.idle()
  const messages = (await said()).filter(({ id, text }) => before.get(id) !== text)
  const last = messages.at(-1)
  return {
    id: last?.id ?? '',
    text: messages.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n'),
    files: messages.flatMap(({ files }) => files),
    labels: last ? labels(last) : [],
  }
}

/** The bytes of a file that was shown. */
export const paperOf =
  (town: Town) =>
  async ({ url }: SeenMessage['files'][number]): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(new URL(url, town.url))).arrayBuffer())

/** The bytes of the code in a picture (PNG). */
export function codeOf(png: Uint8Array): Uint8Array | undefined {
  const [width, height] = [16, 20].map((at) => Buffer.from(png).readUInt32BE(at))
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`
  const { pixels } = new Resvg(`${frame}<image href="${href}" width="${width}" height="${height}"/></svg>`).render()
  return scanned({ width: width ?? 0, height: height ?? 0, pixels: new Uint8ClampedArray(pixels) })
}
