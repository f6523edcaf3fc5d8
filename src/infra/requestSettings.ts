import { z } from 'zod'
import { addDays, isLocalDate, type LocalDate } from '../domain/localDate.ts'
import { questionTopics } from '../domain/requests/questionTopics.ts'
import type { AnswerDays, RequestRules } from '../domain/requests/requestRules.ts'
import { requestKinds } from '../domain/requests/states.ts'
import type { WorkCalendar } from '../domain/requests/workingDays.ts'
import { parsed, wholeNumber } from './settingShapes.ts'

/** `10;question.charges=5;order=3`: working days of all requests, then of a kind or of one of its subjects. */
function answerDays(given: string): AnswerDays | undefined {
  const [usual = '', ...others] = given.split(';').map((part) => part.trim())
  const of = new Map<string, number>()
  for (const one of others.filter((part) => part !== '')) {
    const [, name = '', days = ''] = /^([\w.]+)\s*=\s*([1-9]\d{0,2})$/.exec(one) ?? []
    if (!isKindOrSubject(name)) return undefined
    of.set(name, Number(days))
  }
  return /^[1-9]\d{0,2}$/.test(usual) ? { usual: Number(usual), of } : undefined
}

function isKindOrSubject(name: string): boolean {
  const [kind, subject, more] = name.split('.')
  if (more !== undefined || !requestKinds.some((one) => one === kind)) return false
  return subject === undefined || kind !== 'question' || questionTopics.some((one) => one === subject)
}

/** `2026-12-31;2027-01-09..2027-01-10;+2027-02-20`: days off, and with a plus days that are worked although they are not usually. */
function calendar(given: string): WorkCalendar | undefined {
  const [off, on] = [new Set<LocalDate>(), new Set<LocalDate>()]
  for (const one of given.split(';').flatMap((part) => part.trim() || [])) {
    const [, plus, from = '', to = from] = /^(\+?)([\d-]+)(?:\.\.([\d-]+))?$/.exec(one) ?? []
    if (!isLocalDate(from) || !isLocalDate(to) || to < from || to > addDays(from, longestSpan)) return undefined
    for (let day = from; day <= to; day = addDays(day, 1)) (plus === '+' ? on : off).add(day)
  }
  return { off, on }
}

const longestSpan = 60

/** How requests are answered, and what they take. */
export const requestShape = {
  REQUEST_DAYS: parsed(answerDays, 'working days such as 10;question.charges=5;order=3').prefault('10'),
  HOLIDAYS: parsed(calendar, 'days such as 2026-12-31;2027-01-09..2027-01-10;+2027-02-20').prefault(';'),
  REQUEST_REOPEN_DAYS: wholeNumber(7),
  REQUEST_FILES: wholeNumber(10, { digits: 2 }),
  REQUEST_FILE_MEGABYTES: wholeNumber(10, { digits: 2 }),
  REQUEST_FILES_MEGABYTES: wholeNumber(30, { digits: 3 }),
}

const all = z.object(requestShape)

export const requestRulesOf = (env: z.infer<typeof all>): RequestRules => ({
  days: env.REQUEST_DAYS,
  calendar: env.HOLIDAYS,
  reopenDays: env.REQUEST_REOPEN_DAYS,
  files: {
    most: env.REQUEST_FILES,
    megabytes: env.REQUEST_FILE_MEGABYTES,
    togetherMegabytes: env.REQUEST_FILES_MEGABYTES,
  },
})
