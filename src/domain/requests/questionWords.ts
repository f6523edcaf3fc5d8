import { plainText } from '../plainText.ts'
import { type QuestionTopic, questionTopics } from './questionTopics.ts'

/** What an обращение is about, by its own words; `other` when they name none, or several. A consultant reads the words themselves. */
export function topicOfWords(typed: string): QuestionTopic {
  const plain = plainText(typed)
  const named = questionTopics.filter((topic) => words[topic]?.test(plain))
  return (named.length === 1 ? named[0] : undefined) ?? 'other'
}

const words: Partial<Record<QuestionTopic, RegExp>> = {
  charges: /начислен|квитанц|тариф|переплат|\bcharge|\bbill/,
  readings: /сч[ео]тчик|показани|поверк|прибор учета|\bmeter|\breading/,
  payment: /оплат|платеж|заплат|чек(?![а-я])|\bpaid\b|\bpayment/,
  recalculation: /перерасч|перерассч|пересчит|recalculat/,
  owner: /собственник|наследств|переоформ|прописа|зарегистрир|лицев|\bowner/,
  documents: /справк|выписк|документ|certificate|\bdocument/,
  cabinet: /кабинет|парол|логин|\bбот\b|приложени|password|login/,
  benefits: /льгот|субсид|компенсац|benefit|subsid/,
  overhaul: /капремонт|капитальн|overhaul/,
  office: /отделени|офис|очеред|хамств|нагруб|\boffice|\bqueue/,
}
