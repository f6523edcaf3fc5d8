import type { Api } from 'grammy'
import type { Delivered, DeliveryContext } from '../../src/engine/channel.ts'
import type { Log } from '../../src/infra/backOff.ts'
import { judge } from './answers.ts'
import type { Shown } from './asked.ts'
import { albumPieces } from './limits.ts'
import type { Call, FileCall } from './render.ts'
import { piecesTogether, sendAlbum } from './sendAlbum.ts'
import { sendFile } from './sendFile.ts'
import { showText } from './sendText.ts'

/**
 * Performs the calls of one delivery in order, without those that an earlier try has done, and stops at the first that shows
 * nothing. Files beside one another go as albums, a message each; of a refused one each goes by itself. A refused file is replaced by its words,
 * the rest follows, and the refusal is told at the end.
 * Telegram knows no id of ours: a message whose answer was lost is shown again by the next try.
 */
export async function send(api: Api, calls: Call[], delivery: DeliveryContext, log: Log): Promise<Delivered> {
  const delivered: Delivered = { messages: [], fileRefs: [] }
  for await (const [call, { message, ref, failure }] of performed(
    api,
    calls.slice(delivery.partsDone),
    delivery,
    log,
  )) {
    if (message !== undefined) delivered.messages.push(message)
    if (call.kind === 'file' && ref !== undefined) delivered.fileRefs.push({ file: call.file.id, ref })
    if (failure) delivered.failure = failure
    if (failure && message === undefined) break
  }
  return delivered
}

async function* performed(api: Api, calls: Call[], delivery: DeliveryContext, log: Log): AsyncGenerator<[Call, Shown]> {
  for (let at = 0; at < calls.length; ) {
    const files = filesFrom(calls, at)
    const [call = calls[at]] = files
    if (!call) return
    if (files.length > 1) yield* together(api, files, delivery, log)
    else yield [call, await perform(api, call, delivery, log)]
    at += Math.max(files.length, 1)
  }
}

/** The files from there on that may be of one album, for none has buttons under it. */
function filesFrom(calls: readonly Call[], at: number): FileCall[] {
  const files: FileCall[] = []
  for (const call of calls.slice(at, at + albumPieces)) {
    if (call.kind !== 'file' || call.payload.reply_markup) break
    files.push(call)
  }
  return files
}

async function* together(
  api: Api,
  files: readonly FileCall[],
  delivery: DeliveryContext,
  log: Log,
): AsyncGenerator<[FileCall, Shown]> {
  for (const pieces of await piecesTogether(files, delivery)) {
    const album = pieces.length > 1 ? await sendAlbum(api, pieces, log) : undefined
    for (const [nth, { call }] of pieces.entries()) {
      const shown = album && ('failure' in album ? album : album[nth])
      yield [call, shown ?? (await sendFile(api, call, delivery, log))]
    }
  }
}

async function perform(api: Api, call: Call, delivery: DeliveryContext, log: Log): Promise<Shown> {
  switch (call.kind) {
    case 'message':
      return showText(api, call, log)
    case 'file':
      return sendFile(api, call, delivery, log)
    case 'typing':
      return heeded(api.raw.sendChatAction(call.payload), 'sendChatAction')
    case 'erase':
      return heeded(api.raw.deleteMessage(call.payload), 'deleteMessage')
  }
}

/** A sign or an erasure that Telegram refuses is let be; only what may go better later is told. */
async function heeded(call: Promise<unknown>, method: string): Promise<Shown> {
  try {
    await call
    return {}
  } catch (error) {
    const verdict = judge(error, method, {})
    const later = method === 'deleteMessage' && verdict.kind === 'failed' && verdict.error.retry !== 'never'
    return later && verdict.kind === 'failed' ? { failure: verdict.error } : {}
  }
}
