import { type Fact, factsOf, type Matter, needsAccount, needsCode, type Paper } from './matters.ts'

/** Who asks for an account (лицевой счёт): an owner, a tenant by social contract, an heir, somebody who acts for the owner. */
export const claimants = ['owner', 'tenant', 'heir', 'representative'] as const
export type Claimant = (typeof claimants)[number]

/** Which papers open an account, one after another. */
export const opening: Record<Claimant, readonly Paper[]> = {
  owner: ['passport', 'title'],
  tenant: ['passport', 'tenancy'],
  heir: ['passport', 'inheritance'],
  representative: ['passport', 'attorney', 'ownerPassport', 'title'],
}

/** What has been said so far. A paper is `given`, or there is `none`; a fact that was passed over is null. */
export interface SoFar {
  address?: string | undefined
  claimant?: Claimant | undefined
  papers: Partial<Record<Paper, 'given' | 'none'>>
  facts: Partial<Record<Fact, string | null>>
}

export type OpeningStep = { at: 'address' } | { at: 'claimant' } | { at: 'paper'; paper: Paper } | { at: 'check' }

/** What is to be asked next to open an account: whoever comes back goes on from here, in whichever messenger. */
export function openingStep({ address, claimant, papers }: SoFar): OpeningStep {
  if (address === undefined) return { at: 'address' }
  if (claimant === undefined) return { at: 'claimant' }
  const paper = opening[claimant].find((one) => papers[one] === undefined)
  return paper ? { at: 'paper', paper } : { at: 'check' }
}

export type MatterStep = { at: 'account' } | { at: 'code' } | { at: 'fact'; fact: Fact } | { at: 'gather' }

/** What is to be asked next about papers for an account; `proof`: how the account was linked, nothing when it is not. */
export function matterStep(matter: Matter, proof: 'address' | 'code' | undefined, { facts }: SoFar): MatterStep {
  if (needsAccount(matter) && proof === undefined) return { at: 'account' }
  if (needsCode(matter) && proof !== 'code') return { at: 'code' }
  const fact = factsOf(matter).find((one) => facts[one] === undefined)
  return fact ? { at: 'fact', fact } : { at: 'gather' }
}
