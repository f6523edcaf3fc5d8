/** What an обращение is about (domain rules, §8). The codes are a public format: saved requests and settings hold them. */
export const questionTopics = [
  ...(['charges', 'readings', 'payment', 'recalculation', 'owner', 'documents'] as const),
  ...(['cabinet', 'benefits', 'overhaul', 'office', 'other'] as const),
] as const

export type QuestionTopic = (typeof questionTopics)[number]
