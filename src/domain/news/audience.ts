/** Which subscribers news are for: all of them, those with an account in these districts, or in a street, there in these houses when any are named. */
export type Audience =
  | { of: 'all' }
  | { of: 'districts'; districts: string[] }
  | { of: 'street'; street: string; houses: string[] }

/** `all`, `district:KIR,LEN`, `street:Ленина`, `street:Ленина:5,7/2`. Nothing when it is none of these. */
export function parseAudience(given: string): Audience | undefined {
  const [of, first = '', second, ...more] = given.split(':').map((part) => part.trim())
  if (given.trim() === 'all') return { of: 'all' }
  if (of === 'district' && second === undefined) {
    const districts = listOf(first)
    return districts.length > 0 ? { of: 'districts', districts } : undefined
  }
  if (of !== 'street' || first === '' || more.length > 0) return undefined
  const houses = listOf(second ?? '')
  return second !== undefined && houses.length === 0 ? undefined : { of: 'street', street: first, houses }
}

const listOf = (given: string): string[] => given.split(',').flatMap((one) => one.trim() || [])
