import { type VisitTopic, visitTopics } from './topics.ts'

/** Each topic's letter; all look the same in Russian and in Latin. */
const letters = ['А', 'В', 'М', 'С', 'Е', 'Р'] as const satisfies readonly string[]
const numbers = 1000

/**
 * A ticket for a visit, the topic's letter and three digits («М042»), that is not among those an office has given for the day. `chance`, any whole
 * number from 0, is where the search begins: of two who ask at once hardly ever both get the same. Nothing when all are given.
 */
export function ticketFor(topic: VisitTopic, given: ReadonlySet<string>, chance: number): string | undefined {
  const letter = letters[visitTopics.indexOf(topic)]
  for (let tried = 0; tried < numbers; tried++) {
    const ticket = `${letter}${String((chance + tried) % numbers).padStart(3, '0')}`
    if (!given.has(ticket)) return ticket
  }
  return undefined
}
