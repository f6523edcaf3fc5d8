import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Messenger } from '../../src/engine/event.ts'
import { openTown, type Town } from '../support/town.ts'
import { codes, unlinked } from './links.ts'
import { both, said } from './said.ts'
import { flats, labels, messengers, settled, type Talk } from './talk.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const other = { telegram: 'vk', vk: 'telegram' } as const
const variable = { telegram: 'CHANNEL_POLICY_TELEGRAM', vk: 'CHANNEL_POLICY_VK' } as const
const cabinet = { CABINET_URL: 'https://erc.example/lk' }

/** No flat of these residents, in whatever words. */
function expectNoDoor(screens: { text: string; buttons: { label: string }[][] }[]): void {
  const words = screens.flatMap(({ text, buttons }) => [text, ...buttons.flat().map(({ label }) => label)])
  for (const one of words) expect(one).not.toMatch(/кв\. ?\d|120-45|24\/8-15|, 7-14/)
}

/** All that the bot has said in a chat. */
const heardBy = async ({ hand }: Talk) => (await hand.chat()).messages.filter(({ from }) => from === 'bot')

describe.each(messengers)('where %s may carry links only', (messenger) => {
  const bots = { BOT_TELEGRAM_URL: 'https://t.me/erc_bot', BOT_VK_URL: 'https://vk.me/erc' }
  beforeAll(() => town.restart({ [variable[messenger]]: 'linkOnly', ...cabinet, ...bots }))

  test.each([
    ['Начисления', 'charges'],
    ['Квитанция', 'receipt'],
  ])('«%s» says where it is to be seen, and in the first place why', async (label, subject) => {
    const talk = await settled(town, messenger, flats.twoWater)
    const first = await talk.press(label, said(`withheld.linkOnly.${subject}`))
    const why = said(`withheld.why.${messenger}`)
    expect(first.text).toMatch(why)
    expect(first.text).toContain('https://erc.example/lk')
    const there = other[messenger]
    expect(first.text).toMatch(
      said(`withheld.botAt.${there}`, { url: there === 'vk' ? bots.BOT_VK_URL : bots.BOT_TELEGRAM_URL }),
    )
    expect(labels(first)).toEqual(['Консультант', 'Назад', 'Меню'])
    await talk.press('Меню', said('menu.title'))
    const again = await talk.say('начисления', said('withheld.linkOnly.charges'))
    expect(again.text).not.toMatch(why)
    await talk.press('Консультант', said('consultant.where'))
  })

  test('the other messenger shows what it may', async () => {
    const talk = await settled(town, other[messenger], flats.twoWater)
    await talk.press('Начисления', 'К оплате')
    await talk.press('Меню', said('menu.title'))
    await talk.press('Мои счета', 'улица 8 Марта, д. 120, кв. 45')
  })

  test('no screen leads to the door of a flat', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.twoZones)
    await talk.press('Мои счета', /проспект Ленина, д. 24\/8\nулица 8 Марта, д. 120$/)
    await talk.press('8 Марта, 120', said('accounts.card', { line: 'улица 8 Марта, д. 120', number: '••••5547' }))
    await talk.press('Дать имя', said('accounts.askName'))
    await talk.say('Мама', said('accounts.named'))
    await talk.press('Отвязать счёт', said('accounts.sureUnlink', { line: 'Мама: улица 8 Марта, д. 120' }))
    await talk.press('Нет, оставить', said('accounts.card'))
    await talk.press('Передать показания', 'Мама: улица 8 Марта, д. 120')
    await talk.say('324 311', both(/Мама: улица 8 Марта, д. 120/, said('readings.check')))
    await talk.press('Верно', said('readings.accepted'))
    await talk.press('Меню', said('menu.title'))
    const asked = await talk.press('Передать показания', said('whichAccount.which'))
    expect(labels(asked)).toEqual(['Ленина, 24/8', 'Мама', 'Назад', 'Меню'])
    expectNoDoor(await heardBy(talk))
  })

  test('the whole address, when the resident says it himself, is understood', async () => {
    const talk = await settled(town, messenger, flats.twoWater, flats.twoZones)
    await talk.press('Передать показания', said('whichAccount.which'))
    await talk.say('8 марта 120-45', 'улица 8 Марта, д. 120')
    expectNoDoor(await heardBy(talk))
  })

  test('a link by code, and the news of it, name the house', async () => {
    const owner = await settled(town, messenger, flats.twoWater)
    const talk = await unlinked(town, messenger)
    await talk.say(codes.twoWater, said('linking.linked', { address: 'улица 8 Марта, д. 120' }))
    await owner.hand.waitFor(({ messages }) => messages.some(({ text }) => said('newcomer.news').test(text)))
    for (const one of [talk, owner]) expectNoDoor(await heardBy(one))
  })

  test('an account that is closed is named by its house and the end of its number', async () => {
    const talk = await settled(town, messenger, flats.oneMeter)
    await talk.press('Передать показания', said('readings.title'))
    const close = 'UPDATE account SET open = $1 WHERE number = $2'
    await town.fresh.database.pool.query(close, [false, flats.oneMeter.number])
    try {
      await talk.say('7000', said('accountGone.closed', { address: 'улица XXII Партсъезда, д. 7, ••••1622' }))
    } finally {
      await town.fresh.database.pool.query(close, [true, flats.oneMeter.number])
    }
    expectNoDoor(await heardBy(talk))
  })
})

