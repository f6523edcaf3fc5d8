import { join } from 'node:path'
import { openForums } from '../telegram/forum.ts'
import { newTelegram, skipTelegramIds } from '../telegram/state.ts'
import type { SandboxTokens, StaffForum } from '../tokens.ts'
import { newVk, skipVkIds } from '../vk/state.ts'
import { Files } from './files.ts'
import { type News, Newsroom } from './newsroom.ts'
import { firstPeople, type Person, person } from './people.ts'
import { Snapshot } from './snapshot.ts'
import { firstStaff } from './staff.ts'
import type { Messenger, WorldState } from './state.ts'

/** A killed process may have told of things that its last snapshot does not hold: their numbers are never given out again. */
const IDS_LOST_AT_MOST = 1000

/** The one world that both messengers show: people, chats, files and what is yet to be told to the bots. */
export class World {
  readonly news = new Newsroom()
  readonly files: Files
  private readonly snapshot: Snapshot
  private readonly numbers = { id: new Map<number, Person>(), telegramId: new Map(), vkId: new Map() }

  private constructor(
    readonly state: WorldState,
    readonly tokens: SandboxTokens,
    folder: string,
    private readonly isSavedAtOnce: boolean,
  ) {
    this.files = new Files(state, join(folder, 'files'))
    this.snapshot = new Snapshot(join(folder, 'world.json'), () => this.state)
  }

  /**
   * Opens the world kept in a folder, or makes a new one there; forums that are not in it yet are added. One that is not saved at once
   * is saved when it is closed.
   */
  static open(folder: string, tokens: SandboxTokens, forums: StaffForum[], isSavedAtOnce = true): World {
    const saved = Snapshot.read(join(folder, 'world.json'))
    const state: WorldState = {
      version: 1,
      closed: false,
      people: firstPeople(),
      staff: firstStaff(),
      files: {},
      nextFile: 1,
      telegram: newTelegram(),
      vk: newVk(tokens.vkGroupId),
      // A world saved before there was any staff has no such field.
      ...saved,
    }
    if (!state.closed && saved) {
      state.nextFile += IDS_LOST_AT_MOST
      skipTelegramIds(state.telegram, IDS_LOST_AT_MOST)
      skipVkIds(state.vk, IDS_LOST_AT_MOST)
    }
    state.closed = false
    openForums(state.telegram, state.staff, forums)
    return new World(state, tokens, folder, isSavedAtOnce)
  }

  /** To be called after every change of the state: it is saved, and whoever listens is told. */
  changed(news: News): void {
    if (this.isSavedAtOnce) this.snapshot.soon()
    this.news.tell(news)
  }

  chatChanged(messenger: Messenger, person: Person): void {
    this.changed({ kind: 'chat', messenger, person: person.id })
  }

  /** Residents and staff. */
  everybody(): Person[] {
    return [...this.state.people, ...this.state.staff]
  }

  /** Who is known in a messenger by a number. */
  knownAs(messenger: Messenger, number: number): Person | undefined {
    return this.found(messenger === 'vk' ? 'vkId' : 'telegramId', number)
  }

  person(id: number): Person | undefined {
    return this.found('id', id)
  }

  /** At once also among very many. */
  private found(by: 'id' | 'vkId' | 'telegramId', number: number): Person | undefined {
    const known: Map<number, Person> = this.numbers[by]
    if (!known.has(number)) for (const one of this.everybody()) known.set(one[by], one)
    return known.get(number)
  }

  addPerson(names: Pick<Person, 'firstName' | 'lastName' | 'username' | 'language'>): Person {
    const added = person(this.state.people.length + 1, names)
    this.state.people.push(added)
    this.changed({ kind: 'people' })
    return added
  }

  async close(): Promise<void> {
    this.state.closed = true
    await this.snapshot.close()
  }
}
