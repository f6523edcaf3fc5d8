import type { Paper } from '../domain/papers/matters.ts'
import { opening } from '../domain/papers/progress.ts'
import type { PlaceRules } from '../engine/dialog.ts'
import { choice, finish, goTo, open, opens, perform, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import { linkedOne } from './accountNames.ts'
import { anew, type Draft, draftHere, nextPlace } from './papersDraft.ts'
import type { At, Next, Place } from './papersPlaces.ts'
import { saidStop } from './papersStop.ts'
import { factLines, titleOf } from './papersTexts.ts'
import { yesOrNo } from './yesOrNo.ts'

/** All that is to be sent, once more before it is. */
export const checkPlace: PlaceRules<At<'check'>, Place> = {
  whole: true,
  takesCancel: true,
  idle: { minutes: 120, text: text('papers.notSent') },
  ask: async (here) => {
    const { of } = here.place
    const draft = await own(here)
    if (!draft) return screen(text('papers.sentOrGone'), [opens('documents.mine', 'papers', 'mine')])
    const { files, words, claimant } = draft
    const account = draft.accountId === undefined ? undefined : await linkedOne(here, draft.accountId)
    const lines: Text[] = [
      ...(account ? [text('accounts.line', { address: account.line })] : []),
      ...(draft.address === undefined ? [] : [text('papers.addressLine', { address: draft.address })]),
      ...(claimant ? [text('papers.claimantLine', { claimant: text(`papers.claimant.${claimant}`) })] : []),
      ...factLines(draft),
      ...(claimant ? opening[claimant].map((paper) => paperLine(paper, draft)) : []),
      text('papers.filesLine', { count: files.length }),
      ...words.map((said) => text('papers.wordsLine', { words: said })),
    ]
    return screen(
      [
        text('papers.checkTitle', { title: titleOf({ kind: of, ...(draft.matter && { subject: draft.matter }) }) }),
        text('common.lines', { lines }),
        text('papers.checkQuestion'),
      ],
      [
        choice('papers.send', 'yes'),
        ...(claimant
          ? opening[claimant].map((paper) => choice(paperName(paper), { paper }))
          : [choice('papers.addFiles', 'add')]),
        ...(of === 'account' ? [choice('papers.otherAddress', 'address')] : []),
        choice('papers.beginAnew', 'anew'),
      ],
    )
  },
  answer: async (here): Promise<Next> => {
    const { said, place } = here
    const { of } = place
    if (saidStop(said)) return finish(text('papers.stopped'))
    const chosen = said.kind === 'choice' ? said.value : undefined
    if (chosen === 'anew') return anew(of)
    if (chosen === 'address') return goTo({ at: 'address' })
    if (chosen === 'add') return goTo({ at: 'gather' })
    const draft = await own(here)
    const paper = draft?.claimant && opening[draft.claimant].find((one) => isPaper(chosen, one))
    if (paper) return goTo({ at: 'paper', paper })
    if (yesOrNo(said) !== true) return unclear
    return perform({ effect: 'sendRequest', input: { draft: place.draft } }, async (outcome, fresh): Promise<Next> => {
      if (outcome.kind === 'sent') return open('papers', { opening: { sent: outcome.id } })
      const next = await nextPlace(fresh, of)
      if (outcome.kind !== 'empty')
        return goTo(next.at === 'check' ? { at: 'matter' } : next, text(`papers.${outcome.kind}`))
      const first = draft?.claimant && opening[draft.claimant][0]
      return goTo(first ? { at: 'paper', paper: first } : next, text('papers.empty'))
    })
  },
  example: text('papers.exampleCheck'),
}

const isPaper = (chosen: unknown, paper: string): boolean =>
  typeof chosen === 'object' && chosen !== null && 'paper' in chosen && chosen.paper === paper

/** The draft that is to be sent here; another one may have been begun since. */
async function own(here: At<'check'>): Promise<Draft | undefined> {
  const draft = await draftHere(here, here.place.of)
  return draft?.id === here.place.draft ? draft : undefined
}

const paperName = (paper: Paper): Text => text(`papers.paperName.${paper}`)

function paperLine(paper: Paper, { files }: Draft): Text {
  const count = files.filter((file) => file.paper === paper).length
  const name = paperName(paper)
  return count > 0 ? text('papers.paperFiles', { paper: name, count }) : text('papers.paperNone', { paper: name })
}
