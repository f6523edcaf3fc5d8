import { afterAll, beforeAll, expect, test } from 'vitest'
import { followWave, type Progress } from '../../src/exchange/followWave.ts'
import { steerWave } from '../../src/exchange/waveSteering.ts'
import { openReminding, type Reminding } from '../notices/reminding.ts'
import { refusedBy, shownBy } from '../notices/residents.ts'
import { flats } from '../talks/talk.ts'
import { groundOn } from './mailingCommands.ts'

let r: Reminding
beforeAll(async () => {
  r = await openReminding()
})
afterAll(() => r.close())

const id = 'readings:2026-11:1'

/** Follows the mailing while these things happen one after another, each when the one before has been seen. */
async function seen(happens: (() => Promise<unknown>)[], watching = new AbortController()) {
  const states: Progress[] = []
  const next = [...happens]
  const said = await followWave(groundOn(r.database, r), id, {
    show: (progress) => void states.push(progress),
    signal: watching.signal,
    now: () => r.clock.now(),
    wait: async () => {
      await next.shift()?.()
      return !watching.signal.aborted
    },
  })
  return {
    states: states.map(({ state, over, total, shown, lost, left }) => ({
      state,
      over: `${over}/${total}`,
      shown,
      lost,
      left,
    })),
    said,
  }
}

test('a mailing is watched from its hour to its end, paused and resumed on the way', async () => {
  const people = [
    await r.resident([flats.oneMeter]),
    await r.resident([flats.twoWater]),
    await r.resident([flats.house]),
  ]
  await r.plan('readings', '2026-11-20')
  const [one, two, three] = people.map(({ chat }) => chat) as [`telegram:1`, `telegram:2`, `telegram:3`]
  r.clock.set('2026-11-20T17:00:00Z')
  const watching = new AbortController()
  const { states, said } = await seen([
    async () => r.clock.set('2026-11-21T05:00:00Z'),
    () => steerWave(r.sql, 'pause', id, r.clock.now()),
    () => steerWave(r.sql, 'resume', id, r.clock.now()),
    () => r.tell(),
    async () => {
      await shownBy(r.database, one)
      await refusedBy(r.database, two, r.clock.now())
      await r.tell()
    },
    async () => {
      await shownBy(r.database, three)
      await r.tell()
    },
  ])
  expect(states).toEqual([
    { state: 'ждёт 21.11 09:00', over: '0/3', shown: 0, lost: 0, left: 3 },
    { state: 'идёт', over: '0/3', shown: 0, lost: 0, left: 3 },
    { state: 'приостановлена', over: '0/3', shown: 0, lost: 0, left: 3 },
    { state: 'идёт', over: '0/3', shown: 0, lost: 0, left: 3 },
    { state: 'идёт', over: '0/3', shown: 0, lost: 0, left: 3 },
    { state: 'идёт', over: '2/3', shown: 1, lost: 1, left: 1 },
    { state: 'закончена', over: '3/3', shown: 2, lost: 1, left: 0 },
  ])
  expect(said[1]).toBe('Показано: 2, бот заблокирован: 1, не доставлено: 0, стало не нужно: 0, в пути: 0, осталось: 0')
  expect(watching.signal.aborted).toBe(false)
})

test('whoever stops watching leaves it going; one that is stopped ends the watching', async () => {
  await r.database.pool.query(`UPDATE wave SET state = 'running', finished_at = NULL`)
  const watching = new AbortController()
  const left = await seen([async () => watching.abort()], watching)
  expect(left.said.at(-1)).toBe(`Дальше идёт без вас. Снова смотреть: npm run erc -- waves ${id} --follow`)
  expect((await r.database.pool.query('SELECT state FROM wave')).rows).toEqual([{ state: 'running' }])
  const stopped = await seen([() => steerWave(r.sql, 'stop', id, r.clock.now())])
  expect(stopped.states.at(-1)?.state).toBe('остановлена')
})
