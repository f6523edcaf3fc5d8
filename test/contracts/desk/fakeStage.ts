import { FakeForum } from '../../support/fakeForum.ts'
import type { FakeMessage } from '../../support/fakeRoom.ts'
import type { Actor, DeskStage, ShownMessage } from './stage.ts'

export async function openFakeStage(): Promise<DeskStage> {
  const forum = '-1001234567001'
  const fake = new FakeForum({ clock: { now: () => new Date() }, forums: [forum] })
  return {
    forum,
    channel: (rate) => {
      if (rate) fake.setRate(rate.messagesPerMinute ?? 20, rate.windowMs ?? 60_000)
      return fake
    },
    staff: (number) => actor(fake, number),
    async topic(thread) {
      const topic = fake.topic(thread === undefined ? { forum } : { forum, thread })
      if (!topic) throw new Error('no topic')
      return { ...topic, messages: topic.messages.map(shown) }
    },
    async toast({ id }) {
      await fake.idle()
      return fake.toast(id) ?? {}
    },
    rate:
      async ({ windowMs }) =>
      async () => ({ most: fake.mostInWindow(forum, windowMs), refused: 0 }),
    cutPost: async (after) => fake.fail('post', 'PLATFORM_DOWN', { after }),
    close: async () => {},
  }
}

function shown({
  id,
  from,
  text,
  spans,
  buttons,
  files,
  repliesTo,
  album,
  isMarked = false,
}: FakeMessage): ShownMessage {
  return {
    ...{ id, from, text, looks: spans, files, isMarked },
    labels: buttons.map((row) => row.map(({ label }) => label)),
    ...(repliesTo !== undefined && { repliesTo }),
    ...(album !== undefined && { album }),
  }
}

function actor(fake: FakeForum, number: 1 | 2): Actor {
  const person = fake.staff(`600000000${number}`, ['Ирина Фомина', 'Олег Сафин'][number - 1] ?? '')
  return {
    ...person.who,
    say: async (text, where) => person.say(text, where),
    send: async (files, where) => person.send(files, where),
    location: async (latitude, longitude, where) => person.location(latitude, longitude, where),
    edit: async (message, text) => person.edit(message, text),
    press: async (label, where) => person.press(label, where),
    createTopic: async (title) => person.createTopic(title),
    closeTopic: async (thread) => person.closeTopic(thread),
    reopenTopic: async (thread) => person.reopenTopic(thread),
    deleteTopic: async (thread) => person.deleteTopic(thread),
    erase: async (message) => person.erase(message),
    leave: async () => person.leave(),
    join: async () => person.join(),
    setBotRights: async (rights) => person.setBotRights(rights),
    kickBot: async () => person.kickBot(),
    addBot: async () => person.addBot(),
  }
}
