/**
 * What papers (документы) are handed in for (domain rules, §7): change of owner, number of residents, a meter put into use or replaced, its verification
 * (поверка), a benefit, proofs of absence; `visit`: sent beforehand for a visit that is booked.
 */
export const matters = [
  'owner',
  'residents',
  'commission',
  'verification',
  'benefit',
  'absence',
  'other',
  'visit',
] as const
export type Matter = (typeof matters)[number]

/** Those that are chosen by themselves. */
export const choosable = matters.filter((one) => one !== 'visit')

export const papers = [
  ...(['passport', 'title', 'closing', 'registration', 'birth'] as const),
  ...(['meterPassport', 'lastVerification', 'installation', 'verification', 'benefit', 'absence'] as const),
  ...(['tenancy', 'inheritance', 'ownerPassport', 'attorney'] as const),
]
export type Paper = (typeof papers)[number]

/** Which papers are needed, in the order in which they are told. What a visit is about tells the office's own list. */
export const needed: Record<Matter, readonly Paper[]> = {
  owner: ['passport', 'title', 'closing'],
  residents: ['passport', 'registration', 'birth'],
  commission: ['passport', 'meterPassport', 'lastVerification', 'installation'],
  verification: ['verification'],
  benefit: ['passport', 'benefit'],
  absence: ['absence'],
  other: [],
  visit: [],
}

/** What is asked in words besides. A request to put a meter into use holds all of these (Rules 354, п. 81). */
export const facts = [
  ...(['meter', 'model', 'where', 'installer', 'reading', 'until', 'visit', 'phone'] as const),
  ...(['people', 'absent'] as const),
]
export type Fact = (typeof facts)[number]

/** What is answered most often, by a button: the answer is then kept under this name, else in his own words. */
export const usualAnswers = [
  ...(['HVS', 'GVS', 'EL', 'HEAT', 'GAS'] as const),
  ...(['kitchen', 'bathroom', 'toilet', 'corridor'] as const),
]
export type UsualAnswer = (typeof usualAnswers)[number]

const asked: Partial<Record<Matter, readonly Fact[]>> = {
  commission: ['meter', 'model', 'where', 'installer', 'reading', 'until', 'visit', 'phone'],
  residents: ['people'],
  absence: ['absent'],
}

export const factsOf = (matter: Matter): readonly Fact[] => asked[matter] ?? []

/** Whether it is about an account that the resident has linked. */
export const needsAccount = (matter: Matter): boolean => matter !== 'other' && matter !== 'visit'

/** Whether the account must have been linked by its activation code: an address and a number are easily known to others (domain rules, §9). */
export const needsCode = (matter: Matter): boolean => matter === 'owner'

export const matterOf = (subject: string | undefined): Matter | undefined => matters.find((one) => one === subject)
