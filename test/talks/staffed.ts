import { expect } from 'vitest'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import type { SeenTopic } from '../../bots/sandbox/hand/seenForum.ts'
import type { StaffHand } from '../../bots/sandbox/hand/staff.ts'
import type { Where } from '../../bots/sandbox/hand/staffActs.ts'
import { staffForum } from '../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../bots/sandbox/world/staff.ts'
import type { Messenger } from '../../src/engine/event.ts'
import type { Town } from '../support/town.ts'
import { handOffOf } from './desk.ts'
import { said } from './said.ts'
import { labels, settled, type Talk } from './talk.ts'

const { consultants, supervisor, stranger } = staffPeople
const [irina = supervisor, oleg = supervisor, marina = supervisor, timur = supervisor] = consultants

/** Those who are in the staff forum of a town with a desk. */
export const people = { irina, oleg, marina, timur, nadezhda: supervisor, petr: stranger }
export type Who = keyof typeof people

type Wish = string | RegExp

/** A resident's question on its way through the desk: his chat on one side, his topic on the other. */
export class Visit {
  constructor(
    readonly town: Town,
    readonly talk: Talk,
    /** His topic's id in the forum. */
    readonly topic: number,
    readonly forum: number = staffForum.id,
  ) {}

  staff(who: Who = 'irina'): StaffHand {
    return this.town.hand.staff(people[who].id, this.forum)
  }

  /** Said in the topic; answers the message's id. */
  say(text: string, { by = 'irina', replyTo }: { by?: Who; replyTo?: string } = {}): Promise<string> {
    return this.staff(by).say(text, this.where(replyTo))
  }

  /** Presses a button of the topic once it is there. */
  async press(label: string, by: Who = 'irina'): Promise<void> {
    await this.seen(({ messages }) => messages.some((one) => !one.deleted && labels(one).includes(label)))
    await this.staff(by).press(label, { topic: this.topic })
  }

  where(replyTo?: string): Where {
    return { topic: this.topic, ...(replyTo === undefined ? {} : { replyTo }) }
  }

  /** Waits until the topic is so. */
  seen(wish: (topic: SeenTopic) => boolean): Promise<SeenTopic> {
    return this.staff().waitForTopic(this.topic, wish)
  }

  /** Waits until the topic is called so. */
  async called(name: RegExp): Promise<void> {
    await this.seen((topic) => name.test(topic.name))
  }

  /** What has come into the topic by what is done: waits for the message as wished. */
  async reads(act: () => Promise<unknown>, wish: Wish | ((message: SeenMessage) => boolean)): Promise<SeenMessage> {
    const before = new Set((await this.seen(() => true)).messages.map(looks))
    await act()
    const isIt = (one: SeenMessage) => !one.deleted && !before.has(looks(one)) && fits(one, wish)
    const { messages } = await this.seen((topic) => topic.messages.some(isIt))
    return messages.findLast(isIt) as SeenMessage
  }

  /** What the resident has got by what is done: waits for the message as wished. */
  hears(act: () => Promise<unknown>, wish: Wish | ((message: SeenMessage) => boolean)): Promise<SeenMessage> {
    return hears(this.talk, act, wish)
  }

  async takes(who: Who = 'irina'): Promise<void> {
    await this.hears(() => this.press('Беру', who), said('consultant.talking', { name: people[who].firstName }))
    await this.called(new RegExp(`^${people[who].firstName}`))
  }

  /** The card as it is now. */
  async card(wish: Wish = ''): Promise<SeenMessage> {
    const { messages, pinned } = await this.seen(({ messages, pinned }) =>
      messages.some((one) => one.id === pinned.at(-1) && fits(one, wish)),
    )
    return messages.find(({ id }) => id === pinned.at(-1)) as SeenMessage
  }

  /** What stands in the topic below the card, without what Telegram tells of it. */
  async lines(): Promise<string[]> {
    const { messages, pinned } = await this.seen(() => true)
    return messages
      .filter((one) => !one.service && !one.deleted && !pinned.includes(one.id))
      .map(({ text, files }) => [text, ...files.map(({ kind }) => `[${kind}]`)].filter((part) => part !== '').join(' '))
  }

  async handOff() {
    return handOffOf(this.town, this.talk)
  }
}

export async function hears(talk: Talk, act: () => Promise<unknown>, wish: Wish | ((message: SeenMessage) => boolean)) {
  const before = new Set((await talk.hand.chat()).messages.map(looks))
  await act()
  const isIt = (one: SeenMessage) => one.from === 'bot' && !one.deleted && !before.has(looks(one)) && fits(one, wish)
  const { messages } = await talk.hand.waitFor((chat) => chat.messages.some(isIt))
  return messages.findLast(isIt) as SeenMessage
}

/** Somebody who has asked about charges and waits in the queue. */
export async function queued(town: Town, messenger: Messenger, flat: { number: string }): Promise<Visit> {
  const talk = await settled(town, messenger, flat)
  await talk.say('оператор', said('consultant.subjectNow'))
  await talk.press('Начисления', said('consultant.place'))
  return visit(town, talk)
}

/** The visit of whoever has asked; waits for his topic with its card. */
export async function visit(town: Town, talk: Talk, forum = staffForum.id): Promise<Visit> {
  const { number } = await handOffOf(town, talk)
  const isHis = ({ name, deleted, pinned }: SeenTopic) =>
    !deleted && pinned.length > 0 && name.includes(`№ ${number} ·`)
  const { topics } = await town.hand.forum(forum).waitFor((seen) => seen.topics.some(isHis))
  return new Visit(town, talk, topics.find(isHis)?.id ?? 0, forum)
}

/** Nothing was done that a messenger forbids, and nothing was worth a warning. */
export async function calm(town: Town, but: RegExp = /^$/): Promise<void> {
  expect(await town.hand.violations()).toEqual([])
  expect(town.logged.filter((line) => /"level":(40|50|60)/.test(line) && !but.test(line))).toEqual([])
}

const looks = ({ id, text, files, buttons, reaction }: SeenMessage) =>
  JSON.stringify([id, text, files, buttons, reaction])

const fits = (message: SeenMessage, wish: Wish | ((message: SeenMessage) => boolean)): boolean => {
  if (typeof wish === 'function') return wish(message)
  const text = message.text.replaceAll('\u00a0', ' ')
  return typeof wish === 'string' ? text.includes(wish) : wish.test(text)
}
