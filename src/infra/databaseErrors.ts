import { AppError } from './errors.ts'

/** PostgreSQL's and Prisma's codes: deadlock, serialization failure, lock not available, Prisma's transaction time-out and write conflict. */
const conflicts = new Set(['40P01', '40001', '55P03', 'P2028', 'P2034'])

/** Prisma's codes and the adapter's kinds of a lost connection, Node's codes of a broken wire, PostgreSQL's of no room. */
const downs = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  ...['53000', '53100', '53200', '53300', '25P03', '57P01', '57P02', '57P03', '57P05'],
])

/** What pg says without a code. */
const downMessages = [
  /^Connection terminated/,
  /^Client has encountered a connection error/,
  /^Client was closed and is not queryable/,
  /^timeout exceeded when trying to connect/,
]

/** Two pieces of work stood in each other's way and this one was undone: run it again at once. */
export function isConflict(error: unknown): boolean {
  return causes(error).some(({ codes }) => codes.some((code) => conflicts.has(code)))
}

/**
 * PostgreSQL is away, starting or out of room: wait and try again. Whether a commit under way was done is not known then;
 * the work must be able to find out.
 */
export function isDatabaseDown(error: unknown): boolean {
  return causes(error).some(
    ({ codes, message }) =>
      codes.some((code) => downs.has(code) || code.startsWith('08')) ||
      downMessages.some((known) => known.test(message)),
  )
}

/** Whether the same work may succeed when it is tried again, at once or later. */
export function isTransient(error: unknown): boolean {
  return isConflict(error) || isDatabaseDown(error)
}

interface Cause {
  codes: string[]
  message: string
}

/** An error, what it was caused by, and what the adapter put into `meta` of Prisma's. */
function causes(error: unknown, depth = 0): Cause[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  if (error instanceof AppError && error.code === 'DATABASE_DOWN') return [{ codes: ['P1001'], message: '' }]
  const codes = ['code', 'originalCode', 'kind']
    .map((name) => Reflect.get(error, name))
    .filter((code) => typeof code === 'string')
  const message: unknown = Reflect.get(error, 'message')
  const meta: unknown = Reflect.get(error, 'meta')
  const inner = typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'driverAdapterError') : undefined
  return [
    { codes, message: typeof message === 'string' ? message : '' },
    ...causes(Reflect.get(error, 'cause'), depth + 1),
    ...causes(inner, depth + 1),
  ]
}
