/** Asks the sandbox; a refusal becomes an error with the sandbox's own words. */
export async function ask(path, options = {}) {
  const response = await fetch(path, options)
  const body = await response.json()
  if (!response.ok) throw new Error(body.error ?? response.statusText)
  return body
}

export const act = (messenger, person, what) =>
  ask(`/sandbox/chats/${messenger}/${person}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  })

export const chatOf = (messenger, person) => ask(`/sandbox/chats/${messenger}/${person}`)

/** Tells of news as they happen; `onOpen` also after a lost connection, when everything has to be read again. */
export function listen(onNews, onOpen) {
  const source = new EventSource('/sandbox/events')
  source.addEventListener('open', onOpen)
  source.addEventListener('message', (event) => onNews(JSON.parse(event.data)))
}
