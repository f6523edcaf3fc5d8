import type { Chance } from './random.ts'

/** A name put together by chance: whoever bears it is not meant. */
export function fictionalName(by: Chance): string {
  const family = by.pick(families)
  return by.oneIn(2)
    ? `${family} ${by.pick(men)} ${by.pick(fathers)}ович`
    : `${family}а ${by.pick(women)} ${by.pick(fathers)}овна`
}

const families = [
  ...[
    'Снегирёв',
    'Кедров',
    'Уваров',
    'Ольхов',
    'Самоцветов',
    'Яхонтов',
    'Рябинин',
    'Малахитов',
    'Ветлугин',
    'Чусовитин',
  ],
  ...['Исетин', 'Шарташов', 'Горнов', 'Рудаков', 'Каменев', 'Берёзкин', 'Лосев', 'Таганов', 'Калинин', 'Журавлёв'],
]
const men = ['Пётр', 'Алексей', 'Илья', 'Тимофей', 'Фёдор', 'Денис', 'Глеб', 'Марат', 'Степан', 'Вадим']
const women = ['Мария', 'Ольга', 'Вера', 'Алёна', 'Раиса', 'Ксения', 'Зоя', 'Надежда', 'Лидия', 'Софья']
const fathers = ['Иван', 'Павл', 'Роман', 'Семён', 'Макар', 'Антон', 'Захар', 'Тихон', 'Борис', 'Мартын']
