/** One call inside a script. */
export interface PackedCall {
  method: string
  params: Record<string, string>
}

/**
 * Reads the only form of script that libraries pack calls into: `return [API.messages.send({…}),API.users.get({…})];`.
 * Answers undefined when it is anything else: VKScript at large is not known here.
 */
export function readScript(code: string): PackedCall[] | undefined {
  const inner = /^\s*return\s*\[([\s\S]*)\]\s*;?\s*$/.exec(code)?.[1]
  if (inner === undefined) return undefined
  const calls: PackedCall[] = []
  let rest = inner.trim()
  while (rest.length > 0) {
    const name = /^API\.(\w+(?:\.\w+)?)\(/.exec(rest)
    if (!name?.[1]) return undefined
    const end = endOfObject(rest, name[0].length)
    if (end === undefined || rest[end] !== ')') return undefined
    const params = parseObject(rest.slice(name[0].length, end))
    if (!params) return undefined
    calls.push({ method: name[1], params })
    rest = rest
      .slice(end + 1)
      .replace(/^\s*,\s*/, '')
      .trim()
  }
  return calls
}

/** Answers where the object that starts at `from` is over, braces in strings left out. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '\\' && quoted) at += 1
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') depth += 1
    else if (!quoted && char === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

function parseObject(text: string): Record<string, string> | undefined {
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data !== 'object' || data === null) return undefined
    return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]))
  } catch {
    return undefined
  }
}
