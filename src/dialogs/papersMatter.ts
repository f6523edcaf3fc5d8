import { calledSo } from '../domain/accountName.ts'
import { choosable } from '../domain/papers/matters.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { choice, goTo, open, opens, perform, screen, unclear } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { labelOf, linkedHere } from './accountNames.ts'
import { anew, draftHere, keep, nextPlace } from './papersDraft.ts'
import type { At, Next, Place } from './papersPlaces.ts'
import { titleOf } from './papersTexts.ts'

/** Something of the kind was begun before, here or in the other messenger. */
export const unsentPlace: PlaceRules<At<'unsent'>, Place> = {
  ask: async (here) => {
    const { of } = here.place
    const draft = await draftHere(here, of)
    const title = titleOf({ kind: of, ...(draft?.matter && { subject: draft.matter }) })
    return screen(text('papers.unsent', { title, count: draft?.files.length ?? 0 }), [
      choice('papers.goOn', 'goOn'),
      choice('papers.beginAnew', 'anew'),
      // There is another draft for anything else.
      ...(of === 'account' ? [choice('papers.otherMatter', 'other')] : []),
    ])
  },
  answer: async (here): Promise<Next> => {
    const { said, place } = here
    const { of, booking } = place
    if (said.kind !== 'choice') return unclear
    if (said.value === 'other') return goTo({ at: 'matter' })
    if (said.value === 'goOn') return goTo(await nextPlace(here, of))
    if (booking === undefined) return anew(of)
    return perform({ effect: 'dropDraft', input: { of } }, (_, fresh): Promise<Next> => beginVisit(fresh, booking))
  },
  example: text('papers.exampleUnsent'),
}

/** Whoever comes for it a second time wants to know how it stands, more often than to open another one. */
export const underwayPlace: PlaceRules<At<'underway'>, Place> = {
  ask: async ({ place: { request: id }, resident, queries }) => {
    const request = resident && (await queries.requests.one(resident.id, { id }))
    return screen(request ? text('papers.underway', { number: request.number }) : text('papers.noSuch'), [
      ...(request
        ? [
            opens('papers.show', 'papers', { request: id }),
            opens('papers.addMore', 'papers', { request: id, more: true }),
          ]
        : []),
      choice('papers.another', 'another'),
    ])
  },
  answer: ({ said }): Next => (said.kind === 'choice' ? goTo({ at: 'address' }) : unclear),
  example: text('papers.exampleUnderway'),
}

/** What the papers are for. */
export const matterPlace: PlaceRules<At<'matter'>, Place> = {
  ask: () =>
    screen(text('papers.askMatter'), [
      choice('papers.matter.account', 'account'),
      ...choosable.map((matter) => choice(text(`papers.matter.${matter}`), matter)),
    ]),
  answer: async (here): Promise<Next> => {
    const { said } = here
    if (said.kind !== 'choice') return unclear
    if (said.value === 'account') return beginOpening(here)
    const matter = choosable.find((one) => one === said.value)
    return matter ? keep('papers', { subject: matter, accountId: await onlyAccount(here) }) : unclear
  },
  example: text('papers.exampleMatter'),
}

/** Which account they are about. */
export const accountPlace: PlaceRules<At<'account'>, Place> = {
  ask: async (here) => {
    const linked = await linkedHere(here)
    if (linked.length > 0)
      return screen(
        text('papers.askAccount'),
        linked.map((one) => choice(labelOf(one), one.id)),
      )
    return screen(text('papers.noAccount'), [
      choice('papers.link', 'link'),
      choice('papers.openAccount', 'open'),
      opens('menu.appointment', 'appointment', 'new'),
    ])
  },
  answer: async (here): Promise<Next> => {
    const { said } = here
    if (said.kind === 'choice' && said.value === 'link') return open('linking', { comesBack: true })
    if (said.kind === 'choice' && said.value === 'open') return beginOpening(here)
    const linked = await linkedHere(here)
    const chosen =
      said.kind === 'text'
        ? calledSo(said.text, linked)
        : linked.find(({ id }) => said.kind === 'choice' && said.value === id)
    return chosen ? keep('papers', { accountId: chosen.id }) : unclear
  },
  example: text('whichAccount.example'),
}

/** Whose account it is can be changed only by whoever holds its receipt: by the code on it, or at the office with a passport (domain rules, §9). */
export const codePlace: PlaceRules<At<'code'>, Place> = {
  ask: () =>
    screen(text('papers.askCode'), [
      choice('papers.haveCode', 'code'),
      opens('menu.appointment', 'appointment', 'new'),
      opens('menu.consultant', 'consultant'),
    ]),
  answer: ({ said }): Next =>
    said.kind === 'choice' ? open('linking', { opening: 'code', comesBack: true }) : unclear,
  example: text('papers.exampleCode'),
}

/** The only account there is need not be asked for. */
export async function onlyAccount(here: Here<unknown>): Promise<number | undefined> {
  const [only, another] = await linkedHere(here)
  return another ? undefined : only?.id
}

/** Papers for an account to be opened: what was begun, or has been sent and is being looked at, comes first. */
export async function beginOpening(here: Here<unknown>): Promise<Next> {
  if (await draftHere(here, 'account')) return goTo({ at: 'unsent', of: 'account' })
  const { resident, queries } = here
  const sent = resident && (await queries.requests.open(resident.id)).find(({ kind }) => kind === 'account')
  return goTo(sent ? { at: 'underway', request: sent.id } : { at: 'address' })
}

/** Papers for a visit that is booked; what was begun for another matter does not get lost for it. */
export async function beginVisit(here: Here<unknown>, booking: string): Promise<Next> {
  const draft = await draftHere(here, 'papers')
  if (draft?.matter && draft.bookingId !== booking) return goTo({ at: 'unsent', of: 'papers', booking })
  return keep('papers', { subject: 'visit', bookingId: booking, accountId: await onlyAccount(here) })
}
