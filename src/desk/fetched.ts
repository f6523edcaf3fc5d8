import { AppError } from '../infra/errors.ts'

/** Bytes of a file, or the code of why they cannot be had (`FILE_TOO_LARGE`, `FILE_GONE`). Fails with what may go better later. */
export async function fetched(fetch: () => Promise<Uint8Array>): Promise<{ bytes: Uint8Array } | { failure: string }> {
  try {
    return { bytes: await fetch() }
  } catch (error) {
    if (!(error instanceof AppError) || error.retry !== 'never') throw error
    return { failure: error.code }
  }
}
