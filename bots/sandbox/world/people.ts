/** Somebody to talk as. All are made up. The two messengers know the same person by different numbers. */
export interface Person {
  id: number
  telegramId: number
  vkId: number
  firstName: string
  lastName: string
  username: string
  language: 'ru' | 'en'
  /** An old VK client has no callback buttons: its `client_info` says so. */
  oldVkClient: boolean
}

const names: [first: string, last: string, username: string, language: Person['language']][] = [
  ['Анна', 'Соколова', 'anna_sokolova', 'ru'],
  ['Борис', 'Ковалёв', 'boris_kovalev', 'ru'],
  ['Вера', 'Никитина', 'vera_nikitina', 'ru'],
  ['Глеб', 'Тарасов', 'gleb_tarasov', 'ru'],
  ['Дина', 'Волкова', 'dina_volkova', 'en'],
  ['Руслан', 'Галимов', 'ruslan_galimov', 'ru'],
]

export const firstPeople = (): Person[] =>
  names.map(([firstName, lastName, username, language], at) =>
    person(at + 1, { firstName, lastName, username, language }),
  )

/** Telegram's numbers are beyond 32 bits on purpose: those of newer accounts are. */
export function person(
  id: number,
  { firstName, lastName, username, language }: Pick<Person, 'firstName' | 'lastName' | 'username' | 'language'>,
): Person {
  return {
    id,
    telegramId: 5_551_000_000 + id,
    vkId: 770_000 + id,
    firstName,
    lastName,
    username,
    language,
    oldVkClient: false,
  }
}
