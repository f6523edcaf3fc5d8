/** Every code by which a failure of the world (never of a resident) is known. Grep a code to find who raises it and why. */
export const errorCodes = {
  CONFIG: 'a setting is missing or wrong',
  DATABASE_DOWN: 'PostgreSQL does not answer',
  CHAT_BLOCKED: 'the resident does not let us write to this chat',
  RATE_LIMITED: 'the platform asks us to slow down',
  PLATFORM_DOWN: 'the platform does not answer, or answers with a fault of its own',
  PLATFORM_REFUSED: 'the platform refuses a call as wrong: our bug',
  TOPIC_GONE: 'a topic of the staff forum has been deleted',
  TOPIC_CLOSED: 'a topic of the staff forum is closed',
  MESSAGE_GONE: 'a message that was to be changed or pinned is there no more',
  NO_RIGHTS: 'the staff forum does not let us do this, or let us in any more',
  FILE_TOO_LARGE: 'a file is larger than the platform hands out',
  FILE_GONE: 'the platform does not have the file any more',
  SCANNER_AWAY: 'the virus scanner cannot be asked',
  BAD_FILE: 'an exchange file is refused as a whole',
  EXPORT_BUSY: 'another export of the same kind is under way',
  NOT_IN_ENCODING: 'a value has characters that the encoding of the file has not',
} as const

export type ErrorCode = keyof typeof errorCodes

/**
 * What the world does wrong. `retry` says whether to try the same again: never, or after so many milliseconds.
 * `facts` hold names of methods, codes and shapes; never tokens, names, numbers of accounts or message texts.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retry: 'never' | number
  readonly facts: Record<string, string | number | boolean>

  constructor(
    code: ErrorCode,
    options: { message?: string; retry?: 'never' | number; facts?: AppError['facts']; cause?: unknown } = {},
  ) {
    super(options.message ?? errorCodes[code], { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.retry = options.retry ?? 'never'
    this.facts = options.facts ?? {}
  }
}
