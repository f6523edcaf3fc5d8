import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import { openTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const flat = { address: '8 марта 120-45', number: '6682305547' }

/** From «Начать» to the menu with a linked account. */
async function linked(resident: ResidentHand, { address, number } = flat): Promise<ResidentHand> {
  await resident.start()
  await resident.reply(({ text }) => text.includes('Согласие'))
  await resident.press('Согласен')
  await resident.reply(({ text }) => text.includes('Подключить счёт'))
  await resident.press('По адресу и номеру счёта')
  await resident.reply(({ text }) => text.includes('Напишите адрес'))
  await resident.say(address)
  await resident.reply(({ text }) => text.includes('номер лицевого счёта'))
  await resident.say(number)
  await resident.reply(({ text }) => text.includes('Счёт подключён'))
  return resident
}

describe.each(['telegram', 'vk'] as const)('%s', (messenger) => {
  test('two meters are submitted from the menu with two messages and one press', async () => {
    const resident = await linked(town.hand.resident(messenger, 1))
    await resident.say('показания')
    const table = await resident.reply(({ text }) => text.includes('Холодная вода'))
    console.log(table.text)
    const [cold, hot] = [...table.text.matchAll(/было ([\d,]+) м³/g)].map(([, value]) =>
      Number(value?.replace(',', '.')),
    )
    await resident.say(`${(cold ?? 0) + 3} ${(hot ?? 0) + 2}`)
    const check = await resident.reply(({ text }) => text.includes('Проверьте'))
    console.log(check.text)
    await resident.press('Верно')
    const done = await resident.reply(({ text }) => text.includes('Показания приняты'))
    console.log(done.text)
    expect(done.text).toMatch(/Подтверждение № \d+ от 10 ноября 2026, 12:0\d/)
    const violations = await town.hand.violations()
    expect(violations).toEqual([])
  })
})
