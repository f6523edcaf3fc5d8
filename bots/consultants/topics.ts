import type { DeskPlace } from '../../src/desk/channel.ts'
import { AppError } from '../../src/infra/errors.ts'
import { settled } from './answers.ts'
import type { Ask } from './api.ts'
import { forumLimits } from './limits.ts'
import { inPlace, shortened } from './render.ts'

type Topic = Required<DeskPlace>

export async function openTopic(ask: Ask, forum: string, title: string): Promise<string> {
  const payload = { chat_id: Number(forum), name: titleOf(title) }
  const opened = await settled('createForumTopic', payload, () => ask('createForumTopic', payload))
  if (!opened) throw new AppError('PLATFORM_REFUSED', { facts: { method: 'createForumTopic' } })
  return String(opened.message_thread_id)
}

export async function renameTopic(ask: Ask, place: Topic, title: string): Promise<void> {
  const payload = { ...topicOf(place), name: titleOf(title) }
  await settled('editForumTopic', payload, () => ask('editForumTopic', payload))
}

export async function changeTopic(
  ask: Ask,
  place: Topic,
  method: 'closeForumTopic' | 'reopenForumTopic' | 'deleteForumTopic',
): Promise<void> {
  const payload = topicOf(place)
  try {
    await settled(method, payload, () => ask(method, payload))
  } catch (error) {
    const isGone = error instanceof AppError && error.code === 'TOPIC_GONE'
    if (!isGone || method !== 'deleteForumTopic') throw error
  }
}

/** A private supergroup's messages are found under its id without the `-100` that the Bot API puts before it. */
export const linkTo = ({ forum, thread }: Topic, message?: string): string =>
  ['https://t.me/c', forum.replace(/^-100/, ''), thread, ...(message === undefined ? [] : [message])].join('/')

const titleOf = (title: string): string => shortened(title, forumLimits.title)

const topicOf = (place: Topic) => ({ ...inPlace(place), message_thread_id: Number(place.thread) })
