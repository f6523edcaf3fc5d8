import { z } from 'zod'
import { channelPolicies } from '../domain/channelPolicy.ts'
import { parseDailyHours } from '../domain/hours.ts'
import type { Service } from '../domain/meter.ts'
import { parseReadingsWindow } from '../domain/period.ts'
import type { Rules } from '../domain/rules.ts'
import { linkSettings, linksOf } from './configLinks.ts'
import { type DeskSettings, deskOf, deskRulesOf, deskShape } from './deskSettings.ts'
import { documentRulesOf, documentShape, withDocumentDays } from './documentSettings.ts'
import { AppError } from './errors.ts'
import { fileShape } from './fileSettings.ts'
import { paymentRulesOf, type ReceiptsSettings, receiptShape, receiptsOf } from './receiptSettings.ts'
import { reminderRulesOf, reminderShape } from './reminderSettings.ts'
import { requestRulesOf, requestShape } from './requestSettings.ts'
import { parsed, telegramToken, wholeNumber } from './settingShapes.ts'
import { visitRulesOf, visitShape } from './visitSettings.ts'

/** Every setting of the product, read once. Variables, their meaning and defaults: `.env.example`. */
export interface Config {
  telegram?: { token: string; apiRoot: string }
  /** Messages a second that Telegram lets us send to all chats together. */
  telegramRate: number
  vk?: { token: string; groupId: number; apiRoot: string }
  /** The staff's forum; without it residents are told where else consultants answer. */
  desk?: DeskSettings
  /** Neither messenger is configured: local ones are started beside the product. */
  sandbox?: { port: number }
  databaseUrl?: string
  redisUrl?: string
  dataDir: string
  receipts: ReceiptsSettings
  /** Keys the hashes of activation codes; made and kept in `dataDir` when not set. */
  hashKey?: string
  proxy: { httpsProxy?: string; noProxy?: string }
  port: number
  /** On loopback: what operators look at. */
  opsPort: number
  roles: readonly Role[]
  logLevel: string
  rules: Rules
  linkLimits: { perChat: number; perAccount: number; overall: number }
  /** What looks for viruses in the files of residents: a command and its arguments, given the bytes on its standard input. */
  virusScan?: readonly string[]
}

export const roles = ['telegram', 'vk', 'consultants', 'worker'] as const
export type Role = (typeof roles)[number]

/** Fails with `CONFIG` and one line that names the first wrong variable and says what is expected. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const found = schema.safeParse(given)
  if (!found.success) {
    const [issue] = found.error.issues
    const name = String(issue?.path[0] ?? '')
    throw new AppError('CONFIG', { message: `${name}: ${expected(name, issue?.message)}` })
  }
  return configOf(found.data)
}

const expected = (name: string, message: string | undefined): string =>
  message?.startsWith('expected') ? message : `expected ${shape[name as keyof typeof shape]?.description ?? message}`

const tcpPort = (otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port < 65_536)
    .default(otherwise)
    .describe('a port from 0 to 65535')

const count = (otherwise: number) => wholeNumber(otherwise, { digits: 7 })

/** `otherwise` is read like what is given. */
const read = <Value>(parse: (given: string) => Value | undefined, otherwise: string, description: string) =>
  parsed(parse, description).prefault(otherwise)

const timeZone = (given: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone && given
  } catch {
    return undefined
  }
}

const pattern = (given: string): RegExp | undefined => {
  try {
    return new RegExp(given)
  } catch {
    return undefined
  }
}

/** Says itself what it expects: what wraps it, a default or an absence, has no description of its own. */
const url = (protocols: RegExp, description: string) => z.url({ protocol: protocols, error: `expected ${description}` })
const web = /^https?$/

const services = ['HVS', 'GVS', 'HEAT', 'EL', 'GAS'] as const satisfies readonly Service[]
const decimals = (given: string): Record<Service, number> | undefined => {
  const pairs = given.split(',').map((pair) => /^([A-Z]+):([0-3])$/.exec(pair.trim()))
  const known = new Map(pairs.map((pair) => [pair?.[1], Number(pair?.[2])]))
  if (services.some((service) => !known.has(service)) || known.size !== services.length) return undefined
  const of = (service: Service) => known.get(service) ?? 0
  return { HVS: of('HVS'), GVS: of('GVS'), HEAT: of('HEAT'), EL: of('EL'), GAS: of('GAS') }
}

