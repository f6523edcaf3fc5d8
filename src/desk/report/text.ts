import { type Text, text } from '../../engine/text.ts'
import type { ConsultantNumbers } from './consultantNumbers.ts'
import type { DayNumbers, Numbers } from './numbers.ts'
import type { QueueNow } from './queueNow.ts'
import type { RequestNumbers } from './requestNumbers.ts'

/** A day's numbers for staff; `now`: with those who wait at this moment. */
export function reportText(numbers: DayNumbers, now: QueueNow): Text {
  const { day, asked, subjects, consultants, requests } = numbers
  const head = asked === 0 ? text('desk.report.nobody') : text('desk.report.asked', { count: asked })
  return text('desk.report.day', {
    day,
    lines: [
      head,
      ...queueLines(now),
      ...outcomeLines(numbers),
      ...part('desk.report.subjects', subjects.filter((one) => one.asked > 0).map(subjectLine)),
      ...part('desk.report.consultants', consultants.map(consultantLine)),
      ...part('desk.report.requests', requestLines(requests)),
    ],
  })
}

function queueLines({ waiting, morning, taken, onHold }: QueueNow): Text[] {
  return [
    ...(waiting > 0 ? [text('desk.report.waiting', { count: waiting })] : []),
    ...(morning > 0 ? [text('desk.report.morning', { count: morning })] : []),
    ...(taken > 0 ? [text('desk.report.taken', { count: taken })] : []),
    ...(onHold > 0 ? [text('desk.report.onHold', { count: onHold })] : []),
  ]
}

function outcomeLines({ closed, abandoned, wait, rating }: Numbers): Text[] {
  return [
    ...(wait ? [text('desk.report.wait', { median: minutes(wait.median), worst: minutes(wait.worst) })] : []),
    ...(closed > 0 ? [text('desk.report.closed', { count: closed })] : []),
    ...(abandoned > 0 ? [text('desk.report.abandoned', { count: abandoned })] : []),
    ...(rating ? [text('desk.report.rating', { rating: tenths(rating.average), count: rating.count })] : []),
  ]
}

const part = (head: string, lines: Text[]): Text[] => (lines.length > 0 ? [text(head), ...lines] : [])

const subjectLine = ({ subject, asked, closed }: DayNumbers['subjects'][number]): Text =>
  text('desk.report.subjectLine', { subject: subjectName(subject), asked, closed })

const requestLines = ({ came, finished, overdue }: RequestNumbers): Text[] =>
  came + finished + overdue > 0 ? [text('desk.report.requestLine', { came, finished, overdue })] : []

/** A subject as staff calls it. */
export const subjectName = (subject: string): Text => text(`desk.report.subject.${subject}`)

function consultantLine({ name, taken, closed, rating }: ConsultantNumbers): Text {
  const values = { name: name ?? text('desk.report.vkAdmin'), taken, closed }
  return rating
    ? text('desk.report.ratedLine', { ...values, rating: tenths(rating.average) })
    : text('desk.report.consultantLine', values)
}

const minutes = (exact: number): Text => text('desk.report.minutes', { count: Math.max(1, Math.round(exact)) })

/** For the format `volume`, which writes thousandths. */
const tenths = (rating: number): number => Math.round(rating * 10) * 100
