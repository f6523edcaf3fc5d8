import type { z } from 'zod'
import { defineDialog, type Here } from '../engine/dialog.ts'
import { goTo, type Step } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { accountPlace } from './requestsAccount.ts'
import { addPlace, reopenPlace } from './requestsAdding.ts'
import { dropPlace, filesPlace } from './requestsDraft.ts'
import { draftHere } from './requestsHere.ts'
import { listPlace, sentBefore } from './requestsList.ts'
import { requestsNews } from './requestsNews.ts'
import { notOursPlace } from './requestsNotOurs.ts'
import { onePlace, solved } from './requestsOne.ts'
import { opening, type Place, place } from './requestsPlaces.ts'
import { commentPlace, declined, marked, ratePlace } from './requestsRating.ts'
import { sentPlace } from './requestsSent.ts'
import { topicPlace } from './requestsTopic.ts'
import { gatheredPlace, writePlace } from './requestsWriting.ts'

/**
 * Обращения: what it is about and which account, then words and files in as many messages as he likes, until it is sent under a number; what was sent
 * before, and what has become of it.
 */
export const requests = defineDialog<Place>({
  id: 'requests',
  version: 1,
  needs: 'consent',
  place,
  begin: async (here): Promise<Step<Place>> => {
    const wanted = opening.safeParse(here.opening).data
    if (wanted === 'list') return goTo({ at: 'list' })
    if (typeof wanted === 'object') return to(wanted)
    const begun = await begunHere(here)
    if (begun) return begun
    return wanted === undefined && (await sentBefore(here)).length > 0 ? goTo({ at: 'list' }) : goTo({ at: 'topic' })
  },
  places: {
    list: listPlace,
    topic: topicPlace,
    notOurs: notOursPlace,
    account: accountPlace,
    write: writePlace,
    gathered: gatheredPlace,
    files: filesPlace,
    drop: dropPlace,
    sent: sentPlace,
    one: onePlace,
    add: addPlace,
    reopen: reopenPlace,
    rate: ratePlace,
    comment: commentPlace,
  },
  news: requestsNews,
})

type OneOpened = Extract<z.infer<typeof opening>, { request: string }>

function to({ request, to: what, mark, declined: isDeclined }: OneOpened): Step<Place> {
  if (mark !== undefined) return marked(request, mark)
  if (isDeclined) return declined(request)
  switch (what) {
    case 'add':
      return goTo({ at: 'add', request, messages: 0, files: 0 })
    case 'reopen':
    case 'rate':
    case 'sent':
      return goTo({ at: what, request })
    case 'solved':
      return solved(request)
    default:
      return goTo({ at: 'one', request })
  }
}

/** What he began to write and did not send. */
async function begunHere(here: Here<unknown>): Promise<Step<Place> | undefined> {
  const draft = await draftHere(here)
  if (!draft || draft.lines.length === 0) return undefined
  return goTo({ at: 'gathered', draft: draft.id }, text('requests.begun'))
}