const serviceList = (given: string): Service[] | undefined => {
  const asked = given.split(',').map((one) => one.trim())
  const found = services.filter((service) => asked.includes(service))
  return found.length === asked.length ? found : undefined
}

/** `EL:a supplier, its telephone;GAS:another`. */
const byService = (given: string): Partial<Record<Service, string>> | undefined => {
  if (given === '') return {}
  const pairs = given.split(';').map((pair) => /^\s*([A-Z]+):\s*(\S.*?)[\s.]*$/.exec(pair))
  const known = pairs.flatMap((pair) => {
    const service = services.find((one) => one === pair?.[1])
    return service && pair?.[2] ? [[service, pair[2]] as const] : []
  })
  return known.length === pairs.length ? Object.fromEntries(known) : undefined
}

const roleList = (given: string): Role[] | undefined => {
  const asked = given.split(',').map((role) => role.trim())
  const found = roles.filter((role) => asked.includes(role))
  return found.length === asked.length ? found : undefined
}

const channelPolicy = z.enum(channelPolicies).default('full').describe(channelPolicies.join(', '))

const telephone = z.string().max(40, 'expected a telephone number as residents read it')

const shape = {
  TELEGRAM_TOKEN: telegramToken,
  TELEGRAM_API_ROOT: url(web, 'an http(s) address').default('https://api.telegram.org'),
  TELEGRAM_MESSAGES_PER_SECOND: count(30),
  VK_TOKEN: z.string().min(10).optional().describe('a community token'),
  VK_GROUP_ID: z
    .string()
    .regex(/^[1-9]\d*$/)
    .transform(Number)
    .optional()
    .describe('the number of the community'),
  VK_API_ROOT: url(web, 'an http(s) address').default('https://api.vk.com/method'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://user:password@host:port/database').optional(),
  REDIS_URL: url(/^rediss?$/, 'redis://host:port').optional(),
  DATA_DIR: z.string().default('./data').describe('a folder'),
  HASH_KEY: z.string().min(16).optional().describe('a secret of at least 16 characters'),
  HTTPS_PROXY: url(web, 'an http(s) address of a proxy').optional(),
  NO_PROXY: z.string().optional().describe('hosts, comma-separated'),
  PORT: tcpPort(8080),
  OPS_PORT: tcpPort(9090),
  SANDBOX_PORT: tcpPort(8081),
  ROLES: read(roleList, roles.join(','), `some of ${roles.join(',')}`),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('trace, debug, info, warn, error or silent'),
  TIME_ZONE: read(timeZone, 'Asia/Yekaterinburg', 'a time zone such as Asia/Yekaterinburg'),
  READINGS_WINDOW: read(parseReadingsWindow, '1-25', 'days of the month such as 1-25'),
  READINGS_DECIMALS: read(
    decimals,
    'HVS:3,GVS:3,HEAT:3,EL:0,GAS:3',
    'decimals a service such as HVS:3,GVS:3,HEAT:3,EL:0,GAS:3',
  ),
  READINGS_SERVICES: read(serviceList, services.join(','), `some of ${services.join(',')}`),
  READINGS_ELSEWHERE: read(byService, '', 'services with where their readings go, such as EL:a name, a telephone'),
  ACCOUNT_PATTERN: read(pattern, '^\\d{10}$', 'a regular expression'),
  ACTIVATION_CODE_DAYS: count(60),
  MAILING_HOURS: read(parseDailyHours, '09:00-21:00', 'hours such as 09:00-21:00'),
  CONSULTANTS_HOURS: read(parseDailyHours, '08:00-20:00', 'hours such as 08:00-20:00'),
  CABINET_URL: url(web, 'an http(s) address').optional(),
  CENTRE_PHONE: telephone.optional(),
  ...linkSettings,
  EMERGENCY_PHONE: telephone.default('112'),
  EMERGENCY_GAS_PHONE: telephone.default('104'),
  EMERGENCY_DISPATCH_PHONE: telephone.optional(),
  ...receiptShape,
  ...deskShape,
  ...visitShape,
  ...documentShape,
  ...requestShape,
  ...fileShape,
  ...reminderShape,
  CHANNEL_POLICY_TELEGRAM: channelPolicy,
  CHANNEL_POLICY_VK: channelPolicy,
  LINK_FAILURES_PER_CHAT: count(5),
  LINK_FAILURES_PER_ACCOUNT: count(10),
  LINK_FAILURES_PER_HOUR: count(500),
}

const schema = z
  .object(shape)
  .refine((env) => env.VK_TOKEN === undefined || env.VK_GROUP_ID !== undefined, {
    path: ['VK_GROUP_ID'],
    message: 'expected the number of the community that VK_TOKEN belongs to',
  })
  .refine((env) => (env.CONSULTANTS_TOKEN === undefined) === (env.CONSULTANTS_CHAT_ID === undefined), {
    path: ['CONSULTANTS_CHAT_ID'],
    message: 'expected together with CONSULTANTS_TOKEN: the forum that its bot works in',
  })
  .refine((env) => env.DATABASE_URL === undefined || env.HASH_KEY !== undefined, {
    path: ['HASH_KEY'],
    message: 'expected a secret of at least 16 characters, the same on every machine that uses DATABASE_URL',
  })

function configOf(env: z.infer<typeof schema>): Config {
  const { TELEGRAM_TOKEN, VK_TOKEN, VK_GROUP_ID } = env
  const desk = deskOf(env, env.TELEGRAM_API_ROOT)
  return {
    ...(TELEGRAM_TOKEN !== undefined && { telegram: { token: TELEGRAM_TOKEN, apiRoot: env.TELEGRAM_API_ROOT } }),
    telegramRate: env.TELEGRAM_MESSAGES_PER_SECOND,
    ...(VK_TOKEN !== undefined &&
      VK_GROUP_ID !== undefined && { vk: { token: VK_TOKEN, groupId: VK_GROUP_ID, apiRoot: env.VK_API_ROOT } }),
    ...(desk && { desk }),
    ...(TELEGRAM_TOKEN === undefined && VK_TOKEN === undefined && { sandbox: { port: env.SANDBOX_PORT } }),
    ...(env.DATABASE_URL !== undefined && { databaseUrl: env.DATABASE_URL }),
    ...(env.REDIS_URL !== undefined && { redisUrl: env.REDIS_URL }),
    dataDir: env.DATA_DIR,
    receipts: receiptsOf(env),
    ...(env.HASH_KEY !== undefined && { hashKey: env.HASH_KEY }),
    proxy: {
      ...(env.HTTPS_PROXY !== undefined && { httpsProxy: env.HTTPS_PROXY }),
      ...(env.NO_PROXY !== undefined && { noProxy: env.NO_PROXY }),
    },
    port: env.PORT,
    opsPort: env.OPS_PORT,
    roles: env.ROLES,
    logLevel: env.LOG_LEVEL,
    rules: {
      timeZone: env.TIME_ZONE,
      readingsWindow: env.READINGS_WINDOW,
      acceptDecimals: env.READINGS_DECIMALS,
      readingsServices: env.READINGS_SERVICES,
      readingsElsewhere: env.READINGS_ELSEWHERE,
      accountPattern: env.ACCOUNT_PATTERN,
      activationCodeDays: env.ACTIVATION_CODE_DAYS,
      mailingHours: env.MAILING_HOURS,
      consultantsHours: env.CONSULTANTS_HOURS,
      desk: deskRulesOf(env),
      visits: visitRulesOf(env),
      documents: documentRulesOf(env),
      requests: withDocumentDays(requestRulesOf(env), env),
      reminders: reminderRulesOf(env),
      hasDesk: desk !== undefined,
      ...(env.CABINET_URL !== undefined && { cabinetUrl: env.CABINET_URL }),
      ...(env.CENTRE_PHONE !== undefined && { phone: env.CENTRE_PHONE }),
      payment: paymentRulesOf(env),
      ...linksOf(env),
      channelPolicy: { telegram: env.CHANNEL_POLICY_TELEGRAM, vk: env.CHANNEL_POLICY_VK },
      emergency: {
        phone: env.EMERGENCY_PHONE,
        gasPhone: env.EMERGENCY_GAS_PHONE,
        ...(env.EMERGENCY_DISPATCH_PHONE !== undefined && { dispatchPhone: env.EMERGENCY_DISPATCH_PHONE }),
      },
    },
    linkLimits: {
      perChat: env.LINK_FAILURES_PER_CHAT,
      perAccount: env.LINK_FAILURES_PER_ACCOUNT,
      overall: env.LINK_FAILURES_PER_HOUR,
    },
    ...(env.VIRUS_SCAN_COMMAND && { virusScan: env.VIRUS_SCAN_COMMAND }),
  }
}
