import { actInForum, ask, forumOf, NoAnswer } from './api.js'
import { el } from './dom.js'
import { forumMenu } from './forumMenu.js'
import { Looked } from './looked.js'
import { nameForm } from './nameForm.js'
import { Toasts } from './toasts.js'
import { lastOf, TopicList } from './topicList.js'
import { TopicView } from './topicView.js'

const roles = { consultant: 'консультант', supervisor: 'руководитель', stranger: 'посторонний' }

/** The staff forum: its topics, the open one, and who of the staff plays. `onUnread(count)` is told how much nobody has looked at. */
export class Forum {
  constructor(root, onUnread) {
    this.root = root
    this.onUnread = onUnread
    this.staff = []
    this.views = new Map()
    this.list = new TopicList((id) => this.open(id))
    this.toasts = new Toasts()
    this.menu = forumMenu({ do: (act) => this.do(act), joins: () => this.join(), names: () => this.create.open('') })
    this.create = nameForm('Название новой темы', 'Создать', (name) => this.do({ do: 'createTopic', name }))
    this.title = el('h2', {}, 'Консультанты')
    this.status = el('span', { class: 'status' })
    this.nothing = el(
      'p',
      { class: 'nothing', hidden: true },
      'Здесь появятся обращения, когда житель позовёт консультанта.',
    )
    this.chooser = el('select', { onchange: () => this.choose() })
    this.forums = el('select', {
      class: 'forum-groups',
      'aria-label': 'Группа',
      hidden: true,
      onchange: () => this.reread(),
    })
    this.unopened = el('p', { class: 'nothing' }, 'Выберите тему — здесь откроется переписка.')
    this.place = el('div', { class: 'forum-place' }, this.unopened)
    root.append(
      el(
        'div',
        { class: 'forum-panes' },
        el(
          'div',
          { class: 'forum-list' },
          el(
            'header',
            { class: 'bar' },
            el('span', { class: 'avatar', 'aria-hidden': 'true' }, 'ЕРЦ'),
            el('div', { class: 'title' }, this.title, this.status),
            this.menu.root,
          ),
          this.forums,
          this.create.root,
          el('div', { class: 'forum-scroll' }, this.list.root, this.nothing),
        ),
        this.place,
      ),
      this.toasts.root,
      el('label', { class: 'plays' }, el('span', {}, 'Вы здесь'), this.chooser),
    )
    document.addEventListener('visibilitychange', () => this.draw())
  }

  /** After a lost connection too: a sandbox that was started again may have other forums, and numbers its revisions anew. */
  async reread() {
    const found = await Promise.all([ask('/sandbox/staff'), ask('/sandbox/forums')]).catch(() => undefined)
    if (!found) return
    const [staff, forums] = found
    this.staff = staff
    this.names = new Map(staff.map((one) => [one.telegramId, fullName(one)]))
    fill(
      this.chooser,
      staff.map((one) => [one.id, `${fullName(one)} · ${roles[one.role]}`]),
      localStorage.getItem('staff'),
    )
    fill(
      this.forums,
      forums.map(({ id, title }) => [id, title]),
    )
    this.forums.hidden = forums.length < 2
    const id = Number(this.forums.value)
    if (id !== this.id) this.turnTo(id)
    if (this.id) await this.refresh()
    else this.nothing.hidden = false
  }

  turnTo(id) {
    this.id = id
    this.looked = new Looked(id)
    this.views.clear()
    this.list.clear()
    this.close()
  }

  heard({ forum }) {
    if (forum === this.id) void this.refresh()
  }

  /** Reads the forum; what happens meanwhile is read once more afterwards, not once for each piece of news. */
  async refresh() {
    this.again = Boolean(this.reading)
    this.reading ??= this.read().finally(() => {
      this.reading = undefined
      if (this.again) void this.refresh()
    })
    await this.reading
  }

