import { facts, type Matter, matterOf, papers } from '../domain/papers/matters.ts'
import { claimants, matterStep, openingStep, type SoFar } from '../domain/papers/progress.ts'
import type { RequestFile } from '../domain/requests/lines.ts'
import type { EffectInput } from '../effects/registry.ts'
import { goTo, type Here, type Json, perform } from '../engine/dialog.ts'
import type { Text } from '../engine/text.ts'
import type { Next, Of, Place } from './papersPlaces.ts'

/** What a resident has prepared and not sent. */
export interface Draft extends SoFar {
  id: string
  matter: Matter | undefined
  accountId: number | undefined
  bookingId: string | undefined
  files: RequestFile[]
  words: string[]
}

export async function draftHere({ resident, queries }: Here<unknown>, of: Of): Promise<Draft | undefined> {
  const found = resident && (await queries.requests.draft(resident.id, of))
  if (!found) return undefined
  const { id, subject, accountId, bookingId, lines } = found
  return {
    ...{ id, matter: matterOf(subject), accountId, bookingId },
    ...said(found.details),
    files: lines.flatMap(({ files }) => files),
    words: lines.flatMap(({ text }) => text || []),
  }
}

/** The answers stand in the request's details, each under its own name. */
export function said(details: { [name: string]: unknown }): SoFar {
  const { address, claimant } = details
  const known = <Name extends string, Value>(names: readonly Name[], is: (value: unknown) => value is Value) =>
    Object.fromEntries(names.flatMap((name) => (is(details[name]) ? [[name, details[name]]] : []))) as Partial<
      Record<Name, Value>
    >
  return {
    address: typeof address === 'string' ? address : undefined,
    claimant: claimants.find((one) => one === claimant),
    papers: known(papers, (value) => value === 'given' || value === 'none'),
    facts: known(facts, (value) => typeof value === 'string' || value === null),
  }
}

/** Where the draft goes on. */
export async function nextPlace(here: Here<unknown>, of: Of): Promise<Place> {
  const draft = await draftHere(here, of)
  if (of === 'account') {
    if (!draft) return { at: 'address' }
    const step = openingStep(draft)
    return step.at === 'check' ? { at: 'check', of, draft: draft.id } : step
  }
  if (!draft?.matter) return { at: 'matter' }
  return matterStep(draft.matter, await proofOf(here, draft), draft)
}

async function proofOf({ resident, queries }: Here<unknown>, { accountId }: Draft) {
  return resident && accountId !== undefined ? queries.accounts.proof(resident.id, accountId) : undefined
}

type Kept = Omit<EffectInput<'keepDraft'>, 'of' | 'written'>

/** Keeps an answer and goes on. */
export const keep = (of: Of, answer: Kept, notice?: Text): Next =>
  perform(
    { effect: 'keepDraft', input: { of, ...answer } },
    async (_, fresh): Promise<Next> => goTo(await nextPlace(fresh, of), notice),
  )

export const keepDetails = (of: Of, details: { [name: string]: Json }): Next => keep(of, { details })

/** What was begun is thrown away; the same is begun anew. */
export const anew = (of: Of, notice?: Text): Next =>
  perform(
    { effect: 'dropDraft', input: { of } },
    (): Next => goTo(of === 'account' ? { at: 'address' } : { at: 'matter' }, notice),
  )
