/** A table by what is meant, as one of what is said: a row a phrase. */
export const each = (table: Record<string, string[]>): [said: string, meant: string][] =>
  Object.entries(table).flatMap(([meant, phrases]) => phrases.map((said): [string, string] => [said, meant]))
