import fc from 'fast-check'
import type { Input } from '../../src/engine/event.ts'

/** Flats of the sample town that are tried: with meters of every kind, without any, one that rolls over. */
export const numbers = [
  '6682305547',
  '6610200503',
  '6606101622',
  '6688808698',
  '6648890525',
  '6693595098',
  '6608338786',
]

/**
 * What a resident may do: press one of the buttons before him, or one he had; answer what is asked; anything else. `desk`: what a consultant
 * may do with whoever has asked for one.
 */
export type Act = { press: number } | { pressOld: number } | { answer: true } | { input: Input } | { desk: DeskAct }
export type DeskAct = 'take' | 'say' | 'putBack' | 'lead' | 'close'

/** The message that every press and every word stands in. */
export const message = '7'

const words = [
  ...['показания', 'меню', 'назад', 'отмена', 'оператор', 'помощь', 'настройки', 'мои счета', 'подключить счёт'],
  ...['да', 'нет', 'верно', 'ок', 'хорошо', 'не надо', 'согласен', '1', '2', '9', '12', '+'],
  ...[
    '324 311',
    '324,5 312',
    'хвс 324',
    'гвс 300',
    'свет 3600/6400/3900',
    '7000',
    '99998',
    '2,5',
    '7 000',
    '324 311 5',
  ],
  ...['437 194', '00324 512 00311 020', 'продолжить', 'вернуться'],
  ...['-5', 'не изменилось', 'как в прошлый раз', 'потом', 'пропустить', 'триста двадцать'],
  ...['8 марта 120-45', 'Ленина', 'Ленена 5-12', 'Крауля 48', 'Ленина 24/8', '45', ...numbers, '75да533315', '12345'],
  ...['Ленина 5-12 6610200503', 'ленина пять квартира двенадцать', 'а где его взять?', 'Другой счёт'],
  ...['DVEP-T4FH', '66аа629167', 'Мама', 'дом'],
  ...['здравствуйте', 'спасибо', 'это бот?', 'дураки', 'ок, спасибо', 'добрый день, сколько я должна'],
  ...['картинка начислений', 'скачать начисления', 'выписка'],
  ...[
    'кабинет',
    'документы',
    'кассы фрисби',
    'долг',
    'платёжка',
    'как оплатить',
    'поверка',
    'где ваш офис',
    'справка',
    'не могу передать показания',
  ],
  ...[
    'показания и оплата',
    'вода',
    'gjrfpfybz',
    'pokazaniya',
    'сдатьпоказания',
    'удалите мои данные',
    'отозвать согласие',
  ],
  ...['квитанция', 'квитанция за март', 'Другой месяц', 'Прислать ещё раз', 'Как оплатить', 'QR-код: жильё и услуги'],
  ...['/charges', 'март', 'с марта по май', 'за год', '03.2026', '13.2026', 'декабрь 2026', 'этот месяц', 'платежи'],
  ...['почему больше', 'за что я плачу', 'сколько я должна за октябрь', 'Ещё услуги', 'Другой месяц', 'Весь 2026 год'],
  ...[
    'записаться на приём',
    'мои записи',
    'завтра',
    'в пятницу после обеда',
    '25.12',
    '16.11 в 10:30',
    'в 10:30',
    '10',
  ],
  ...['ближайшее', 'утром', 'счётчик', 'Кировский', 'Другой район', 'Другой день', 'Записаться', 'Перенести', '31.02'],
  ...['течёт труба', 'пахнет газом', 'нет воды', 'лифт не работает', 'хочу развестись с мужем'],
  ...['/start', '/delete_my_data', '/readings', 'English', 'удалить', 'отозвать', '<b>', '{{x}}', ''],
]

const typed = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-9 .,/;а-я-]{1,20}$/) },
)

const file = fc.record({
  kind: fc.constantFrom('photo' as const, 'document' as const, 'voice' as const, 'video' as const),
  ref: fc.string({ maxLength: 10 }),
  name: fc.string({ maxLength: 300 }),
})

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 8, arbitrary: typed.map((text): Input => ({ kind: 'text', text, message })) },
  { weight: 1, arbitrary: typed.map((text): Input => ({ kind: 'edited', text, message })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Input>(
      { kind: 'start' },
      { kind: 'start', payload: 'readings' },
      { kind: 'start', payload: 'x' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Input>(
      { kind: 'unsupported', message },
      { kind: 'contact', message },
      { kind: 'location', message },
      { kind: 'location', message, latitude: 56.8, longitude: 60.6 },
      { kind: 'fromAdmin', admin: '990001', text: 'Смотрю', files: [], message },
      { kind: 'typing' },
      { kind: 'group' },
      { kind: 'blocked' },
      { kind: 'unblocked' },
      { kind: 'choice', token: 'nonsense' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(file, { minLength: 1, maxLength: 3 }), fc.option(typed, { nil: undefined }))
      .map(([files, caption]): Input => ({ kind: 'files', files, message, ...(caption !== undefined && { caption }) })),
  },
  {
    weight: 1,
    arbitrary: fc.nat(30).map((stamp): Input => ({ kind: 'due', timer: 'idle:x', what: { kind: 'idle', stamp } })),
  },
)

export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(11).map((press) => ({ press })) },
  { weight: 4, arbitrary: fc.constant({ answer: true } as const) },
  { weight: 1, arbitrary: fc.nat(11).map((pressOld) => ({ pressOld })) },
  { weight: 5, arbitrary: input.map((one) => ({ input: one })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<DeskAct>('take', 'take', 'say', 'putBack', 'lead', 'close').map((desk) => ({ desk })),
  },
)
