import { plainText } from '../plainText.ts'
import type { VisitTopic } from './topics.ts'

/** Nobody names a topic at such length. */
const longest = 80

/** The topic that was named in somebody's own words («счётчик сломался», «справка»); nothing when none or several were. */
export function topicIn(typed: string, offered: readonly VisitTopic[]): VisitTopic | undefined {
  const plain = typed.length > longest ? '' : plainText(typed)
  const named = offered.filter((topic) => words[topic].test(plain))
  return named.length === 1 ? named[0] : undefined
}

const words: Record<VisitTopic, RegExp> = {
  account: /переоформ|открыть|лицев|собственник|наследств|\bopen|transfer|owner/,
  charges: /начислен|перерасч|квитанц|сумм|льгот|charge|recalculat|bill/,
  meters: /сч[ео]тчик|прибор|поверк|показани|meter|reading/,
  certificates: /справк|выписк|certificate|statement/,
  debt: /долг|задолжен|рассрочк|пени|debt|instal/,
  registration: /прописа|прописк|регистрац|зарегистр|выписать|снят|registration|residence/,
}
