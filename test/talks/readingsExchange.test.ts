import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { exportReadings } from '../../src/exchange/exportReadings.ts'
import { importFile } from '../../src/exchange/importFile.ts'
import { hashKey } from '../support/hashKey.ts'
import { noon, openTown, type Town } from '../support/town.ts'
import { said } from './said.ts'
import { flats, labels, messengers, readingsOf, settled } from './talk.ts'

let town: Town
let folder: string
let number = 100
beforeAll(async () => {
  town = await openTown()
  folder = await mkdtemp(join(tmpdir(), 'erc-exchange-'))
})
afterAll(async () => {
  await town.close()
  await rm(folder, { recursive: true })
})
afterEach(() => town.clock.set(noon))

const handOut = () =>
  exportReadings(town.fresh.database, { folder, now: town.clock.now(), timeZone: 'Asia/Yekaterinburg' })

/** The billing answers for all that was given for a flat. */
async function answered({ number: flat }: { number: string }, result: string): Promise<void> {
  const readings = await readingsOf(town, { number: flat })
  const path = join(folder, `readings_result_20261111_${++number}.csv`)
  const rows = readings.filter(({ status }) => status === 'exported').map(({ id }) => `${id};${result}`)
  await writeFile(path, ['reading_id;result;code;message', ...rows, ''].join('\r\n'))
  const { refused } = await importFile(town.fresh.database, path, {
    hashKey,
    today: '2026-11-10',
    newsAt: town.clock.now(),
  })
  expect(refused).toBeUndefined()
}

describe.each(messengers)('what became of readings is told in %s', (messenger) => {
  test('accepted, handed over, counted', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await talk.say('что я передал', said('confirmations.state.accepted'))
    await handOut()
    await talk.say('что я передал', said('confirmations.state.exported'))
    await answered(flats.oneMeter, 'ok;;')
    await talk.say('что я передал', said('confirmations.state.confirmed'))
  })

  test('not taken: the resident is told why by himself, and gives it anew', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.say('324 311', said('readings.check'))
    const done = await talk.press('Верно', said('readings.accepted'))
    const confirmation = /№ (\d+) от/.exec(done.text)?.[1] ?? ''
    await handOut()
    await answered(flats.twoWater, 'rejected;X17;Прибор не на учёте.')
    const told = await talk.hand.reply(({ text }) => said('confirmations.notTaken', { confirmation }).test(text))
    const text = told.text.replaceAll('\u00a0', ' ')
    expect(text).toContain('Горячая вода, счётчик № 74129104: 311 м³, отклонено: Прибор не на учёте\n')
    expect(labels(told)).toEqual(['Передать показания', 'Что я передал', 'Меню'])
    const asked = await talk.press('Передать показания', said('readings.title'))
    expect(asked.text).not.toContain('вы передали')
    await talk.say('324 312', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    const kept = await readingsOf(town, flats.twoWater)
    const rejected = kept.filter(({ status }) => status === 'rejected').map(({ id }) => id)
    expect(kept.filter(({ status }) => status === 'accepted').map(({ replaces_id }) => replaces_id)).toEqual(rejected)
    await handOut()
    await answered(flats.twoWater, 'rejected;E_LESS;')
    await talk.hand.reply(({ text }) => said('confirmations.reason.E_LESS').test(text))
  })

  test('corrected after it was handed over: both values stand in the confirmation', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.say('7000', said('readings.check'))
    await talk.press('Верно', said('readings.accepted'))
    await handOut()
    await talk.say('7010', said('readings.confirmCorrected', { before: '7000 кВт·ч', now: '7010 кВт·ч' }))
    await talk.press('Верно', said('readings.accepted'))
    const shown = await talk.say('что я передал', said('confirmations.title'))
    expect(shown.text).toMatch(/было 7000 кВт·ч, теперь 7010 кВт·ч, принято[\s\S]*7000 кВт·ч, исправлено позже/)
  })
})

test('the sandbox found nothing against the rules of the platforms', async () => {
  expect(await town.hand.violations()).toEqual([])
})
