import { type Dialog, opens, screen } from '../engine/dialog.ts'
import { text } from '../engine/text.ts'
import { whose } from './accountNames.ts'
import { rejectedLines } from './confirmationsTexts.ts'
import { onHand } from './readingsMeters.ts'
import type { Place } from './readingsPlaces.ts'

type News = NonNullable<Dialog<Place>['news']>

/**
 * «Потом» (`<account>`): the readings are offered again, unless they are being given or were. `photo:<file>:<reason>`: a photo that had
 * been handed over already could not be kept. `rejected:<account>:<confirmation>`: the billing has not taken them.
 */
export const readingsNews: News = (here) => {
  if (here.about.startsWith('photo:')) return photoLost(here)
  return here.about.startsWith('rejected:') ? notTaken(here) : offeredAgain(here)
}

const offeredAgain: News = async (here) => {
  const accountId = Number(here.about)
  const there = { ...here, accountId }
  const isLinked = here.resident?.accounts.some(({ id }) => id === accountId)
  const { place } = here
  const isGiving = place && here.accountId === accountId && 'entries' in place && (place.entries ?? []).length > 0
  if (isGiving || !isLinked) return undefined
  const { meters } = await onHand(there)
  if (meters.every(({ current }) => current)) return undefined
  return screen(
    [...(await whose(there)), text('readings.laterNow')],
    [opens('menu.readings', 'readings', undefined, accountId)],
    { nav: 'menu' },
  )
}

const photoLost: News = async (here) => {
  const [, photo = '', reason = ''] = here.about.split(':')
  const own = here.resident?.accounts.map(({ id }) => id) ?? []
  const found = await here.queries.confirmations.ofPhoto(photo, own)
  if (!found) return undefined
  const { accountId, confirmation, isNeeded } = found
  const known = reasons.find((one) => one === reason) ?? 'unavailable'
  const why = text(`readings.photoWhy.${known}`)
  const told = confirmation
    ? text(isNeeded ? 'readings.photoLostNeeded' : 'readings.photoLost', { confirmation, why })
    : text('confirmations.photoLost', { why })
  return screen(
    [...(await whose({ ...here, accountId })), told],
    [
      ...(isNeeded ? [opens('menu.readings', 'readings', undefined, accountId)] : []),
      opens('readings.submitted', 'confirmations', undefined, accountId),
    ],
    { nav: 'menu' },
  )
}

const notTaken: News = async (here) => {
  const [, account = '', confirmation = ''] = here.about.split(':')
  const accountId = Number(account)
  if (!here.resident?.accounts.some(({ id }) => id === accountId)) return undefined
  const lines = rejectedLines(await here.queries.confirmations.ofAccount(accountId), confirmation)
  if (lines.length === 0) return undefined
  return screen(
    [...(await whose({ ...here, accountId })), text('confirmations.notTaken', { confirmation, lines })],
    [
      opens('menu.readings', 'readings', undefined, accountId),
      opens('readings.submitted', 'confirmations', undefined, accountId),
    ],
    { nav: 'menu' },
  )
}

const reasons = ['empty', 'tooLarge', 'notAPicture', 'unavailable', 'infected'] as const
