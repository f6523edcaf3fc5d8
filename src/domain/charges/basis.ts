/** What a volume comes from: the flat's meter (ИПУ), the norm, an average, the house's meter (ОДПУ), the area, the people who live there. */
export const bases = ['meter', 'norm', 'average', 'house', 'area', 'people'] as const
export type Basis = (typeof bases)[number]

/** The billing's own word for it, as one of those that residents are told in plain words; nothing when it is none of them. */
export function basisOf(word: string): Basis | undefined {
  const plain = word.toLowerCase().replaceAll('ё', 'е')
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** The house's meter is a meter too, and the average may be a meter's. */
const patterns: [Basis, RegExp][] = [
  ['house', /одпу|общедом/],
  ['average', /средн/],
  ['norm', /норм/],
  ['meter', /^ипу|прибор|счетчик|показани/],
  ['area', /площад|^м2$|^м²$/],
  ['people', /прожива|зарегистр|жильц|человек|^чел/],
]
