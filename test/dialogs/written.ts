import type { Input } from '../../src/engine/event.ts'
import type { State } from '../../src/engine/state.ts'
import { readToken } from '../../src/engine/tokens.ts'
import type { Database } from '../../src/infra/database.ts'

/** How much of what a resident's word may write there is: he who changes it must have said so. */
export interface Written {
  readings: number
  consents: number
  residents: number
  links: number
  names: number
  /** Visits that are booked; what is held meanwhile is nothing yet. */
  visits: number
}

export async function writtenIn({ pool }: Database): Promise<Written> {
  const { rows } = await pool.query<Written>(
    `SELECT (SELECT count(*)::int FROM reading WHERE source IN ('telegram', 'vk')) AS readings,
            (SELECT count(*)::int FROM consent WHERE withdrawn_at IS NULL) AS consents,
            (SELECT count(*)::int FROM resident) AS residents,
            (SELECT count(*)::int FROM link WHERE removed_at IS NULL) AS links,
            (SELECT count(name)::int FROM link WHERE removed_at IS NULL) AS names,
            (SELECT count(*)::int FROM booking WHERE state = 'booked') AS visits`,
  )
  const [row] = rows
  if (!row) throw new Error('a count has a row')
  return row
}

/** What was written though nobody had said yes to it, by name. */
export function unasked(before: Written, after: Written, one: Input, state: State | undefined): string[] {
  const stood = standing(one, state)
  const yes = saysYes(one, state)
  const leaves = yes && ['withdrawal.sure', 'deletion.sure'].includes(stood)
  const unlinks = leaves || (yes && ['accounts.unlink', 'newcomer.sure'].includes(stood))
  // The number may have been typed before the address was chosen.
  const chooses = one.kind === 'choice' && ['linking.street', 'linking.flat'].includes(stood)
  const links = chooses || (stood.startsWith('linking.') && (one.kind === 'text' || one.kind === 'edited'))
  const agrees = yes && stood === 'consent.asked'
  const allowed: Record<keyof Written, boolean> = {
    readings: (yes && stood === 'readings.confirm') || (after.readings < before.readings && leaves),
    consents: agrees || leaves,
    residents: agrees || leaves,
    links: links || unlinks,
    visits: leaves || (yes && ['appointment.confirm', 'appointment.cancel'].includes(stood)),
    names: unlinks || stood === 'accounts.name' || stood === 'accounts.card',
  }
  const names = Object.keys(allowed) as (keyof Written)[]
  return names.filter((name) => before[name] !== after[name] && !allowed[name]).map((name) => `${name} at ${stood}`)
}

/** Where the answer is read: an edited message is read again where it was first. */
function standing(one: Input, state: State | undefined): string {
  const at = one.kind === 'edited' ? state?.answered?.at : state?.at
  const place = at?.place
  const name = place !== null && typeof place === 'object' && !Array.isArray(place) ? place.at : undefined
  return `${at?.dialog}.${name}`
}

type Means = NonNullable<State['screen']>['buttons'][number]['means']

/** What the button that was pressed, or typed by its label or number, may mean. */
function meant(one: Input, state: State | undefined): Means[] | undefined {
  const buttons = state?.screen?.buttons ?? []
  if (one.kind === 'choice') {
    const press = readToken(one.token)?.press
    const means = typeof press === 'number' ? buttons[press]?.means : undefined
    return means && [means]
  }
  if (one.kind !== 'text' && one.kind !== 'edited') return undefined
  const choices = buttons.filter(({ means }) => !('go' in means))
  const numbered = choices[Number(one.text.trim()) - 1]
  return [
    ...buttons.filter(({ label }) => label.toLowerCase() === one.text.toLowerCase()),
    ...(numbered ? [numbered] : []),
  ].map(({ means }) => means)
}

const yesWords = ['да', 'верно', 'ок', 'хорошо', 'согласен', '+']

function saysYes(one: Input, state: State | undefined): boolean {
  if (meant(one, state)?.some((means) => 'answer' in means && means.answer === 'yes')) return true
  return (one.kind === 'text' || one.kind === 'edited') && yesWords.includes(one.text.toLowerCase())
}
