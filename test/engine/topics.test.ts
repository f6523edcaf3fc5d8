import { describe, expect, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import { topicsAbout } from '../../src/engine/topics.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { each } from './phrases.ts'

const words = openWords('Asia/Yekaterinburg')

/** What people search help for, by the one topic that it finds. */
const found: Record<string, string[]> = {
  'help:readings': ['как передать показания', 'передать показания', 'паказания', 'gjrfpfybz', 'readings'],
  'help:documents': ['документы', 'докуметы', 'куда нести документы', 'ljrevtyns', 'справка', 'documents'],
  'help:openAccount': ['открыть счёт', 'как открыть лицевой счёт', 'открытие'],
  'help:secondAccount': ['второй счёт', 'где второй', 'second account'],
  'help:login': ['логин', 'вход в кабинет', 'регистрация в кабинете'],
  'help:oldCabinet': ['старый кабинет', 'старая версия', 'the old cabinet'],
  'help:whyNew': ['новый кабинет', 'чем лучше новый кабинет'],
  'help:payOnline': ['онлайн', 'оплатить картой онлайн', 'pay online'],
  'help:frisbi': ['фрисби', 'кассы фрисби', 'фризби', 'frisbi'],
  'help:pages': ['одноклассники', 'вконтакте', 'соцсети', 'новости'],
  'help:data': ['персональные данные', 'что бот хранит обо мне'],
  'help:linking': ['подключить', 'код активации'],
  'help:accountNumber': ['где найти номер счёта', 'номер лицевого счета'],
  'answers:verification': ['поверка'],
  'answers:benefits': ['субсидии', 'льготы'],
}

/** What may be several topics: three at most are offered, the likeliest first. */
const several: [said: string, topics: string[]][] = [
  ['пароль', ['help:login', 'answers:password']],
  ['квитанция', ['help:account', 'answers:payment']],
  ['консультация', ['help:appointment', 'help:specialists']],
  ['регистрация', ['help:login', 'answers:owner']],
  ['кабинет', ['help:login', 'help:oldCabinet', 'help:whyNew']],
]

/** What help has nothing on: it is then understood as everywhere. */
const nothing = [
  'сколько я должен',
  'нет воды',
  'спасибо',
  'привет',
  'хвс',
  'мой кот заболел',
  '324 311',
  '',
  '???',
  'как',
]

describe('help', () => {
  test.each(each(found))('searched for «%s» has %s', (said, topic) => {
    expect(topicsAbout(said, words)).toEqual([topic])
  })

  test.each(several)('searched for «%s» offers %j', (said, topics) => {
    expect(topicsAbout(said, words)).toEqual(topics)
  })

  test.each(nothing)('has nothing on «%s»', (said) => {
    expect(topicsAbout(said, words)).toEqual([])
  })

  test.each(languages)('finds every topic by its title in %s', (language) => {
    const { topics, names } = words.vocabulary(language)
    for (const topic of Object.keys(topics)) {
      const hits = topicsAbout(names[topic] ?? '', words)
      expect(hits, names[topic]).toContain(topic)
      expect(hits.length).toBeLessThanOrEqual(3)
    }
  })
})
