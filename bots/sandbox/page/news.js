/**
 * Tells of news as they happen; `onOpen` also after a lost connection, when everything has to be read again.
 *
 * A browser opens six connections to a server at most, for all its tabs together, and a stream of events holds one for good. So
 * one tab listens for all of them and passes on what it hears; when it is closed, the lock it held goes to another.
 */
export function listen(onNews, onOpen) {
  const others = new BroadcastChannel('news')
  others.addEventListener('message', ({ data }) => (data === 'open' ? onOpen() : onNews(data)))
  onOpen()
  void navigator.locks.request('news', () => {
    const source = new EventSource('/sandbox/events')
    source.addEventListener('open', () => {
      others.postMessage('open')
      onOpen()
    })
    source.addEventListener('message', (event) => {
      const news = JSON.parse(event.data)
      others.postMessage(news)
      onNews(news)
    })
    // Held until this tab is gone.
    return new Promise(() => {})
  })
}
