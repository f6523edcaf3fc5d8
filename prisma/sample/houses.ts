export interface House {
  streetType: string
  street: string
  house: string
  korpus: string
  district: string
  /** Flats by number; a private house has one without a number. */
  flats: { flat: string; room: string }[]
}

/** Streets of a real city with houses that were invented: corner houses, letters, korpus, a private house, a communal flat. */
export const houses: readonly House[] = [
  house('улица', '8 Марта', '120', '', 'LEN', flats(41, 58)),
  house('проспект', 'Ленина', '5', '', 'LEN', flats(1, 14)),
  house('проспект', 'Ленина', '24/8', '', 'LEN', flats(10, 19)),
  house('улица', 'Малышева', '36А', '', 'LEN', flats(1, 13)),
  house('улица', 'Белинского', '177', '', 'OKT', flats(1, 8)),
  house('улица', 'Белинского', '177', '2', 'OKT', flats(25, 38)),
  house('улица', 'Розы Люксембург', '4', 'литера Б', 'OKT', flats(1, 10)),
  house('улица', 'Сакко и Ванцетти', '50', '', 'LEN', flats(1, 14)),
  house('улица', '40-летия Октября', '12', '', 'ORD', flats(1, 14)),
  house('переулок', 'Автоматики', '3/1', '', 'KIR', flats(9, 22)),
  house('улица', 'Молодёжи', '78', '', 'ORD', flats(1, 12)),
  house('проспект', 'Космонавтов', '52А', '', 'ORD', [
    ...flats(95, 100),
    { flat: '101', room: '1' },
    { flat: '101', room: '2' },
    ...flats(102, 105),
  ]),
  house('улица', 'XXII Партсъезда', '7', '', 'ORD', flats(8, 20)),
  house('улица', 'Мира', '5', '', 'KIR', flats(7, 16)),
  house('улица', 'Мира', '5', '3', 'KIR', flats(1, 6)),
  house('улица', 'Крауля', '48', '', 'VIS', flats(1, 10)),
  house('улица', 'Крауля', '61', '', 'VIS', [{ flat: '', room: '' }]),
]

function house(
  streetType: string,
  street: string,
  number: string,
  korpus: string,
  district: string,
  inhabited: House['flats'],
): House {
  return { streetType, street, house: number, korpus, district, flats: inhabited }
}

function flats(from: number, to: number): House['flats'] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ flat: String(from + index), room: '' }))
}
