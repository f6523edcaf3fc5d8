import { addDays } from '../../domain/localDate.ts'
import type { Office } from '../../domain/visits/office.ts'
import { localMoment, whyNotOffered } from '../../domain/visits/slots.ts'
import { officeById } from '../../queries/offices.ts'
import { type Nearest, nearestTimes } from '../../queries/visits.ts'
import type { EffectContext } from '../context.ts'
import type { VisitChoice, VisitRefusal } from './outcomes.ts'

/** The office, when it receives at the chosen time; else why not. Whether there is a place left is another question. */
export async function offered(
  context: EffectContext,
  choice: VisitChoice,
): Promise<{ office: Office } | { refusal: VisitRefusal }> {
  const { sql, now, rules } = context
  const office = await officeById(sql, choice.officeId)
  const moment = localMoment(now, rules)
  const why = office ? whyNotOffered(office, choice, moment, rules.visits) : 'officeClosed'
  if (office && !why) return { office }
  if (why === 'tooLate') return { refusal: { kind: 'tooLate' } }
  if (why === 'outOfHorizon') return { refusal: { kind: why, until: addDays(moment.today, rules.visits.horizonDays) } }
  return { refusal: { kind: 'officeClosed', next: await nextTime(context, choice, office) } }
}

/** The next free time after the chosen one, at that office if it has any, then in its district, then anywhere. */
export async function nextTime(
  { sql, now, rules }: Pick<EffectContext, 'sql' | 'now' | 'rules'>,
  choice: Pick<VisitChoice, 'officeId' | 'topic' | 'date' | 'minute'>,
  office: Office | undefined,
): Promise<Nearest | undefined> {
  const { officeId, topic } = choice
  for (const where of [{ officeId }, ...(office ? [{ district: office.district }] : []), {}]) {
    const [next] = await nearestTimes(sql, where, topic, now, rules, choice)
    if (next) return next
  }
  return undefined
}
