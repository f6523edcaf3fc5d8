import { plainText } from '../domain/plainText.ts'

/**
 * Whether the answer to «which number?» or «which code?» is a question about it: «а где его взять?», «что это», «не знаю», «where is it».
 * All words must be about it: «где мой долг» asks for something else.
 */
export function asksWhere(typed: string): boolean {
  const words = typed.length > longest ? [] : (plainText(typed).match(/\p{L}+|\d+/gu) ?? [])
  return words.some((word) => asking.test(word)) && words.every((word) => asking.test(word) || aboutIt.test(word))
}

/** Nobody asks so at greater length. */
const longest = 120

const asking = new RegExp(
  `^(?:${[
    'где|гд|откуда|куда|что|чо|че|чего|какой|какая|какие|какую|как|зачем|почему|каков',
    'не|нет|нету|непонятно|забыл|забыла|потерял|потеряла|подскажите|объясните|помогите',
    'where|what|which|how|why|not|no|dont|don|cannot|can|forgot|lost',
  ].join('|')})$`,
)
const aboutIt = new RegExp(
  `^(?:${[
    'а|и|ну|это|этот|эта|его|ее|он|она|они|их|за|в|на|с|у|от|по|из|мне|меня|нас|мой|моя|мое|я|мы|вы|бы|ли|же|то|тут|там|такой|такая|такое',
    'номер\\p{L}*|код\\p{L}*|цифр\\p{L}*|лицев\\p{L}*|счет|счета|счете|лс|квитанци\\p{L}*|бумаг\\p{L}*|активаци\\p{L}*|ерц',
    'взять|брать|найти|искать|посмотреть|смотреть|узнать|увидеть|находится|напечатан\\p{L}*|написан\\p{L}*|указан\\p{L}*|значит|нужен|нужно|можно|есть|получить',
    'знаю|помню|понимаю|понял|поняла|вижу|нашел|нашла|могу|пожалуйста|скажите|подскажите|имею|пришла|пришел',
    'is|it|the|a|to|do|does|i|t|my|me|find|get|see|look|know|remember|mean|account|number|code|receipt|on|of|for|please|this|that|have|understand',
  ].join('|')})$`,
  'u',
)
