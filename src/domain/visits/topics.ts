/** What an office is visited for (domain.md, section 6). The codes are a public format: billing files and saved bookings hold them. */
export const visitTopics = ['account', 'charges', 'meters', 'certificates', 'debt', 'registration'] as const

export type VisitTopic = (typeof visitTopics)[number]

/** Codes as an office's row has them, `account, meters`: all known and named once, or nothing. */
export function parseTopics(text: string): VisitTopic[] | undefined {
  const given = text
    .split(',')
    .map((code) => code.trim().toLowerCase())
    .filter((code) => code !== '')
  const known = visitTopics.filter((topic) => given.includes(topic))
  return known.length > 0 && known.length === given.length ? known : undefined
}