  async read() {
    const { id } = this
    // When nobody answers, the stream of news is lost too, and its return brings everything again.
    const seen = await forumOf(id).catch(() => undefined)
    if (!seen || id !== this.id) return
    this.seen = seen
    this.draw()
    this.toasts.show(seen.toasts[this.person])
  }

  get person() {
    return Number(this.chooser.value)
  }

  choose() {
    localStorage.setItem('staff', this.chooser.value)
    for (const view of this.views.values()) view.composer.forget()
    this.toasts.forget()
    this.draw()
  }

  draw() {
    if (!this.seen) return
    const { title, members, bot, topics } = this.seen
    const me = this.me()
    this.title.textContent = title
    this.status.textContent = `${countOf(members.length)} · ${botState(bot)}`
    this.menu.show(this.seen, me)
    const open = topics.find(({ id }) => id === this.opened)
    if (open) this.view(open.id).show(open, me, this.names)
    if (open && this.isLookedAt()) this.looked.look(open)
    const listed = topics.map(({ messages, ...topic }) => ({
      ...topic,
      unread: this.looked.unread({ ...topic, messages }, me.telegramId),
      last: lastOf(messages, ({ authorId, author }) => (authorId === me.telegramId ? 'Вы' : author)),
    }))
    this.list.show(listed, this.opened)
    this.nothing.hidden = topics.length > 1
    this.onUnread(listed.reduce((sum, { unread }) => sum + unread, 0))
  }

  me() {
    const person = this.staff.find(({ id }) => id === this.person)
    return {
      telegramId: person?.telegramId,
      isMember: this.seen.members.some(({ id }) => id === this.person),
      isOwner: person?.role === 'supervisor',
    }
  }

  isLookedAt() {
    return this.place.offsetParent !== null && document.visibilityState === 'visible'
  }

  view(id) {
    const found = this.views.get(id)
    if (found) return found
    const made = new TopicView(id, { do: (act) => this.do(act), back: () => this.back(), joins: () => this.join() })
    this.views.set(id, made)
    return made
  }

  open(id) {
    this.opened = id
    this.root.dataset.open = 'yes'
    const view = this.view(id)
    this.place.replaceChildren(view.root)
    this.draw()
    this.inSight()
    if (view.composer.root.hidden) view.log.root.focus()
    else view.composer.input.focus()
  }

  back() {
    const { opened } = this
    this.close()
    this.draw()
    this.list.focus(opened)
  }

  close() {
    this.opened = undefined
    this.root.dataset.open = 'no'
    this.place.replaceChildren(this.unopened)
  }

  /** When the pane has come into sight. */
  inSight() {
    this.draw()
    this.views.get(this.opened)?.inSight()
  }

  join() {
    return this.do({ do: 'join' })
  }

  /** Answers whether it was done; if not, the person is told why. */
  async do(act) {
    try {
      const { topic } = await actInForum(this.id, this.person, act)
      // The sender looks at what he has sent before the news of it comes.
      await this.refresh()
      if (act.do === 'createTopic') this.open(topic)
      return true
    } catch (error) {
      const text = error instanceof NoAnswer ? notDone : `Так сделать нельзя: ${error.message}`
      this.toasts.show({ text, alert: true, at: Date.now() })
      return false
    }
  }
}

const notDone = 'Не отправлено: песочница не отвечает. Проверьте, что она запущена, и повторите.'

const fullName = ({ firstName, lastName }) => `${firstName} ${lastName}`

function fill(select, options, remembered) {
  const chosen = select.value || remembered
  select.replaceChildren(...options.map(([id, words]) => new Option(words, id, false, String(id) === chosen)))
}

const botState = ({ isMember, rights }) => {
  if (!isMember) return 'бота в группе нет'
  if (!rights) return 'бот без прав'
  return Object.values(rights).every(Boolean) ? 'бот — администратор' : 'у бота не все права'
}

const plural = new Intl.PluralRules('ru')
const countOf = (count) => `${count} ${{ one: 'участник', few: 'участника' }[plural.select(count)] ?? 'участников'}`
