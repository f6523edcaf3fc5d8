import { act, chatOf, NoAnswer } from './api.js'
import { rows } from './bubble.js'
import { Composer } from './composer.js'
import { el } from './dom.js'
import { Log } from './log.js'
import { moreMenu } from './more.js'
import { postsOf } from './posts.js'
import { readFiles } from './sentFiles.js'
import { Status } from './status.js'
import { Toasts } from './toasts.js'

const names = { telegram: 'Telegram', vk: 'ВКонтакте' }

/** One phone: the chat of the chosen person with the bot in one messenger. */
export class Phone {
  constructor(messenger, root) {
    this.messenger = messenger
    this.root = root
    this.person = 1
    this.chat = undefined
    this.log = new Log(messenger === 'telegram' ? 'Переписка в Telegram' : 'Переписка ВКонтакте', {
      press: (button, message) => this.press(button, message),
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      erase: async ({ ids }) => {
        for (const message of ids) await this.do({ do: 'erase', message })
      },
    })
    this.composer = new Composer(messenger === 'telegram' ? 'Сообщение в Telegram' : 'Сообщение ВКонтакте', {
      say: (text, replyTo) => this.do({ do: 'say', text, replyTo }),
      edit: (message, text) => this.do({ do: 'edit', message, text }),
      files: async (files, caption, replyTo) =>
        this.do({ do: 'send', files: await readFiles(files), caption: caption || undefined, replyTo }),
      lastOwn: () => this.chat?.messages.findLast((one) => one.from === 'resident' && !one.deleted && one.text !== ''),
    })
    this.toasts = new Toasts()
    this.more = moreMenu(messenger, {
      act: (what) => this.do(what),
      person: () => this.person,
    })
    this.keyboard = el('div', { class: 'keyboard', hidden: true })
    this.payload = el('input', {
      class: 'payload',
      'aria-label': 'Метка ссылки',
      placeholder: 'метка ссылки',
      maxlength: '64',
      pattern: '[A-Za-z0-9_\\-]*',
    })
    this.begin = el(
      'form',
      {
        class: 'begin',
        hidden: true,
        onsubmit: (event) => {
          event.preventDefault()
          void this.start()
        },
      },
      this.payload,
      el('button', { class: 'start' }, messenger === 'telegram' ? 'СТАРТ' : 'Начать'),
    )
    this.empty = el(
      'p',
      { class: 'empty', hidden: true },
      messenger === 'telegram'
        ? 'Здесь пока пусто. Нажмите «Старт» — бот поздоровается.'
        : 'Здесь пока пусто. Нажмите «Начать» — бот поздоровается.',
    )
    this.status = new Status()
    root.append(
      el(
        'header',
        { class: 'bar' },
        el('span', { class: 'avatar', 'aria-hidden': 'true' }, 'ЕРЦ'),
        el('div', { class: 'title' }, el('h2', {}, 'Расчётный центр'), this.status.root),
        this.more.root,
      ),
      this.log.root,
      this.empty,
      this.toasts.root,
      this.keyboard,
      this.begin,
      this.composer.root,
    )
  }

  choose(person) {
    this.person = person
    this.chat = undefined
    this.log.clear()
    this.composer.forget()
    this.toasts.forget()
    return this.refresh()
  }

  heard({ messenger, person }) {
    if (messenger === this.messenger && person === this.person) void this.refresh()
  }

  /** After a lost connection: a sandbox that was started again numbers its revisions anew. */
  reread() {
    this.chat = undefined
    return this.refresh()
  }

  async refresh() {
    const person = this.person
    // When nobody answers, the stream of news is lost too, and its return brings everything again.
    const chat = await chatOf(this.messenger, person).catch(() => undefined)
    if (!chat) return
    // Answers may overtake one another.
    if (person !== this.person || (this.chat && chat.revision < this.chat.revision)) return
    this.chat = chat
    this.log.show(postsOf(chat.messages))
    this.composer.commands(chat.commands)
    this.toasts.show(chat.toast)
    this.more.show(chat)
    this.status.show(`${names[this.messenger]} · ${chat.blocked ? 'вы заблокировали бота' : 'бот'}`, chat.busy)
    this.empty.hidden = chat.messages.length > 0
    this.begin.hidden = chat.started && !chat.blocked
    this.composer.root.hidden = !this.begin.hidden && this.messenger === 'telegram'
    this.keyboard.hidden = chat.keyboard.length === 0 || !this.begin.hidden
    this.showKeyboard(chat.keyboard)
  }

  /** Drawn anew only when it is another one: focus stays on the button that was pressed. */
  showKeyboard(keyboard) {
    const looks = JSON.stringify(keyboard)
    if (looks !== this.keyboard.dataset.looks)
      this.keyboard.replaceChildren(rows(keyboard, { press: (button) => this.press(button) }))
    else this.keyboard.querySelector('[aria-busy]')?.removeAttribute('aria-busy')
    this.keyboard.dataset.looks = looks
  }

  type(value) {
    this.composer.type(value)
  }

  async start() {
    const payload = this.payload.value.trim()
    const unblocks = this.chat?.blocked && this.messenger === 'vk'
    const isDone = await this.do(unblocks ? { do: 'unblock' } : { do: 'start', ...(payload ? { payload } : {}) })
    if (!isDone) return
    this.payload.value = ''
    // The field comes into sight with what has just begun.
    await this.refresh()
    this.composer.input.focus()
  }

  press(button, message) {
    return this.do({ do: 'press', label: button.label, ...(message ? { message } : {}) })
  }

  /** Answers whether it was done; if not, the person is told why. */
  async do(what) {
    try {
      await act(this.messenger, this.person, what)
      return true
    } catch (error) {
      const text = error instanceof NoAnswer ? notSent : `Так сделать нельзя: ${error.message}`
      this.toasts.show({ text, alert: true, at: Date.now() })
      return false
    }
  }
}

const notSent = 'Не отправлено: песочница не отвечает. Проверьте, что она запущена, и повторите.'
