import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { languages } from '../src/domain/language.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const sources = ['src', 'bots']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

interface Import {
  from: string
  /** A file of ours, or the name of a package. */
  to: string
  typesOnly: boolean
}

const imports: Import[] = sources.flatMap((from) =>
  [...read(from).matchAll(/^(?:import|export)\s+(?:(type\s)?([^'";]*?)\sfrom\s+)?'([^']+)'/gm)].map(
    ([, type, names = '', target = '']) => ({
      from,
      to: target.startsWith('.') ? normalize(join(dirname(from), target)) : target,
      typesOnly: type !== undefined || allAreTypes(names),
    }),
  ),
)

function allAreTypes(names: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1]
  const each = (inner ?? '').split(',').flatMap((name) => name.trim() || [])
  return each.length > 0 && each.every((name) => name.startsWith('type '))
}

/**
 * Who may import whom, as patterns of paths. `types`: only types may be taken from there. What is not listed is forbidden; packages
 * are listed where a folder may know only some. The engine's vocabulary (events, places, texts) may be spoken by everybody.
 */
const vocabulary = 'src/engine/(event|outgoing|channel|text|state|splitText|soundSpans)'
const arrows: Record<string, { values: string[]; types?: string[]; packages?: string[] }> = {
  'src/domain': { values: ['src/domain'], packages: ['luxon', 'fastest-levenshtein'] },
  'src/engine': {
    values: ['src/engine', 'src/domain', 'src/infra/(database|errors|points|backOff|together)'],
    types: ['src/effects/registry', 'src/queries/registry', 'src/infra/(clock|logger)'],
    packages: ['dataloader', 'zod', 'fastest-levenshtein'],
  },
  'src/dialogs': {
    values: ['src/dialogs', 'src/domain', 'src/engine/(dialog|saying|text)'],
    types: ['src/engine', 'src/queries', 'src/effects'],
    packages: ['zod'],
  },
  'src/queries': {
    values: ['src/queries', 'src/domain', 'src/infra'],
    types: ['src/engine'],
    packages: [],
  },
  'src/effects': {
    values: ['src/effects', 'src/queries', 'src/desk', 'src/notices', 'src/domain', 'src/infra', vocabulary],
    types: ['src/engine'],
  },
  'src/desk': {
    values: ['src/desk', 'src/notices', 'src/domain', 'src/infra', 'src/queries', vocabulary],
    types: ['src/engine'],
  },
  'src/notices': { values: ['src/notices', 'src/domain', 'src/infra', vocabulary], types: ['src/engine'] },
  'src/files': { values: ['src/files', 'src/domain', 'src/infra', vocabulary], types: ['src/engine'] },
  'src/jobs': {
    values: [
      'src/jobs',
      'src/engine',
      'src/domain',
      'src/queries',
      'src/effects',
      'src/desk',
      'src/notices',
      'src/files',
      'src/infra',
    ],
  },
  'src/exchange': {
    values: [
      'src/exchange',
      'src/engine',
      'src/domain',
      'src/queries',
      'src/effects',
      'src/desk',
      'src/notices',
      'src/files',
      'src/infra',
    ],
  },
  'src/infra': { values: ['src/infra', 'src/domain'], types: [vocabulary] },
  'bots/telegram': { values: ['bots/telegram', 'src/infra', vocabulary], types: ['src/domain'] },
  'bots/vk': { values: ['bots/vk', 'src/infra', vocabulary], types: ['src/domain'] },
  'bots/consultants': { values: ['bots/consultants', 'src/desk', 'src/infra', vocabulary], types: ['src/domain'] },
  'bots/sandbox': { values: ['bots/sandbox'] },
}

const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')
const isOurs = (path: string): boolean => path.startsWith('src/') || path.startsWith('bots/')
const isWithin = (path: string, patterns: string[]): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern}(/|\\.ts$)`).test(path))
const shown = ({ from, to, typesOnly }: Import): string => `${from} → ${to}${typesOnly ? ' (types)' : ''}`

describe('imports', () => {
  test('are found', () => {
    expect(imports.length).toBeGreaterThan(300)
    expect(imports.filter(({ typesOnly }) => typesOnly).length).toBeGreaterThan(50)
    expect(sources.filter((path) => /await import\(|\brequire\(/.test(read(path)))).toEqual([])
  })

  test('of every folder go only where they may', () => {
    const folders = new Set(sources.filter((path) => path.split('/').length > 2).map(folderOf))
    expect([...folders].filter((folder) => !arrows[folder])).toEqual([])
    const wrong = imports.filter(({ from, to, typesOnly }) => {
      const rule = arrows[folderOf(from)]
      if (!rule || !isOurs(to)) return false
      return !isWithin(to, [...rule.values, ...(typesOnly ? (rule.types ?? []) : [])])
    })
    expect(wrong.map(shown)).toEqual([])
  })

  test('of packages are only those a folder may know', () => {
    const wrong = imports.filter(({ from, to }) => {
      const packages = arrows[folderOf(from)]?.packages
      return (
        packages &&
        !isOurs(to) &&
        !packages.includes(to) &&
        !(to.startsWith('node:') && folderOf(from) !== 'src/domain')
      )
    })
    expect(wrong.map(shown)).toEqual([])
  })

  test.each([
    ['grammy', 'bots/telegram'],
    ['vk-io', 'bots/vk'],
    ['telegraf', 'bots/consultants'],
    ['bullmq', 'src/infra'],
    ['i18next', 'src/infra'],
    ['@prisma/client', 'src/infra'],
    ['pg', 'src/(infra|exchange)'],
  ])('of %s stand only in %s', (name, folder) => {
    const wrong = imports.filter(
      ({ from, to }) => (to === name || to.startsWith(`${name}/`)) && !isWithin(from, [folder]),
    )
    expect(wrong.map(shown)).toEqual([])
  })

  test.each(['bots/main.ts', 'bots/sandbox/main.ts', 'src/exchange/cli.ts'])(
    'never are of %s, which is only started',
    (program) => {
      expect(imports.filter(({ to }) => to === program).map(shown)).toEqual([])
    },
  )

  test('of values have no cycles between folders of src', () => {
    const values = imports.filter(
      ({ typesOnly, from, to }) => !typesOnly && from.startsWith('src/') && to.startsWith('src/'),
    )
    const next = new Map<string, Set<string>>()
    for (const { from, to } of values) {
      if (folderOf(from) === folderOf(to)) continue
      next.set(folderOf(from), (next.get(folderOf(from)) ?? new Set()).add(folderOf(to)))
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(next.get(from) ?? [])].some((one) => one === to || (!seen.has(one) && reaches(one, to, seen.add(one))))
    expect([...next.keys()].filter((folder) => reaches(folder, folder))).toEqual([])
  })
})

describe('sources', () => {
  test('of the domain know no clock and no chance', () => {
    const impure =
      /Date\.now|new Date\(\s*\)|Math\.random|randomUUID|DateTime\.(now|local)\(|performance\.now|process\./
    expect(sources.filter((path) => path.startsWith('src/domain/') && impure.test(read(path)))).toEqual([])
  })

  test('of what decides and writes take the time from the clock they are given', () => {
    const impure = /Date\.now|new Date\(\s*\)|Math\.random|randomUUID|\bnow\(\)(?=[^}]*`)|CURRENT_TIMESTAMP/
    const own = ['src/engine/', 'src/dialogs/', 'src/effects/', 'src/queries/', 'src/jobs/', 'src/files/', 'src/desk/']
    const found = sources
      .filter((path) => own.some((folder) => path.startsWith(folder)))
      .filter((path) => impure.test(read(path).replace(/clock\.now\(\)/g, '')))
    expect(found).toEqual([])
  })

  test('have no words for residents in them', () => {
    const bots = ['bots/telegram/', 'bots/vk/', 'bots/consultants/']
    const own = ['src/engine/', 'src/effects/', 'src/queries/', 'src/jobs/', 'src/files/', 'src/desk/', ...bots]
    const found = sources
      .filter((path) => own.some((folder) => path.startsWith(folder)))
      .filter((path) => /[а-яё]{2}/i.test(read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    expect(found).toEqual([])
  })
})

