import { showsPayer } from '../domain/channelPolicy.ts'
import type { DrawnDocument } from '../domain/documents/drawn.ts'
import type { DocumentFacts } from '../domain/documents/judge.ts'
import type { DrawnKind } from '../domain/documents/kinds.ts'
import type { LocalDate } from '../domain/localDate.ts'
import type { Period } from '../domain/period.ts'
import type { Rules } from '../domain/rules.ts'
import { type ChatId, messengerOf } from '../engine/event.ts'
import type { DocumentDrawing, OrderFileDrawing } from '../engine/outgoing.ts'
import type { Words } from '../engine/text.ts'
import { documentPdf } from './documents/documentPdf.ts'
import type { Draughtsman } from './drawn.ts'

/**
 * Documents that residents have asked for, as they are sent: drawn ones, as long as the billing tells what it told when they were given their number, and
 * those that staff has made. Each is given away only where the messenger may carry it, to whom it is meant for, at that moment.
 */
export function documentDraughtsmen(deps: {
  words: Words
  rules: Rules
  /** Whether the person in a chat may be sent an account's sums at this moment. */
  maySee(chat: ChatId, accountId: number): Promise<boolean>
  /** Whether a document is his, and names nobody to whom nothing was proved. */
  maySeeDocument(chat: ChatId, number: number): Promise<boolean>
  maySeeOrderFile(chat: ChatId, file: OrderFileDrawing): Promise<boolean>
  document(number: number): Promise<DrawnDocument | undefined>
  facts(
    accountId: number,
    of: { kind: DrawnKind; months?: { from: Period; to: Period } | undefined },
    day: LocalDate,
  ): Promise<DocumentFacts & { digest: string }>
  codeOf(document: DrawnDocument): string
  /** The bytes of a stored file; none of one that is not there. */
  stored(file: string): Promise<Uint8Array>
}): { document: Draughtsman<DocumentDrawing>; orderFile: Draughtsman<OrderFileDrawing> } {
  const { words, rules } = deps
  const mayCarryNames = (chat: ChatId) => showsPayer(rules.channelPolicy[messengerOf(chat)])
  return {
    document: {
      async maySee(chat, { number }) {
        const document = await deps.document(number)
        if (!document || (document.shows !== 'masked' && !mayCarryNames(chat))) return false
        return (await deps.maySee(chat, document.accountId)) && deps.maySeeDocument(chat, number)
      },
      async draw({ number }) {
        const document = await deps.document(number)
        if (!document) throw new Error('there is no such document')
        const { accountId, drawnOn, digest, language } = document
        const { digest: now, ...facts } = await deps.facts(accountId, document, drawnOn)
        if (now !== digest) throw new Error('the billing tells something else than the document')
        return documentPdf({
          ...{ document, facts, rules, code: deps.codeOf(document) },
          say: (key, values) => words.plain(language, { key, ...(values && { values }) }),
        })
      },
    },
    orderFile: {
      maySee: async (chat, drawing) => mayCarryNames(chat) && deps.maySeeOrderFile(chat, drawing),
      async draw({ file }) {
        const bytes = await deps.stored(file)
        if (bytes.length === 0) throw new Error('the file is not there yet')
        return bytes
      },
    },
  }
}
