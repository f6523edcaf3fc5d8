import type { ResidentHand } from '../../bots/sandbox/hand/resident.ts'
import type { SeenMessage } from '../../bots/sandbox/hand/seen.ts'
import type { Flat } from './ground.ts'

/** Readings that the bot has said it took: under which number, and the values in thousandths, cold water first. */
export interface Told {
  confirmation: string
  values: number[]
}

/** What a resident does is answered, however often the product is killed meanwhile: this only ends a test that hangs. */
export const patienceMs = 100_000

const told = (resident: ResidentHand, words: string): Promise<SeenMessage> =>
  resident.reply(({ text }) => text.replaceAll('\u00a0', ' ').includes(words), patienceMs)

/** From «Начать» to the menu with a linked account, one answered message after another. */
export async function linkFlat(resident: ResidentHand, { address, number }: Flat): Promise<void> {
  await resident.start()
  await told(resident, 'Согласие на обработку')
  await resident.press('Согласен')
  await told(resident, 'Подключить счёт')
  await resident.press('По адресу и номеру счёта')
  await told(resident, 'Напишите адрес')
  await resident.say(address)
  await told(resident, 'номер лицевого счёта')
  await resident.say(number)
  await told(resident, 'Счёт подключён')
}

/** The values of a round: a tenth of a cubic metre more each time. */
export const valuesOf = ({ meters }: Flat, round: number): number[] => meters.map(({ last }) => last + round * 100)

/** The same as a resident types them. */
export const typed = (values: number[]): string => values.map((value) => (value / 1000).toFixed(3)).join(' ')

export const askReadings = async (resident: ResidentHand): Promise<void> => {
  await resident.say('показания')
  await told(resident, 'Холодная вода')
}

export const typeReadings = async (resident: ResidentHand, values: number[]): Promise<void> => {
  await resident.say(typed(values))
  await told(resident, 'Проверьте')
}

export const confirmReadings = async (resident: ResidentHand, values: number[]): Promise<Told> => {
  await resident.press('Верно')
  const { text } = await told(resident, 'Подтверждение')
  return { confirmation: confirmationIn(text) ?? '', values }
}

/** A round of readings: two messages and a press. */
export async function submitReadings(resident: ResidentHand, flat: Flat, round: number): Promise<Told> {
  const values = valuesOf(flat, round)
  await askReadings(resident)
  await typeReadings(resident, values)
  return confirmReadings(resident, values)
}

/** The number of the confirmation in a text that says that readings were taken. */
export const confirmationIn = (text: string): string | undefined => /Подтверждение\s№\s(\d+)/.exec(text)?.[1]
