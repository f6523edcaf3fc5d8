import { type Person, person } from './people.ts'

/** Somebody of a staff forum. A stranger is in the group without being anybody's consultant; the supervisor is the group's owner. */
export interface StaffPerson extends Person {
  role: 'consultant' | 'supervisor' | 'stranger'
}

const names: [first: string, last: string, username: string, role: StaffPerson['role']][] = [
  ['Ирина', 'Фомина', 'irina_fomina', 'consultant'],
  ['Олег', 'Сафин', 'oleg_safin', 'consultant'],
  ['Марина', 'Гордеева', 'marina_gordeeva', 'consultant'],
  ['Тимур', 'Ахметов', 'timur_akhmetov', 'consultant'],
  ['Надежда', 'Ларина', 'nadezhda_larina', 'supervisor'],
  ['Пётр', 'Чужинов', 'petr_chuzhinov', 'stranger'],
]

/** Far above the ids of residents, which are given out one after another. */
const FIRST_ID = 1_000_001

export const firstStaff = (): StaffPerson[] =>
  names.map(([firstName, lastName, username, role], at) => ({
    ...person(FIRST_ID + at, { firstName, lastName, username, language: 'ru' }),
    role,
  }))

/** The staff by their roles, as tests name them; the numbers are fixed. */
export const staffPeople = {
  consultants: firstStaff().filter((one) => one.role === 'consultant'),
  supervisor: only('supervisor'),
  stranger: only('stranger'),
}

/** Those who are to be consultants of the product in the sandbox, as it knows them: by their Telegram ids. */
export const sandboxConsultants = firstStaff().flatMap(({ telegramId, firstName, lastName, role }) =>
  role === 'stranger' ? [] : [{ id: String(telegramId), name: `${firstName} ${lastName}`, role }],
)

function only(role: StaffPerson['role']): StaffPerson {
  const found = firstStaff().find((one) => one.role === role)
  if (!found) throw new Error(`no ${role} among the staff`)
  return found
}
