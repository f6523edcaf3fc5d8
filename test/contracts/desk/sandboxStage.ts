import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ForumOptions, staffForums } from '../../../bots/consultants/main.ts'
import type { SeenMessage } from '../../../bots/sandbox/hand/seen.ts'
import type { StaffHand } from '../../../bots/sandbox/hand/staff.ts'
import { SandboxHand } from '../../../bots/sandbox/hand.ts'
import { startSandbox } from '../../../bots/sandbox/start.ts'
import { sandboxTokens, staffForum } from '../../../bots/sandbox/tokens.ts'
import { staffPeople } from '../../../bots/sandbox/world/staff.ts'
import { openHttp } from '../../../src/infra/http.ts'
import type { LogLine } from '../stage.ts'
import type { Actor, DeskStage, ShownMessage } from './stage.ts'

/** What only an adapter has besides. */
export interface SandboxDeskStage extends DeskStage {
  hand: SandboxHand
  log: LogLine[]
  bot(options?: Partial<ForumOptions>): ReturnType<typeof staffForums>
}

/** A sandbox of its own; Telegram's own rate is not enforced but where a test asks for it. */
export async function openSandboxStage(): Promise<SandboxDeskStage> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-'))
  const sandbox = await startSandbox({ folder })
  const http = openHttp()
  const hand = new SandboxHand(sandbox.url)
  await hand.groupLimit({ enforced: false })
  const log: LogLine[] = []
  const note = (facts: object, message: string) => void log.push({ facts, message })
  const forum = String(staffForum.id)
  const bot: SandboxDeskStage['bot'] = (options = {}) =>
    staffForums({
      ...{ http, apiRoot: sandbox.url, token: sandboxTokens.telegram[1]?.token ?? '', forums: [forum] },
      ...{ log: { info: note, warn: note, error: note }, clock: { now: () => new Date() } },
      messagesPerMinute: 100_000,
      commands: [{ command: 'queue', description: 'Кто ждёт' }],
      ...options,
    })
  const person = (number: 1 | 2) => {
    const found = staffPeople.consultants[number - 1]
    if (!found) throw new Error('nobody')
    return found
  }
  return {
    ...{ forum, hand, log, bot, channel: bot },
    staff: (number) => {
      const { id, telegramId, firstName, lastName } = person(number)
      const supervisor = hand.staff(staffPeople.supervisor.id)
      return actor({ id: String(telegramId), name: `${firstName} ${lastName}` }, hand.staff(id), supervisor)
    },
    async topic(thread = '1') {
      const topic = await hand.forum().topic(Number(thread))
      if (!topic) throw new Error('no topic')
      const alive = topic.messages.filter((one) => !one.deleted && one.service === undefined)
      return {
        ...{ title: topic.name, isClosed: topic.closed, isGone: topic.deleted, pinned: topic.pinned },
        ...{ isTyping: topic.busy?.action === 'typing', messages: alive.map(shown) },
      }
    },
    async toast({ id }) {
      const { id: who = 0 } = staffPeople.consultants.find((one) => String(one.telegramId) === id) ?? {}
      const told = (await hand.forum().waitFor((seen) => seen.toasts[who] !== undefined)).toasts[who]
      return { toast: told?.text ?? '', ...(told?.alert && { alert: true as const }) }
    },
    async rate(limit) {
      await hand.groupLimit({ ...limit, enforced: true })
      return async () => {
        const { mostInWindow: most, refused } = await hand.forum().rate()
        await hand.groupLimit({ enforced: false })
        return { most, refused }
      }
    },
    async cutPost(after) {
      const cut = { kind: 'cut' as const, after }
      await hand.fault({ messenger: 'telegram', method: 'sendMessage', times: 1, effect: cut })
    },
    async close() {
      await sandbox.close()
      await http.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const looks = { bold: 'bold', code: 'code', text_link: 'link' } as const

function shown(one: SeenMessage): ShownMessage {
  return {
    ...{ id: one.id, from: one.from === 'bot' ? 'bot' : 'staff', text: one.text, isMarked: one.reaction === '👎' },
    looks: one.entities.map(({ type, offset: at, length, url }) => ({
      ...{ style: looks[type as keyof typeof looks], at, length },
      ...(url !== undefined && { url }),
    })),
    labels: one.buttons.map((row) => row.map(({ label }) => label)),
    files: one.files.map(({ kind, name, size }) => ({ kind, name, size })),
    ...(one.replyTo !== undefined && { repliesTo: one.replyTo }),
    ...(one.album !== undefined && { album: one.album }),
  }
}

const at = ({ thread, repliesTo }: { thread?: string; repliesTo?: string } = {}) => ({
  ...(thread !== undefined && { topic: Number(thread) }),
  ...(repliesTo !== undefined && { replyTo: repliesTo }),
})

function actor(who: { id: string; name: string }, hand: StaffHand, supervisor: StaffHand): Actor {
  return {
    ...who,
    say: (text, where) => hand.say(text, at(where)),
    send: (files, { caption, ...where } = {}) =>
      hand.send(files, { ...at(where), ...(caption !== undefined && { caption }) }),
    location: (latitude, longitude, where) => hand.location({ latitude, longitude, ...at(where) }),
    edit: (message, text) => hand.edit(message, text),
    press: (label, where) => hand.press(label, at(where)),
    createTopic: async (title) => String(await hand.createTopic(title)),
    closeTopic: (thread) => hand.closeTopic(Number(thread)),
    reopenTopic: (thread) => hand.reopenTopic(Number(thread)),
    deleteTopic: (thread) => hand.deleteTopic(Number(thread)),
    erase: (message) => hand.erase(message),
    leave: () => hand.leave(),
    join: () => hand.join(),
    setBotRights: ({ topics = false, pins = false, deletes = false }) =>
      supervisor.setBotRights({ can_manage_topics: topics, can_pin_messages: pins, can_delete_messages: deletes }),
    kickBot: () => supervisor.kickBot(),
    addBot: () => supervisor.addBot(),
  }
}
