import type { CallRecord, Stats, ViolationRecord } from './audit.ts'
import type { Fault } from './faults.ts'
import type { Act } from './hand/acts.ts'
import { ForumHand } from './hand/forum.ts'
import { ResidentHand } from './hand/resident.ts'
import type { SeenMessage } from './hand/seen.ts'
import { StaffHand } from './hand/staff.ts'
import type { StaffAct, StaffActed } from './hand/staffActs.ts'
import type { RateSecond } from './residentRate.ts'
import type { GroupLimit } from './telegram/groupRate.ts'
import { staffForum } from './tokens.ts'
import type { Person } from './world/people.ts'
import type { StaffPerson } from './world/staff.ts'
import type { Messenger } from './world/state.ts'

/** Drives a running sandbox, in this process or another: people, faults, and what the bots have called. */
export class SandboxHand {
  constructor(readonly url: string) {}

  people(): Promise<Person[]> {
    return this.get('/sandbox/people')
  }

  addPerson(names: Pick<Person, 'firstName' | 'lastName' | 'username' | 'language'>): Promise<Person> {
    return this.post('/sandbox/people', names)
  }

  /** So many people at once, who have opened both chats and said nothing. */
  addCrowd(count: number): Promise<Pick<Person, 'id' | 'telegramId' | 'vkId'>[]> {
    return this.post('/sandbox/crowd', { count })
  }

  /** What came of messages to residents in each second of the clock: Telegram's messages, VK's calls, and how many were too many. */
  residentRate(): Promise<RateSecond[]> {
    return this.get('/sandbox/residentRate')
  }

  /** The phone of a person (1…6, or of one that was added) in one messenger. */
  resident(messenger: Messenger, person: number): ResidentHand {
    return new ResidentHand(this, messenger, person)
  }

  /** An old VK client has no callback buttons. */
  oldVkClient(person: number, on: boolean): Promise<Person> {
    return this.post(`/sandbox/people/${person}/oldVkClient`, { on })
  }

  /** What was said in the neighbours' group. */
  group(messenger: Messenger): Promise<SeenMessage[]> {
    return this.get(`/sandbox/groups/${messenger}`)
  }

  /** The calls of bots, oldest first; getUpdates and Long Poll are left out. */
  calls(filter: { messenger?: Messenger; method?: string; bot?: number } = {}): Promise<CallRecord[]> {
    const { bot, ...rest } = filter
    return this.get(
      `/sandbox/calls?${new URLSearchParams({ ...rest, ...(bot === undefined ? {} : { bot: `${bot}` }) })}`,
    )
  }

  violations(): Promise<ViolationRecord[]> {
    return this.get('/sandbox/violations')
  }

  stats(): Promise<Stats> {
    return this.get('/sandbox/stats')
  }

  /** Spoils the next calls; answers how to let held ones go. */
  async fault(fault: Fault): Promise<{ release(): Promise<void> }> {
    const { id } = await this.post<{ id: number }>('/sandbox/faults', fault)
    return { release: () => this.post(`/sandbox/faults/${id}/release`, {}) }
  }

  async clearFaults(): Promise<void> {
    await this.ask('/sandbox/faults', { method: 'DELETE' })
  }

  /** Holds back updates until `release`, to let several arrive at once (`reversed`: the newest first, of one bot). */
  hold(messenger: Messenger): Promise<void> {
    return this.post(`/sandbox/updates/${messenger}/hold`, {})
  }

  release(messenger: Messenger, options: { reversed?: boolean; bot?: number } = {}): Promise<void> {
    return this.post(`/sandbox/updates/${messenger}/release`, options)
  }

  /** Tells the last `count` updates that were told already a second time, under their own ids; to the residents' bot or another. */
  repeatUpdates(messenger: Messenger, count: number, bot?: number): Promise<void> {
    return this.post(`/sandbox/updates/${messenger}/repeat`, { count, ...(bot === undefined ? {} : { bot }) })
  }

  /** VK's Long Poll answers `failed` 2, 1 or 3; with the last two untold events are lost and only the history has them. */
  vkLongPoll(what: 'expireKey' | 'loseHistory' | 'loseInformation'): Promise<void> {
    return this.post(`/sandbox/vk/longpoll/${what}`, {})
  }

  /** The people of the staff forums; as tests name them: `staffPeople` in world/staff.ts. */
  staffPeople(): Promise<StaffPerson[]> {
    return this.get('/sandbox/staff')
  }

  forums(): Promise<{ id: number; title: string }[]> {
    return this.get('/sandbox/forums')
  }

  forum(forum = staffForum.id): ForumHand {
    return new ForumHand(this, forum)
  }

  /** A person of the staff with a forum open before him. */
  staff(person: number, forum = staffForum.id): StaffHand {
    return new StaffHand(this, forum, person)
  }

  actInForum(forum: number, person: number, act: StaffAct): Promise<StaffActed> {
    return this.post(`/sandbox/forums/${forum}/people/${person}`, act)
  }

  /** Changes what a bot may send to one group from now on. */
  groupLimit(limit: Partial<GroupLimit>): Promise<GroupLimit> {
    return this.post('/sandbox/groupLimit', limit)
  }

  act(messenger: Messenger, person: number, act: Act): Promise<{ message?: string }> {
    return this.post(`/sandbox/chats/${messenger}/${person}`, act)
  }

  get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
    return this.ask(path, signal ? { signal } : {})
  }

  private post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  private async ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, request)
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`sandbox: ${JSON.stringify(body)}`)
    return body as Answer
  }
}