describe.each(messengers)('where %s may carry nothing', (messenger) => {
  beforeAll(() => town.restart({ [variable[messenger]]: 'off', ...cabinet }))

  test.each([
    ['Начисления', 'charges'],
    ['Квитанция', 'receipt'],
  ])('«%s» says no more than that, and leads to a consultant', async (label, subject) => {
    const talk = await settled(town, messenger, flats.twoWater)
    const told = await talk.press(label, said(`withheld.off.${subject}`))
    expect(told.text).not.toMatch(/кабинет|ВКонтакте|Telegram|Почему/)
    expect(labels(told)).toEqual(['Консультант', 'Назад', 'Меню'])
    await talk.press('Меню', said('menu.title'))
    await talk.press('Мои счета', /улица 8 Марта, д. 120$/)
  })
})

describe.each(messengers)('where %s may carry sums without the payer', (messenger) => {
  beforeAll(() => town.restart({ [variable[messenger]]: 'masked' }))

  test('charges are led to and addresses are not whole', async () => {
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Начисления', 'К оплате')
    await talk.press('Меню', said('menu.title'))
    await talk.press('Мои счета', /улица 8 Марта, д. 120$/)
    expectNoDoor(await heardBy(talk))
  })
})

describe.each(messengers)('a policy that changes while a dialog stands in %s', (messenger) => {
  beforeAll(() => town.restart())

  const choosing = async (policy: string): Promise<Talk> => {
    const talk = await settled(town, messenger, flats.twoWater, flats.twoZones)
    const asked = await talk.press('Передать показания', said('whichAccount.which'))
    expect(labels(asked)).toContain('8 Марта, 120-45')
    await town.restart({ [variable[messenger]]: policy })
    return talk
  }

  test('holds for buttons that are shown again', async () => {
    const talk = await choosing('linkOnly')
    const again = await talk.say('ыыыыы', said('common.notUnderstood'))
    expectNoDoor([again])
    expect(labels(again)).toContain('8 Марта, 120')
  })

  test('takes back what cannot be shown any more, and leads on to what can again', async () => {
    await town.restart({ [variable[messenger]]: 'off' })
    const talk = await settled(town, messenger, flats.twoWater)
    await talk.press('Начисления', said('withheld.off.charges'))
    await town.restart({})
    await talk.say('ыыыыы', said('withheld.shown'))
    await talk.press('Начисления', 'К оплате')
  })
})

test.each<[Messenger, Messenger]>([
  ['telegram', 'vk'],
  ['vk', 'telegram'],
])(
  'in %s the bot in %s is told of in words where its link is not known, and not at all where it shows no more',
  async (here, there) => {
    await town.restart({ [variable[here]]: 'linkOnly' })
    const talk = await settled(town, here, flats.twoWater)
    await talk.press('Квитанция', said(`withheld.bot.${there}`))
    await town.restart({ [variable[here]]: 'linkOnly', [variable[there]]: 'off' })
    const told = await talk.say('квитанция', said('withheld.linkOnly.receipt'))
    expect(told.text).not.toMatch(/наш бот/)
    expect(told.text).toMatch(said('elsewhere.cabinetOnSite'))
  },
)

test('nothing that was asked of the messengers was against their rules', async () => {
  expect(await town.hand.violations()).toEqual([])
})
