import { showsSums } from '../domain/channelPolicy.ts'
import type { Rules } from '../domain/rules.ts'
import { type ChatId, messengerOf } from '../engine/event.ts'

/**
 * Whether the person in a chat may be sent an account's sums at this moment: he still sees the account, and what the messenger may carry, a
 * setting, has not been narrowed since he asked.
 */
export const mayBeSentSums =
  (rules: Pick<Rules, 'channelPolicy'>, maySee: (chat: ChatId, accountId: number) => Promise<boolean>) =>
  async (chat: ChatId, accountId: number): Promise<boolean> =>
    showsSums(rules.channelPolicy[messengerOf(chat)]) && (await maySee(chat, accountId))
