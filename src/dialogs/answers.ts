import { showsSums } from '../domain/channelPolicy.ts'
import { clockTime } from '../domain/hours.ts'
import { type Choice, opens } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { whereCabinetIs } from './cabinet.ts'
import { doors } from './doors.ts'
import { tells } from './told.ts'

const subjects = [
  ...['payment', 'notCredited', 'tooMuch', 'meter', 'verification'],
  ...['owner', 'benefits', 'office', 'password'],
] as const

type Subject = (typeof subjects)[number]

/** What people ask most, a short screen a question: what is known for sure, and the doors that lead on. */
export const answers = tells({
  id: 'answers',
  subjects,
  // Whoever has an account is shown what he has to pay, and how.
  instead: (subject, { policy, resident }) =>
    subject === 'payment' && showsSums(policy) && resident?.accounts.length ? 'payment' : undefined,
  tell: (subject, rules) => {
    const { consultantsHours } = rules
    const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
    return {
      text: [text(`answers.${subject}`, hours), ...(withoutCabinet.has(subject) ? [] : [whereCabinetIs(rules)])],
      doors: [...doorsOf[subject], doors.consultant],
    }
  },
})

const withoutCabinet = new Set<Subject>(['notCredited', 'tooMuch', 'benefits', 'office'])

const { readings, charges, receipt, documents, appointment, requests } = doors
const payments = opens('charges.payments.open', 'charges', 'payments')
const why = opens('charges.whyMore', 'charges', 'why')

const doorsOf: Record<Subject, Choice[]> = {
  payment: [receipt, charges],
  notCredited: [payments, requests],
  tooMuch: [why, charges, requests],
  meter: [documents, appointment],
  verification: [readings, documents],
  owner: [readings, documents, appointment],
  benefits: [requests],
  office: [appointment],
  password: [],
}
