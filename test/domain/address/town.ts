import { streetDirectory } from '../../../src/domain/address/directory.ts'

export const streets = [
  { id: 1, type: 'проспект', name: 'Ленина' },
  { id: 2, type: 'улица', name: '8 Марта' },
  { id: 3, type: 'улица', name: 'Малышева' },
  { id: 4, type: 'улица', name: 'Белинского' },
  { id: 5, type: 'улица', name: 'Розы Люксембург' },
  { id: 6, type: 'улица', name: 'Сакко и Ванцетти' },
  { id: 7, type: 'улица', name: '40-летия Октября' },
  { id: 8, type: 'переулок', name: 'Автоматики' },
  { id: 9, type: 'улица', name: 'Молодёжи' },
  { id: 10, type: 'проспект', name: 'Космонавтов' },
  { id: 11, type: 'улица', name: 'XXII Партсъезда' },
  { id: 12, type: 'улица', name: 'Мира' },
  { id: 13, type: 'улица', name: 'Крауля' },
  { id: 14, type: 'улица', name: 'Новая' },
  { id: 15, type: 'улица', name: 'Садовая' },
  { id: 16, type: 'переулок', name: 'Садовый' },
  { id: 17, type: 'улица', name: 'Зелёная' },
  { id: 18, type: 'проезд', name: 'Зелёная' },
  { id: 19, type: 'улица', name: 'Викулова' },
  { id: 20, type: 'улица', name: 'Викулов' },
]

export const town = streetDirectory(streets, { aliases: [{ alias: 'Сакко', streetId: 6 }] })
