import { describe, expect, test } from 'vitest'
import { understood } from '../../src/engine/understand.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { each } from './phrases.ts'

const words = openWords('Asia/Yekaterinburg')

/** What people write, by what it opens. */
const opens: Record<string, string[]> = {
  readings: [
    'readings',
    'I want to submit my readings',
    'submit water readings',
    'sumbit readings',
    'redaings',
    'send meter readings please',
    'meter',
    'Hello, I would like to give my meter readings',
  ],
  'help:readings': ['how do I submit readings?', 'when should I send readings'],
  charges: [
    'how much do I owe',
    'HOW MUCH DO I OWE???',
    'balance',
    'what is my debt',
    'charges for october',
    'how much must I pay',
    'amount due',
    'what is the tariff for water',
  ],
  receipt: ['receipt', 'reciept', 'I lost my bill', 'where is my receipt'],
  chargesPicture: ['chart of charges', 'show my bills as a picture'],
  chargesExport: ['statement', 'download charges', 'payments in excel', 'charges as pdf'],
  papers: ['I want to submit documents'],
  'papers:mine': ['my documents'],
  documents: ['documents'],
  orders: ['I need a certificate', 'order a document'],
  'orders:mine': ['my certificates'],
  'appointment:mine': ['my visits', 'cancel my appointment', 'reschedule the visit'],
  appointment: ['appointment', 'book a visit'],
  'requests:list': ['my requests', 'status of my request'],
  affairs: ['my affairs'],
  requests: ['complaint', 'I want to complain', 'write a request'],
  'answers:payment': ['how can I pay', 'where to pay the bill', 'payment'],
  'answers:notCredited': ['my payment is not shown', 'I paid but still owe'],
  'charges:why': ['why so much', 'why is it so expensive', 'why is it more than last month'],
  'charges:month': ['what do I pay for', 'breakdown'],
  'charges:payments': ['payments', 'my payments', 'my last payment', 'when did I pay'],
  'answers:tooMuch': ['the bill is wrong', 'recalculation'],
  'answers:meter': ['my meter is broken', 'new meter', 'replace the water meter'],
  'answers:verification': ['meter verification'],
  'answers:owner': ['I sold the flat', 'we moved', 'I bought an apartment, what now'],
  'answers:benefits': ['subsidies'],
  'answers:office': ['where is your office', 'opening hours', 'are you open on saturday'],
  'answers:password': ['I forgot my password'],
  consultant: ['I want to talk to a human', 'real person please', 'your phone number'],
  accounts: ['my accounts'],
  linking: ['link another account', 'activation code'],
  'help:accountNumber': ['where do I find my account number'],
  'help:data': ['what data do you keep'],
  'help:documents': ['how do I send documents', 'where can I upload a document'],
  'help:appointment': ['how do I book a visit', 'how can I make an appointment'],
  'help:account': ['account information', 'where can I see my account information'],
  'help:specialists': ['ask the specialists', 'how can I get a consultation'],
  'help:openAccount': ['how do I open an account'],
  'help:dataHidden': ['my flat is not shown', 'no data for my flat'],
  'help:secondAccount': ['where is my second account', 'the second account is missing'],
  'help:closedAccounts': ['my account disappeared', 'closed account'],
  'help:login': ['how do I register', 'how long must the password be', 'my old password'],
  'help:oldCabinet': ['where is the old cabinet', 'the old version'],
  'help:whyNew': ['why is the new cabinet better'],
  'help:payOnline': ['pay online', 'how can I pay on the site'],
  'help:frisbi': ['frisbi', 'where are the frisbi cash desks'],
  'help:pages': ['social networks', 'your page in VKontakte'],
  news: ['news', 'unsubscribe me from the news'],
  reminders: ['turn off reminders', 'notifications'],
  help: ['what can you do', 'how does it work'],
  settings: ['change language'],
  deletion: ['delete my data'],
  'emergency:leak': ['pipe is leaking', 'we are flooded'],
  'emergency:gas': ['smell of gas', 'I can smell gas'],
  'emergency:fire': ['fire'],
  'emergency:stuck': ['stuck in the elevator'],
  'emergency:noWater': ['no hot water', 'there is no water'],
  'emergency:noHeat': ['no heating', 'cold radiators'],
  'emergency:noLight': ['power outage', 'no electricity'],
  'emergency:lift': ['lift does not work'],
  'emergency:house': ['garbage in the entrance'],
}

/** What a person would answer, and no dialog opens. */
const smallTalk: Record<string, string[]> = {
  question: ['can I ask a question', 'I have a question'],
  hello: ['hello', 'Hi!', 'good morning'],
  thanks: ['thank you very much', 'thanks'],
  bye: ['bye'],
  howAreYou: ['how are you'],
  bot: ['are you a robot', 'who are you'],
  rude: ['you are stupid', 'this is outrageous'],
  ok: ['ok'],
  no: ['no', 'never mind', 'not now'],
}

/** What nobody can be sure of: it is asked about, the likeliest first. */
const doubts: [said: string, dialogs: string[]][] = [
  ['water', ['readings', 'emergency:noWater']],
  ['gas', ['readings', 'emergency:gas']],
  ['electricity', ['readings', 'emergency:noLight']],
  ['cannot log in', ['answers:password', 'elsewhere:cabinet']],
]

/** What must not be taken for anything. */
const nothing = [
  'the weather tomorrow',
  'my cat is ill',
  'I want a divorce',
  'lorem ipsum',
  'pizza',
  'sing a song',
  'xyzzy',
  'what is the capital of France',
]

describe('free words in English', () => {
  test.each(each(opens))('«%s» opens %s', (said, dialog) => {
    expect(understood(said, words)).toEqual({ kind: 'opens', dialog })
  })

  test.each(each(smallTalk))('«%s» is answered as %s', (said, about) => {
    expect(understood(said, words)).toEqual({ kind: 'smallTalk', about })
  })

  test.each(doubts)('«%s» is asked about: %j', (said, dialogs) => {
    expect(understood(said, words)).toEqual({ kind: 'doubt', dialogs })
  })

  test.each(nothing)('«%s» is taken for nothing', (said) => {
    expect(understood(said, words)).toBeUndefined()
  })
})
