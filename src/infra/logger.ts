import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

export type { Logger } from 'pino'

/**
 * What a log line may never hold, wherever it stands: tokens, numbers of accounts, names, addresses, message bodies.
 * Lines are made of codes, ids and counts; these paths and `withoutSecrets` are the second fence.
 */
const hiddenKeys = [
  'text',
  'caption',
  'label',
  'payload',
  'token',
  'name',
  'address',
  'number',
  'phone',
  'state',
  'body',
  'ref',
  'url',
]

/** A logger of one-line JSON. Secrets known from the configuration are cut out of every string, errors' stacks included. */
export function openLogger(
  { level = 'info', secrets = [] }: { level?: string; secrets?: string[] },
  destination?: DestinationStream,
): Logger {
  const hidden = withoutSecrets(secrets.filter((secret) => secret.length > 0))
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: hiddenKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
      serializers: { err: (error: unknown) => errorFacts(error, hidden) },
      hooks: { streamWrite: hidden },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  )
}

const withoutSecrets = (secrets: string[]) => (line: string) =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), line)

interface ErrorFacts {
  type: string
  code?: string
  facts?: unknown
  stack: string[]
  cause?: ErrorFacts
}

/**
 * An error as it may be logged: its type, its code and where it was thrown. Its message is left out: libraries put queries,
 * values and addresses of servers with tokens into messages.
 */
function errorFacts(error: unknown, hidden: (text: string) => string, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] }
  const code: unknown = Reflect.get(error, 'code')
  const facts: unknown = Reflect.get(error, 'facts')
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    ...(facts !== undefined && { facts }),
    stack: stack.slice(0, 8).map((line) => hidden(line.trim())),
    ...(error.cause !== undefined && depth < 4 && { cause: errorFacts(error.cause, hidden, depth + 1) }),
  }
}
