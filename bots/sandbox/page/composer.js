import { el, iconButton } from './dom.js'
import { icon } from './icons.js'
import { shortly } from './words.js'

/**
 * The line below a chat: text, attachments, commands. `on.say(text, replyTo)`, `on.edit(id, text)` and
 * `on.files(files, caption, replyTo)` answer whether it was done: until then the text stays in the field. `on.lastOwn()` is the
 * message that the arrow key edits.
 */
export class Composer {
  constructor(label, on) {
    this.on = on
    /** What the text is about: `{ edits: id }`, `{ repliesTo: id }` or nothing. */
    this.about = {}
    this.draft = ''
    this.input = el('textarea', {
      rows: '1',
      class: 'input',
      'aria-label': label,
      placeholder: 'Сообщение',
      oninput: () => this.fit(),
      onkeydown: (event) => this.key(event),
    })
    this.file = el('input', {
      type: 'file',
      multiple: true,
      class: 'unseen',
      tabindex: '-1',
      'aria-hidden': 'true',
      onchange: () => this.attach(),
    })
    this.aboutWords = el('span', {})
    this.notice = el(
      'div',
      { class: 'editing', hidden: true },
      this.aboutWords,
      iconButton('cross', 'Отменить', () => this.stop()),
    )
    this.menu = el('details', { class: 'commands', hidden: true }, el('summary', {}, 'Меню'), el('ul', {}))
    this.root = el(
      'form',
      {
        class: 'composer',
        onsubmit: (event) => {
          event.preventDefault()
          void this.submit()
        },
      },
      this.notice,
      el(
        'div',
        { class: 'entry' },
        this.menu,
        iconButton('clip', 'Прикрепить файл', () => this.file.click()),
        this.file,
        this.input,
        el('button', { type: 'submit', class: 'send', 'aria-label': 'Отправить', title: 'Отправить' }, icon('send')),
      ),
    )
    document.addEventListener('click', (event) => {
      if (!this.menu.contains(event.target)) this.menu.open = false
    })
  }

  type(value) {
    this.input.value = value
    this.fit()
    this.input.focus()
  }

  /** What was being written is there again afterwards. */
  edit(message) {
    if (!this.about.edits) this.draft = this.input.value
    this.turnTo({ edits: message.id }, 'Изменение сообщения')
    this.type(message.text)
  }

  reply(message) {
    this.forget()
    this.turnTo({ repliesTo: message.id }, `Ответ: ${shortly(message)}`)
    this.input.focus()
  }

  stop() {
    this.forget()
    this.input.focus()
  }

  /** What is written is a message of its own again. */
  forget() {
    if (this.about.edits) this.input.value = this.draft
    this.turnTo({})
    this.fit()
  }

  turnTo(about, words = '') {
    this.about = about
    this.aboutWords.textContent = words
    this.notice.hidden = words === ''
  }

  commands(list) {
    const looks = JSON.stringify(list)
    if (looks === this.shownCommands) return
    this.shownCommands = looks
    this.menu.hidden = list.length === 0
    const items = list.map(({ command, description }) =>
      el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            onclick: () => {
              this.menu.open = false
              this.input.focus()
              this.on.say(`/${command}`)
            },
          },
          el('b', {}, description),
          el('small', {}, `/${command}`),
        ),
      ),
    )
    this.menu.querySelector('ul').replaceChildren(...items)
  }

  key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      void this.submit()
    }
    if (event.key === 'Escape' && !this.notice.hidden) {
      event.stopPropagation()
      this.stop()
    }
    if (event.key === 'ArrowUp' && this.input.value === '') {
      const last = this.on.lastOwn()
      if (last) this.edit(last)
    }
  }

  async submit() {
    const text = this.input.value
    if (text.trim() === '') return
    if (this.sending) {
      this.again = true
      return
    }
    const { about } = this
    const isDone = await this.send(() =>
      about.edits ? this.on.edit(about.edits, text) : this.on.say(text, about.repliesTo),
    )
    if (isDone) this.taken(text, about)
    const { again } = this
    this.again = false
    if (again && isDone) await this.submit()
  }

  async attach() {
    const files = [...this.file.files]
    const caption = this.about.edits ? '' : this.input.value
    const { about } = this
    this.file.value = ''
    if (files.length > 0 && (await this.send(() => this.on.files(files, caption, about.repliesTo))))
      this.taken(caption, about.edits ? undefined : about)
    this.input.focus()
  }

  async send(act) {
    this.sending = true
    this.root.setAttribute('aria-busy', 'true')
    const isDone = await act()
    this.sending = false
    this.root.removeAttribute('aria-busy')
    return isDone
  }

  /** Leaves what was typed while the message was on its way. */
  taken(text, about) {
    if (this.input.value.startsWith(text)) this.input.value = this.input.value.slice(text.length)
    if (about === this.about) {
      if (about.edits) this.input.value ||= this.draft
      this.turnTo({})
    }
    this.fit()
  }

  fit() {
    const { style } = this.input
    style.height = 'auto'
    // What is out of sight has no height to go by.
    if (!this.input.offsetParent) return
    const borders = this.input.offsetHeight - this.input.clientHeight
    const wanted = this.input.scrollHeight + borders
    style.height = `${Math.min(wanted, TALLEST_PX)}px`
    style.overflowY = wanted > TALLEST_PX ? 'auto' : 'hidden'
  }
}

const TALLEST_PX = 140
