const PATIENCE_MS = 10_000

/** Nobody answered: whether what was asked has been done is not known. */
export class NoAnswer extends Error {}

/** Asks the sandbox; a refusal becomes an error with the sandbox's own words. */
export async function ask(path, options = {}) {
  const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS), ...options }).catch(() => {
    throw new NoAnswer('песочница не отвечает')
  })
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(body.error ?? response.statusText)
  return body
}

const post = (path, what) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) })

export const act = (messenger, person, what) => post(`/sandbox/chats/${messenger}/${person}`, what)

export const chatOf = (messenger, person) => ask(`/sandbox/chats/${messenger}/${person}`)

export const actInForum = (forum, person, what) => post(`/sandbox/forums/${forum}/people/${person}`, what)

export const forumOf = (forum) => ask(`/sandbox/forums/${forum}`)
