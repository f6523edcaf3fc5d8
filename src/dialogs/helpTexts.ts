import { showsSums } from '../domain/channelPolicy.ts'
import { clockTime } from '../domain/hours.ts'
import type { Here } from '../engine/dialog.ts'
import { type Choice, choice, opens } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { whereCabinetIs } from './cabinet.ts'
import { doors } from './doors.ts'
import type { Subject } from './helpSubjects.ts'

type Seen = Pick<Here<unknown>, 'rules' | 'policy'>

/** What help says about a subject: the centre's own page in short, with links that are settings. */
export function helpText(subject: Subject, { rules, policy }: Seen): Text[] {
  const { readingsWindow, consultantsHours, pages, payment } = rules
  switch (subject) {
    case 'readings':
      return [text('help.readings', { from: readingsWindow.fromDay, to: readingsWindow.toDay })]
    case 'specialists': {
      const hours = { from: clockTime(consultantsHours.from), to: clockTime(consultantsHours.to) }
      return [text('help.specialists', hours), ...pagesOf(pages), whereCabinetIs(rules)]
    }
    case 'account':
      if (policy === 'off') return [text('help.accountOff')]
      return [text(showsSums(policy) ? 'help.account' : 'help.accountLinkOnly'), whereCabinetIs(rules)]
    case 'payOnline':
      return [text('help.payOnline'), ...linkTo(payment.onlineUrl)]
    case 'frisbi':
      return [text('help.frisbi'), ...linkTo(payment.frisbiUrl)]
    case 'pages':
      return [text('help.pages'), ...(pages.vk || pages.ok ? pagesOf(pages) : [text('help.pagesOnSite')])]
    default:
      return [text(`help.${subject}`), ...(ofCabinet.has(subject) ? [whereCabinetIs(rules)] : [])]
  }
}

const ofCabinet = new Set<Subject>(['documents', 'openAccount', 'oldCabinet', 'whyNew', 'login'])

const linkTo = (url: string | undefined): Text[] => (url === undefined ? [] : [text('help.pageAt', { url })])

function pagesOf({ vk, ok }: Seen['rules']['pages']): Text[] {
  const lines = [...(vk ? [text('help.vkAt', { url: vk })] : []), ...(ok ? [text('help.okAt', { url: ok })] : [])]
  return lines.length > 0 ? [text('common.lines', { lines })] : []
}

/** Where a subject leads on: of an instruction the first does it at once. */
export const helpDoors = (subject: Subject, { policy }: Seen): Choice[] =>
  subject === 'account' && policy === 'off' ? [now(doors.readings), linkNow] : doorsOf[subject]

const now = (door: Choice): Choice => ({ ...door, label: text('help.doNow') })
const linkNow = opens('help.linkNow', 'linking')
const login = choice('help.loginTitle', 'login')

const doorsOf: Record<Subject, Choice[]> = {
  readings: [now(doors.readings)],
  documents: [now(doors.documents), doors.consultant],
  appointment: [now(doors.appointment)],
  account: [now(doors.charges), doors.receipt, linkNow],
  specialists: [now(doors.consultant), doors.requests],
  openAccount: [now(opens('linking.noAccount', 'papers', 'account')), doors.consultant],
  dataHidden: [linkNow],
  secondAccount: [linkNow],
  closedAccounts: [opens('menu.accounts', 'accounts'), doors.consultant],
  linking: [linkNow],
  accountNumber: [linkNow],
  login: [opens('help.forgotTitle', 'answers', 'password')],
  oldCabinet: [login],
  whyNew: [login],
  payOnline: [doors.payment, doors.receipt],
  frisbi: [doors.payment, doors.receipt],
  pages: [doors.consultant, doors.news],
  data: [opens('menu.settings', 'settings')],
}
