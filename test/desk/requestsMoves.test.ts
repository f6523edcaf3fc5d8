import { describe, expect, test } from 'vitest'
import { forgetResident } from '../../src/desk/forgetting.ts'
import { moveRequest } from '../../src/desk/requests/move.ts'
import { addReply } from '../../src/desk/requests/replyRows.ts'
import { sendReply } from '../../src/desk/requests/sendReply.ts'
import { requestUntold } from '../../src/desk/requests/untold.ts'
import { inTransaction, type Sql } from '../../src/infra/database.ts'
import { type Asked, RequestRoom } from './requestRoom.ts'

const room = new RequestRoom()

/** The same statements, of which the first of this name fails: as if the process had died there. */
const dyingAt =
  (sql: Sql, at: string): Sql =>
  (name, ...rest) => {
    if (name === at) throw new Error('killed')
    return sql(name, ...rest)
  }

async function everythingOf(asked: Asked) {
  const posts = await room.sql('posts', 'SELECT count(*)::int AS count FROM desk_post', [])
  return { state: await room.state(asked), lines: await room.lines(asked), notices: await room.notices(asked), posts }
}

describe('a move', () => {
  test.each(['staffRequest.move', 'staffRequest.line', 'notice.add', 'post.add'])(
    'that ends at «%s» has done nothing at all',
    async (at) => {
      const asked = await room.asked()
      const anna = await room.consultant('Анна')
      const before = await everythingOf(asked)
      const moving = inTransaction(room.database, (sql) =>
        moveRequest(dyingAt(sql, at), {
          ...{ request: asked.id, by: { id: anna.who.id, role: 'consultant' }, to: 'answered', now: room.clock.now() },
          words: { text: 'За октябрь', files: [] },
        }),
      )
      await expect(moving).rejects.toThrow('killed')
      expect(await everythingOf(asked)).toEqual(before)
    },
  )

  test('of many at once is made by one, and the resident is told once', async () => {
    const asked = await room.asked()
    const people = await Promise.all(['Анна', 'Борис', 'Вера', 'Глеб'].map((name) => room.consultant(name)))
    const all = await Promise.all(
      people.map(({ who: { id } }) =>
        inTransaction(room.database, (sql) =>
          moveRequest(sql, {
            request: asked.id,
            by: { id, role: 'consultant' },
            to: 'assigned',
            now: room.clock.now(),
          }),
        ),
      ),
    )
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused', 'refused', 'refused'])
    expect(await room.notices(asked)).toHaveLength(1)
  })

  test.each([
    ['question', 'new', 'accepted'],
    ['question', 'closed', 'answered'],
    ['papers', 'new', 'answered'],
    ['papers', 'rejected', 'accepted'],
    ['order', 'done', 'rejected'],
    ['order', 'new', 'more'],
  ] as const)('of a %s from %s to %s is refused', async (kind, state, to) => {
    const asked = await room.asked({ kind })
    await room.sql('state.set', 'UPDATE request SET state = $2::"RequestState" WHERE id = $1', [asked.id, state])
    const came = await inTransaction(room.database, (sql) =>
      moveRequest(sql, { request: asked.id, by: 'operator', to, now: room.clock.now() }),
    )
    expect(came).toMatchObject({ kind: 'refused', refusal: { why: 'state', state } })
    expect(await room.notices(asked)).toEqual([])
  })

  const unreached: [string, string, RegExp][] = [
    [
      'has blocked the bot everywhere',
      'UPDATE conversation SET blocked_at = $2 WHERE resident_id = $1',
      /^Житель не получил сообщение по № \d+: заблокировал бота\.$/,
    ],
    [
      'has withdrawn consent',
      'UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1',
      /^Житель отозвал согласие: сообщение по № \d+ он не получил\.$/,
    ],
    [
      'wants no such notices',
      `INSERT INTO reminder_choice (resident_id, kind, is_off, changed_at) VALUES ($1, 'request', true, $2)`,
      /^Житель отключил сообщения .* № \d+ увидит, когда откроет его сам\.$/,
    ],
  ]
  test.each(unreached)(
    'of a resident who %s is made all the same, and staff are told that he does not know',
    async (who, how, why) => {
      const asked = await room.asked()
      await room.sql(who, how, [asked.who.resident, room.clock.now()])
      await room.replies(await room.consultant('Анна'), asked, 'За октябрь')
      expect(await room.state(asked)).toMatchObject({ state: 'answered' })
      await room.found(asked, why)
      expect((await room.texts(asked)).join()).not.toContain('Отправлено жителю')
    },
  )
})

