import { talkOf } from '../src/desk/talk.ts'
import { documentKinds, namesPeople } from '../src/domain/documents/kinds.ts'
import type { Words } from '../src/engine/text.ts'
import type { Draughtsmen } from '../src/files/drawn.ts'
import { chargesDraughtsmen } from '../src/files/drawnCharges.ts'
import { consumptionDraughtsman } from '../src/files/drawnConsumption.ts'
import { documentDraughtsmen } from '../src/files/drawnDocuments.ts'
import { receiptDraughtsmen } from '../src/files/drawnReceipts.ts'
import { transcriptDraughtsman } from '../src/files/drawnTranscript.ts'
import { visitDraughtsman } from '../src/files/drawnVisit.ts'
import { mayBeSentSums } from '../src/files/mayBeSentSums.ts'
import { openReceiptStore } from '../src/files/receiptStore.ts'
import type { FileStore } from '../src/files/store.ts'
import type { Config } from '../src/infra/config.ts'
import type { Sql } from '../src/infra/database.ts'
import { documentCode } from '../src/infra/documentCode.ts'
import { bookingIn, bookingNamed } from '../src/queries/bookings.ts'
import { chargesFile, chargesPicture } from '../src/queries/chargesFile.ts'
import { documentFacts } from '../src/queries/documentFacts.ts'
import { documentNumbered, maySeeDocument, maySeeOrderFile } from '../src/queries/documents.ts'
import { maySee, metersWithPast } from '../src/queries/history.ts'
import { isReceiptOf, receiptsOf, toPay } from '../src/queries/receipts.ts'
import { maySeeTalk } from '../src/queries/talk.ts'

/** All that is drawn on its way out, wired to what is read of it. */
export function draughtsmenOver({
  sql,
  words,
  config,
  hashKey,
  files,
}: {
  sql: Sql
  words: Words
  config: Config
  hashKey: string
  files: Pick<FileStore, 'open'>
}): Draughtsmen {
  const consumption = consumptionDraughtsman({
    words,
    maySee: (chat, accountId) => maySee(sql, chat, accountId),
    metersWithPast: (accountId, present) => metersWithPast(sql, accountId, present),
  })
  const mayBeSent = mayBeSentSums(config.rules, (chat, accountId) => maySee(sql, chat, accountId, 2))
  const receipts = receiptDraughtsmen({
    words,
    rules: config.rules,
    maySee: mayBeSent,
    ofMonth: (accountId, period, day) => receiptsOf(sql, accountId, period, day),
    toPay: (accountId, day) => toPay(sql, accountId, day),
    isReceiptOf: (accountId, sha256) => isReceiptOf(sql, accountId, sha256),
    store: openReceiptStore(config.receipts.folder),
  })
  const charges = chargesDraughtsmen({
    words,
    maySee: mayBeSent,
    picture: (...of) => chargesPicture(sql, ...of),
    file: (...of) => chargesFile(sql, ...of),
  })
  const transcript = transcriptDraughtsman({
    words,
    timeZone: config.rules.timeZone,
    maySee: (chat, handOff) => maySeeTalk(sql, chat, handOff),
    talk: (handOff, upTo) => talkOf(sql, handOff, upTo),
  })
  const visit = visitDraughtsman({
    ...{ words, rules: config.rules },
    visit: (chat, booking) => bookingIn(sql, chat, booking),
    anyVisit: (booking) => bookingNamed(sql, booking),
  })
  const documents = documentDraughtsmen({
    ...{ words, rules: config.rules, maySee: mayBeSent },
    maySeeDocument: (chat, number) => maySeeDocument(sql, chat, number),
    maySeeOrderFile: (chat, file) => maySeeOrderFile(sql, chat, file, documentKinds.filter(namesPeople)),
    document: (number) => documentNumbered(sql, number),
    facts: (...of) => documentFacts(sql, ...of),
    codeOf: (document) => documentCode(document, hashKey),
    stored: async (file) => (await files.open(file, 'telegram')).bytes(),
  })
  return { consumption, ...charges, ...receipts, ...documents, transcript, visit }
}
