/** What a canned reply may leave to be filled in: `{{name}}` and so on. */
export const cannedFields = ['name', 'consultant', 'hours', 'number', 'date', 'due'] as const
export type CannedField = (typeof cannedFields)[number]

/** Letters of a name, which is one word, and of what it stands for: a message with its fields filled in. */
export const longestCannedName = 32
export const longestCannedReply = 3000

const isField = (name: string): name is CannedField => cannedFields.some((field) => field === name)

/** The first field of a canned reply that there is not; nothing when all are known. */
export function unknownField(reply: string): string | undefined {
  return [...reply.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name).find((name) => !isField(name))
}

/** A canned reply filled in. What is not known goes, with the comma before it: «Здравствуйте, {{name}}!» → «Здравствуйте!». */
export function fillCanned(reply: string, fields: Partial<Record<CannedField, string>>): string {
  return reply.replace(/(,?[ \t]*)\{\{\s*(\w+)\s*\}\}/g, (_, before: string, name: string) => {
    const value = isField(name) ? fields[name] : undefined
    return value === undefined ? '' : before + value
  })
}
