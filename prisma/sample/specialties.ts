import type { Habit } from './charges.ts'
import { cold, gas, heat, hot, oneZone, type Pattern, threeZones, twoZones } from './meters.ts'

/** A flat that shows something in particular. `house` is with its korpus after a space, `flat` with its room, as in `houses.ts`. */
export interface Specialty {
  street: string
  house: string
  flat: string
  note: string
  meters: Pattern[]
  people?: number
  closed?: true
  expired?: true
  photoRequired?: true
  /** By chance when it is left out. */
  habit?: Habit
  privileged?: true
  /** Day of the current month on which the verification ends. */
  verificationInDays?: number
  endsAt?: number
  silentMonths?: number
  replacedMonthsAgo?: number
}

export const specialties: readonly Specialty[] = [
  {
    street: '8 Марта',
    house: '120',
    flat: '45',
    note: 'два счётчика воды',
    meters: [cold, hot],
    people: 3,
    habit: 'inTime',
  },
  {
    street: 'Ленина',
    house: '5',
    flat: '12',
    note: 'вода и трёхтарифный счётчик электроэнергии',
    meters: [cold, hot, threeZones],
    habit: 'ahead',
  },
  {
    street: 'Ленина',
    house: '24/8',
    flat: '15',
    note: 'двухтарифный счётчик электроэнергии',
    meters: [cold, hot, twoZones],
    habit: 'behind',
  },
  {
    street: 'Малышева',
    house: '36А',
    flat: '7',
    note: 'поверка истекла',
    meters: [cold, hot],
    expired: true,
    habit: 'late',
  },
  {
    street: 'Малышева',
    house: '36А',
    flat: '9',
    note: 'поверка кончается в этом месяце',
    meters: [cold, hot],
    verificationInDays: 28,
  },
  {
    street: 'Белинского',
    house: '177 2',
    flat: '31',
    note: 'счётчик вот-вот перейдёт через ноль',
    meters: [cold],
    endsAt: 99_997_412,
  },
  {
    street: 'Розы Люксембург',
    house: '4 литера Б',
    flat: '9',
    note: 'счётчик заменён полгода назад',
    meters: [cold, hot],
    replacedMonthsAgo: 6,
  },
  { street: 'Сакко и Ванцетти', house: '50', flat: '3', note: 'счёт закрыт', meters: [cold, hot], closed: true },
  { street: '40-летия Октября', house: '12', flat: '8', note: 'без счётчиков', meters: [] },
  {
    street: 'Автоматики',
    house: '3/1',
    flat: '17',
    note: 'семь счётчиков',
    meters: [cold, hot, cold, hot, cold, hot, twoZones],
    people: 5,
  },
  {
    street: 'Молодёжи',
    house: '78',
    flat: '5',
    note: 'показания только с фотографией',
    meters: [cold, hot],
    photoRequired: true,
    privileged: true,
  },
  {
    street: 'Космонавтов',
    house: '52А',
    flat: '101/2',
    note: 'комната в коммунальной квартире',
    meters: [oneZone],
    people: 1,
  },
  {
    street: 'XXII Партсъезда',
    house: '7',
    flat: '14',
    note: 'один однотарифный счётчик электроэнергии',
    meters: [oneZone],
  },
  { street: 'Мира', house: '5', flat: '12', note: 'вода и тепло', meters: [cold, hot, heat] },
  {
    street: 'Мира',
    house: '5 3',
    flat: '4',
    note: 'показаний не было четыре месяца',
    meters: [cold, hot],
    silentMonths: 4,
  },
  { street: 'Крауля', house: '48', flat: '6', note: 'холодная вода и газ', meters: [cold, gas] },
  {
    street: 'Крауля',
    house: '61',
    flat: '',
    note: 'частный дом: вода, газ, электроэнергия через трансформаторы тока (20)',
    meters: [cold, gas, { ...twoZones, ratio: 20 }],
  },
]
