import { z } from 'zod'
import type { Rules } from '../domain/rules.ts'

export const link = z.url({ protocol: /^https?$/, error: 'expected an http(s) address' }).optional()

/** Settings that are links for residents. All may be missing: what is not there is not pointed to. */
export const linkSettings = {
  COMMUNITY_VK_URL: link,
  COMMUNITY_OK_URL: link,
  BOT_TELEGRAM_URL: link,
  BOT_VK_URL: link,
}

interface Env extends z.infer<z.ZodObject<typeof linkSettings>> {
  TELEGRAM_TOKEN?: string | undefined
  VK_TOKEN?: string | undefined
  VK_GROUP_ID?: number | undefined
}

export const linksOf = (env: Env): Pick<Rules, 'pages' | 'bots'> => ({
  pages: { vk: env.COMMUNITY_VK_URL, ok: env.COMMUNITY_OK_URL },
  bots: botsOf(env),
})

/** The messengers that are configured; without a token of any, both of the sandbox. A community's number is all its link needs. */
function botsOf({ TELEGRAM_TOKEN, VK_TOKEN, VK_GROUP_ID, BOT_TELEGRAM_URL, BOT_VK_URL }: Env): Rules['bots'] {
  const isSandbox = TELEGRAM_TOKEN === undefined && VK_TOKEN === undefined
  const byNumber = VK_TOKEN === undefined ? undefined : `https://vk.me/club${VK_GROUP_ID}`
  return {
    ...((isSandbox || TELEGRAM_TOKEN !== undefined) && { telegram: { url: BOT_TELEGRAM_URL } }),
    ...((isSandbox || VK_TOKEN !== undefined) && { vk: { url: BOT_VK_URL ?? byNumber } }),
  }
}