/** What stands in the holes of keys that are put together; a new one must be added here, so that no key is used by accident. */
const holes: Record<string, string[]> = {
  'desk.card.subject.${subject}': [
    ...['charges', 'readings', 'payment', 'account', 'documents', 'office', 'cabinet', 'other'],
  ],
  'desk.card.messenger.${messengerOf(chat)}': ['telegram', 'vk'],
  'desk.card.messenger.${consent.messenger}': ['telegram', 'vk'],
  'desk.card.closedBy.${by}': ['consultant', 'resident', 'silence', 'clock', 'deleted'],
  'desk.card.open.${state}': ['waiting', 'taken', 'on_hold', 'closed'],
  'desk.card.titleState.${state}': ['waiting', 'on_hold', 'closed'],
  'desk.card.proved.${proof}': ['address', 'code'],
  'desk.card.withheld.${policy}': ['masked', 'linkOnly'],
  'desk.card.did.${one}': ['opened', 'pressed', 'typed', 'sentFile', 'failed'],
  'desk.card.dialog.${own}': [
    ...['consent', 'whichAccount', 'newcomer', 'accountGone', 'emergency', 'answers', 'elsewhere'],
    ...['payment', 'withheld', 'resume', 'order'],
  ],
  'desk.card.button.${act}': ['take', 'pass', 'queue', 'hold', 'close', 'lead', 'request', 'refresh'],
  'transcript.file.${kind}': ['photo', 'document', 'voice', 'video'],
  'transcript.desk.${what}': ['taken', 'passed', 'queued', 'morning', 'held', 'led', 'closed'],
  'common.${press}': ['next', 'previous'],
  'desk.report.subject.${subject}': [
    ...['charges', 'readings', 'payment', 'account', 'documents', 'office', 'cabinet', 'other'],
  ],
  'desk.handle.putBack.${why}': ['asked', 'silent', 'gone'],
  'desk.handle.refused.${why}': ['gone', 'closed', 'open', 'waiting', 'yours', 'wasYours', 'late', 'another'],
  'desk.handle.queue.${kind}': ['waits', 'patient', 'morning'],
  'desk.handle.dialog.${dialog}': [
    ...['readings', 'charges', 'receipt', 'payment', 'linking'],
    ...['accounts', 'confirmations', 'history', 'help', 'settings'],
  ],
  'desk.handle.command.${name}': [
    ...['on', 'off', 'shift', 'queue', 'mine', 'today', 'stats', 'canned', 'cannedKeep', 'cannedRemove'],
    ...['take', 'pass', 'back', 'hold', 'close', 'reopen', 'lead', 'card', 'help', 'request', 'requests', 'overdue'],
  ],
  'desk.request.board.${which}': ['open', 'overdue'],
  'desk.request.board.none.${which}': ['open', 'overdue'],
  'desk.request.button.${act}': ['tell', 'kept', 'promise'],
  'desk.request.button.${label}': [
    ...['take', 'answer', 'ask', 'askPapers', 'accept', 'reject', 'done', 'redirect'],
    ...['promise', 'kept', 'talk', 'talked', 'back', 'close', 'files'],
  ],
  'desk.request.button.offer.${offer}': ['hour', 'tomorrow', 'week'],
  'desk.request.document.${document}': [
    ...['receipt', 'details', 'statement', 'debt', 'reconciliation', 'accountCopy', 'registered'],
  ],
  'desk.request.way.${how}': ['chat', 'office', 'post'],
  'desk.request.done.${to}': ['assigned', 'new', 'closed', 'accepted', 'done'],
  'desk.request.is.${state}': [
    ...['new', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'desk.request.kind.${kind}': ['question', 'papers', 'account', 'order'],
  'desk.request.line.${author}': ['resident', 'note', 'desk'],
  'desk.request.prompt.${promptOf(request, wants)}': [
    ...['answered', 'waiting', 'waitingPapers', 'rejected', 'done', 'redirected'],
  ],
  'desk.request.refused.${why}': ['gone', 'yours'],
  'desk.request.send.${to}': ['answered', 'waiting', 'accepted', 'rejected', 'done', 'redirected', 'more'],
  'desk.request.sent.${wants}': ['answered', 'waiting', 'accepted', 'rejected', 'done', 'redirected', 'more'],
  'desk.request.${how}': ['fromTalk', 'goesOn', 'goesOnLate'],
  'desk.request.untold.${why}': ['noConsent', 'off', 'blocked'],
  'desk.request.topic.${topic}': [
    ...['charges', 'readings', 'payment', 'recalculation', 'owner', 'documents'],
    ...['cabinet', 'benefits', 'overhaul', 'office', 'other'],
  ],
  'desk.handle.closed.${by}': ['consultant', 'resident', 'silence', 'clock', 'deleted'],
  'desk.forum.${messenger}': ['telegram', 'vk'],
  'commands.staff.${command}': [
    ...['on', 'off', 'queue', 'mine', 'requests', 'overdue', 'today', 'q', 'stats', 'help'],
  ],
  'commands.${command}': ['menu', 'readings', 'charges', 'help', 'operator', 'settings'],
  'help.${one}Title': [
    ...['readings', 'documents', 'appointment', 'account', 'specialists', 'openAccount'],
    ...['dataHidden', 'secondAccount', 'closedAccounts', 'linking', 'accountNumber', 'login', 'oldCabinet', 'whyNew'],
    ...['payOnline', 'frisbi', 'pages', 'data'],
  ],
  'help.${subject}': [
    ...['documents', 'appointment', 'openAccount', 'dataHidden', 'secondAccount', 'closedAccounts'],
    ...['linking', 'accountNumber', 'login', 'oldCabinet', 'whyNew', 'data'],
  ],
  'help.groups.${group}': ['cabinet', 'payment'],
  'help.groupTitles.${group}': ['cabinet', 'payment'],
  'freeWords.${about}': ['hello', 'thanks', 'bye', 'question', 'howAreYou', 'bot', 'rude', 'ok', 'no'],
  'withheld.linkOnly.${subject}': ['charges', 'receipt', 'payment', 'documents'],
  'withheld.off.${subject}': ['charges', 'receipt', 'payment', 'documents'],
  'withheld.why.${here}': ['telegram', 'vk'],
  'withheld.bot.${there}': ['telegram', 'vk'],
  'withheld.botAt.${there}': ['telegram', 'vk'],
  'emergency.${subject}': ['gas', 'fire', 'leak', 'stuck', 'noWater', 'noHeat', 'noLight', 'lift', 'house'],
  'answers.${subject}': [
    ...['payment', 'notCredited', 'tooMuch', 'meter', 'verification'],
    ...['owner', 'benefits', 'office', 'password'],
  ],
  'requests.topic.${topic}': [
    ...['charges', 'readings', 'payment', 'recalculation', 'owner', 'documents'],
    ...['cabinet', 'benefits', 'overhaul', 'office', 'other'],
  ],
  'requests.notOurs.${one}': ['leak', 'noWater', 'noHeat', 'noLight', 'lift', 'gas', 'house'],
  'requests.left.${why}': ['kind', 'empty', 'tooLarge', 'tooMany', 'together'],
  'requests.amount.${kind}': ['photos', 'files'],
  "requests.file.${kind === 'photo' ? 'photo' : 'document'}": ['photo', 'document'],
  'requests.state.${state}': [
    ...['new', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'requests.mark.${mark}': ['1', '2', '3', '4', '5'],
  'requests.news.${how}': [
    ...['more', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'affairs.open.${kind}': ['question', 'papers', 'account', 'order'],
  'affairs.kind.${kind}': ['papers', 'account', 'order'],
  'affairs.draft.${draft.kind}': ['question', 'papers', 'account', 'order'],
  'affairs.goOn.${draft.kind}': ['question', 'papers', 'account', 'order'],
  'appointment.topics.${topic}': ['account', 'charges', 'meters', 'certificates', 'debt', 'registration'],
  'appointment.papersFor.${topic}': ['account', 'charges', 'meters', 'certificates', 'debt', 'registration'],
  'appointment.district.${known}': ['AKA', 'VIS', 'ZHE', 'KIR', 'LEN', 'OKT', 'ORD', 'CHK'],
  'appointment.part.${part}': ['morning', 'afternoon'],
  'appointment.${read.problem}': ['noSuchDay', 'past'],
  'appointment.${kind}': ['taken', 'officeClosed'],
  'appointment.was.${state}': ['cancelled', 'moved', 'over'],
  'papers.matter.${matter}': [
    ...['owner', 'residents', 'commission', 'verification', 'benefit', 'absence', 'other', 'visit'],
  ],
  'papers.paper.${paper}': [
    ...['passport', 'title', 'closing', 'registration', 'birth', 'meterPassport', 'lastVerification', 'installation'],
    ...['verification', 'benefit', 'absence', 'tenancy', 'inheritance', 'ownerPassport', 'attorney'],
  ],
  'papers.paperName.${paper}': ['passport', 'title', 'tenancy', 'inheritance', 'ownerPassport', 'attorney'],
  'papers.ask.${fact}': [
    ...['meter', 'model', 'where', 'installer', 'reading', 'until', 'visit', 'phone'],
    ...['people', 'absent'],
  ],
  'papers.factName.${fact}': [
    ...['meter', 'model', 'where', 'installer', 'reading', 'until', 'visit', 'phone'],
    ...['people', 'absent'],
  ],
  'papers.usual.${value}': ['HVS', 'GVS', 'EL', 'HEAT', 'GAS', 'kitchen', 'bathroom', 'toilet', 'corridor'],
  'papers.usual.${known}': ['HVS', 'GVS', 'EL', 'HEAT', 'GAS', 'kitchen', 'bathroom', 'toilet', 'corridor'],
  'papers.claimant.${claimant}': ['owner', 'tenant', 'heir', 'representative'],
  'papers.notTaken.${why}': ['kind', 'empty', 'tooLarge', 'tooMany', 'together'],
  'papers.refused.${why}': [
    ...['empty', 'tooLarge', 'unavailable', 'infected', 'wrongKind', 'archive', 'office'],
    ...['locked', 'broken', 'hugePicture', 'tooMuch'],
  ],
  'papers.state.${one.state}': [
    ...['new', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'papers.state.${state}': [
    ...['new', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'papers.${outcome.kind}': ['notLinked', 'notProven', 'gone'],
  'elsewhere.${subject}': [
    'charges',
    'receipt',
    'appointment',
    'documents',
    'requests',
    'code',
    'noAccount',
    'cabinet',
  ],
  "linking.not.${read.problem.kind ?? 'account'}": ['account', 'els', 'zhku', 'paymentDocument', 'bankAccount'],
  'linking.${outcome.kind}': ['noMatch', 'tooMany', 'codeOnly', 'noCode', 'expired', 'tooManyCodes'],
  'linking.not.${kind}': ['els', 'zhku', 'paymentDocument', 'bankAccount'],
  'linking.notCode.${kind}': ['els', 'zhku', 'paymentDocument', 'bankAccount'],
  'accounts.badName.${read.problem}': ['empty', 'digits', 'tooLong'],
  'accounts.person.${proof}': ['address', 'code'],
  'newcomer.${outcome}': ['denied', 'gone', 'mayNot'],
  'news.topic.${item.topic}': ['outages', 'tariffs', 'services'],
  'news.topic.${topic}': ['outages', 'tariffs', 'services'],
  'reminders.kind.${kind}': [
    'readings',
    'bill',
    'due',
    'debt',
    'verification',
    'visit',
    'document',
    'request',
    'rating',
  ],
  'reminders.rating.mark.${mark}': ['1', '2', '3', '4', '5'],
  'reminders.done.${said.done}': ['readings', 'bill', 'due', 'debt', 'verification'],
  'reminders.typed.done.${kind}': ['readings', 'bill', 'due', 'debt', 'verification'],
  'reminders.answer.done.${kind}': ['readings', 'bill', 'due', 'debt', 'verification'],
  'reminders.bill.${standing.kind}': ['settled', 'overpaid', 'unknown'],
  'accountGone.${why}': ['closed', 'denied', 'self'],
  'readings.meter.${service}': ['HVS', 'GVS', 'EL', 'GAS', 'HEAT'],
  'history.chart.title.${service}': ['HVS', 'GVS', 'EL', 'GAS', 'HEAT'],
  'readings.photoWhy.${reason}': ['empty', 'tooLarge', 'notAPicture', 'unavailable', 'infected'],
  'readings.photoWhy.${known}': ['empty', 'tooLarge', 'notAPicture', 'unavailable', 'infected'],
  'readings.elsewhere.noMeter.${service}': ['HVS', 'GVS', 'EL', 'GAS', 'HEAT'],
  'readings.elsewhere.notTaken.${service}': ['HVS', 'GVS', 'EL', 'GAS', 'HEAT'],
  'readings.elsewhere.supplier.${service}': ['EL', 'GAS', 'HEAT'],
  'consultant.subject.${subject}': [
    ...['charges', 'readings', 'payment', 'account', 'documents', 'office', 'cabinet', 'other'],
  ],
  'consultant.mark.${mark}': ['1', '2', '3', '4', '5'],
  'consultant.${word.kind}': ['taken', 'passed'],
  'consultant.closed.${word.by}': ['consultant', 'silence', 'clock'],
  'desk.resident.from.${messenger}': ['telegram', 'vk'],
  'resume.matter.${matter}': [
    'readings',
    'linking',
    'confirmations',
    'accounts',
    'deletion',
    'withdrawal',
    'appointment',
    'requests',
    'papers',
  ],
  'confirmations.state.${status}': ['accepted', 'exported', 'confirmed', 'superseded'],
  'confirmations.reason.${reason}': [
    'E_LESS',
    'E_DIGITS',
    'E_IMPOSSIBLE',
    'E_METER_CLOSED',
    'E_ZONES',
    'W_VERIFICATION',
    'DUPLICATE',
    'other',
  ],
  'order.kind.${kind}': ['receipt', 'details', 'statement', 'debt', 'reconciliation', 'accountCopy', 'registered'],
  'order.way.${way}': ['now', 'chat', 'office', 'post'],
  'order.how.${way}': ['chat', 'post'],
  'order.undrawn.${place.undrawn}': ['none', 'unknown', 'stale', 'mismatch', 'unsplit', 'reversed'],
  'order.${why}': ['policy', 'needsCode'],
  'order.shows.${shows}': ['nameless', 'masked'],
  'order.fileName.${kind}': ['details', 'statement', 'debt', 'reconciliation'],
  'orders.state.${state}': [
    ...['new', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'orders.news.${how}': [
    ...['said', 'assigned', 'waiting', 'answered', 'accepted', 'rejected', 'done', 'closed', 'redirected'],
  ],
  'orders.notHere.${why}': ['policy', 'needsCode', 'unlinked'],
  'documentPdf.title.${kind}': ['statement', 'reconciliation', 'details'],
  'documentPdf.state.${state}': ['none', 'debt', 'overpaid'],
  'documentPdf.reconciliation.${name}': ['opening', 'charged', 'penalty', 'paid', 'closing'],
  'documentPdf.flow.${name}': ['opening', 'charged', 'penalty', 'paid', 'closing'],
  'documentPdf.shows.${shows}': ['nameless', 'masked'],
  'receipt.kind.${ledger.kind}': ['MAIN', 'CAPREM'],
  'receipt.kind.${kind}': ['MAIN', 'CAPREM'],
  'receipt.fileName.${kind}': ['MAIN', 'CAPREM'],
  'receipt.pdf.meterOf.${meter.service}': ['HVS', 'GVS', 'EL', 'GAS', 'HEAT'],
  'payment.codeOf.${kind}': ['MAIN', 'CAPREM'],
  'charges.head.${standing.kind}': ['unknown', 'settled', 'overpaid'],
  'charges.line.${standing.kind}': ['unknown', 'settled', 'overpaid'],
  'charges.kind.${kind}': ['MAIN', 'CAPREM'],
  'charges.basis.${known}': ['meter', 'norm', 'average', 'house', 'area', 'people'],
  'charges.mismatch.${each}': ['ROW_TOTAL', 'CLOSING'],
  'charges.payments.by.${channel}': ['FRISBI', 'BANK', 'POST', 'ONLINE'],
  'charges.why.${presence}': ['came', 'went'],
  'charges.why.up.${cause}': ['volume', 'tariff', 'multiplier', 'recalculation', 'benefit', 'penalty', 'other'],
  'charges.why.down.${cause}': ['volume', 'tariff', 'multiplier', 'recalculation', 'benefit', 'penalty', 'other'],
  'readings.photo.${reason}': ['empty', 'tooLarge', 'notAPicture', 'unavailable', 'infected'],
  'chargesExport.column.${name}': [
    ...['period', 'kind', 'service', 'supplier', 'unit', 'volume', 'basis', 'tariff', 'accrued', 'multiplier'],
    ...['recalculation', 'recalculationReason', 'benefit', 'total', 'opening', 'penalty', 'paid', 'closing'],
  ],
  'chargesExport.payments.${name}': ['paidAt', 'postedAt', 'channel', 'period', 'sum'],
  'chargesExport.payments.by.${channel}': ['FRISBI', 'BANK', 'POST', 'ONLINE'],
  'chargesExport.kind.${code}': ['MAIN', 'CAPREM'],
  'chargesExport.ready.${as}': ['pdf', 'csv'],
  'chargesExport.fileName.${as}': ['pdf', 'csv'],
  'readings.zone.${meter.zones}.${zone}': ['2.1', '2.2', '3.1', '3.2', '3.3'],
  'readings.zone.${zones}.${zone + 1}': ['2.1', '2.2', '3.1', '3.2', '3.3'],
  'readings.zone.${zones}.${first}': ['2.1', '3.1', '3.2'],
  'readings.zone.${zones}.${second}': ['2.2', '3.2', '3.3'],
}

describe('texts', () => {
  const folder = (language: string) => join('locales', language)
  const files = readdirSync(join(root, folder('ru'))).map((name) => name.slice(0, -'.json'.length))
  const keysOf = (language: string): Set<string> => {
    const keys = new Set<string>()
    const walk = (key: string, value: unknown): void => {
      if (typeof value === 'string') keys.add(key.replace(/(_plain)?(_(zero|one|two|few|many|other))?$/, ''))
      else for (const [name, inner] of Object.entries(value ?? {})) walk(`${key}.${name}`, inner)
    }
    for (const file of files.filter((name) => name !== 'intents'))
      walk(file, JSON.parse(read(join(folder(language), `${file}.json`))))
    return keys
  }

  // Effects and queries say nothing: their literals with dots name statements.
  const code = sources
    .filter((path) => !/^(bots\/sandbox|src\/(effects|queries|exchange))\//.test(path))
    .map(read)
    .join('\n')
  const literal = new RegExp(`'((?:${files.join('|')})(?:\\.\\w+)+)'`, 'g')
  const template = new RegExp(`\`((?:${files.join('|')})\\.[^\`]*\\$\\{[^\`]*)\``, 'g')
  const plain = [...code.matchAll(literal)].map(([, key = '']) => key)
  const composed = [...code.matchAll(template)].map(([, key = '']) => key)
  const used = new Set([
    ...plain,
    ...composed.flatMap((key) => (holes[key] ?? []).map((value) => key.replace(/\$\{.*\}/, value))),
  ])

  test('with keys that are put together are known, and no other', () => {
    expect(new Set(composed)).toEqual(new Set(Object.keys(holes)))
  })

  test.each(languages)('that are used exist in %s, and those that exist are used', (language) => {
    const keys = keysOf(language)
    expect([...used].filter((key) => !keys.has(key))).toEqual([])
    expect([...keys].filter((key) => !used.has(key))).toEqual([])
  })

  test.each(languages)('of buttons are at most 40 characters in %s', (language) => {
    const buttons = [...code.matchAll(/\b(?:choice|opens|leads)\(\s*'([\w.]+)'/g)].map(([, key = '']) => key)
    expect(buttons.length).toBeGreaterThan(30)
    const texts = new Map(files.map((file) => [file, JSON.parse(read(join(folder(language), `${file}.json`)))]))
    for (const key of buttons) {
      const [file = '', ...path] = key.split('.')
      const label: unknown = path.reduce((part, name) => part?.[name], texts.get(file))
      expect(String(label).length, `${key}: ${label}`).toBeLessThanOrEqual(40)
    }
  })

  test('name dialogs that there are', () => {
    const ids = new Set([...code.matchAll(/^\s+id: '(\w+)',$/gm)].map(([, id]) => id))
    for (const language of languages) {
      const { anywhere, urgent, intents, topics, names } = JSON.parse(read(join(folder(language), 'intents.json')))
      // What stands after a colon is what the dialog is opened with.
      for (const name of [anywhere, urgent, intents, topics, names].flatMap((part) => Object.keys(part))) {
        const [id, opening] = name.split(':')
        expect(ids).toContain(id)
        if (opening !== undefined) expect(code).toContain(`'${opening}'`)
      }
    }
  })
})