test.each(['waiting', 'accepted'])(
  'one that is %s and nobody’s is worked with by whoever presses first, and stays so',
  async (state) => {
    const asked = await room.asked({ kind: 'papers', subject: 'benefit' })
    await room.sql('left', `UPDATE request SET state = $2::"RequestState", assigned_to = NULL WHERE id = $1`, [
      asked.id,
      state,
    ])
    await room.moved(asked.id, 'changed')
    const anna = await room.consultant('Анна')
    await room.press(anna, asked, 'Обещать…')
    expect(await room.state(asked)).toMatchObject({ state, assignedTo: anna.who.id })
    await room.found(asked, /Что и когда обещаете/)
  },
)

test('that a resident could not be told of a file that was refused is nothing to staff, and holds up no other notice', async () => {
  const asked = await room.asked()
  const posts = async () => (await everythingOf(asked)).posts
  const before = await posts()
  await inTransaction(room.database, (sql) => requestUntold(sql, `file:${room.clock.id()}`, room.clock.now()))
  expect(await posts()).toEqual(before)
})

describe('an answer on its way', () => {
  const reply = async (asked: Asked, by: string) =>
    addReply(room.sql, {
      ...{ request: asked.id, by, state: 'asked', wants: 'answered', text: 'За октябрь', files: [] },
      ...{ album: null, message: '7', at: room.clock.now() },
    })

  test('is sent once, however often it is tried', async () => {
    const asked = await room.asked()
    const id = await reply(asked, (await room.consultant('Анна')).who.id)
    await room.sql('pending', `UPDATE request_reply SET state = 'pending' WHERE id = $1`, [id])
    const send = () => inTransaction(room.database, (sql) => sendReply(sql, { id, stored: [], now: room.clock.now() }))
    await Promise.all([send(), send(), send()])
    expect(await room.notices(asked)).toHaveLength(1)
    expect(await room.lines(asked)).toHaveLength(1)
  })

  test('of whoever is no consultant any more is not sent', async () => {
    const asked = await room.asked()
    const anna = await room.consultant('Анна')
    const id = await reply(asked, anna.who.id)
    await room.sql('removed', 'UPDATE consultant SET removed_at = $2 WHERE id = $1', [anna.who.id, room.clock.now()])
    await room.sql('pending', `UPDATE request_reply SET state = 'pending' WHERE id = $1`, [id])
    await inTransaction(room.database, (sql) => sendReply(sql, { id, stored: [], now: room.clock.now() }))
    expect(await room.notices(asked)).toEqual([])
    expect(await room.state(asked)).toMatchObject({ state: 'new' })
  })

  test('goes with what else is kept of a resident who deletes his data', async () => {
    const asked = await room.asked()
    const id = await reply(asked, (await room.consultant('Анна')).who.id)
    await inTransaction(room.database, (sql) => forgetResident(sql, asked.who.resident, undefined, room.clock.now()))
    expect(await room.sql('left.forgotten', 'SELECT 1 FROM request_reply WHERE id = $1', [id])).toEqual([])
    await room.idle()
    expect(room.forum.topics().filter(({ thread, isGone }) => thread !== '' && !isGone)).toEqual([])
  })
})
