/**
 * What has been looked at in a forum, by topic: the id of the newest message that was in sight. Kept over reloads, and for all the
 * staff together: it is one person who plays them.
 */
export class Looked {
  constructor(forum) {
    this.key = `looked:${forum}`
    this.newest = JSON.parse(localStorage.getItem(this.key) ?? '{}')
  }

  look({ id, messages }) {
    const newest = newestOf(messages)
    if (this.newest[id] === newest) return
    this.newest[id] = newest
    localStorage.setItem(this.key, JSON.stringify(this.newest))
  }

  /** How many messages of others came since. */
  unread({ id, messages }, me) {
    const seen = this.newest[id] ?? 0
    // A sandbox that was begun anew numbers its messages anew.
    const since = seen > newestOf(messages) ? 0 : seen
    return messages.filter((one) => Number(one.id) > since && one.authorId !== me && !one.service && !one.deleted)
      .length
  }
}

const newestOf = (messages) => Number(messages.at(-1)?.id ?? 0)
