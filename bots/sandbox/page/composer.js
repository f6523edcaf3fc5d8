import { el, iconButton } from './dom.js'
import { icon } from './icons.js'

/**
 * The line below a chat: text, attachments, commands. `on.say(text)`, `on.edit(id, text)` and `on.files(files, caption)` answer
 * whether it was done: until then the text stays in the field. `on.lastOwn()` is the message that the arrow key edits.
 */
export class Composer {
  constructor(messenger, on) {
    this.on = on
    this.editing = undefined
    this.input = el('textarea', {
      rows: '1',
      class: 'input',
      'aria-label': messenger === 'telegram' ? 'Сообщение в Telegram' : 'Сообщение ВКонтакте',
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
    this.notice = el(
      'div',
      { class: 'editing', hidden: true },
      el('span', {}, 'Изменение сообщения'),
      iconButton('cross', 'Отменить изменение', () => this.stopEditing()),
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

  edit(message) {
    this.editing = message.id
    this.notice.hidden = false
    this.type(message.text)
  }

  stopEditing() {
    this.editing = undefined
    this.notice.hidden = true
    this.type('')
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
    if (event.key === 'Escape' && this.editing) this.stopEditing()
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
    const id = this.editing
    const isDone = await this.send(() => (id ? this.on.edit(id, text) : this.on.say(text)))
    if (isDone) this.taken(text, id)
    const { again } = this
    this.again = false
    if (again && isDone) await this.submit()
  }

  async attach() {
    const files = [...this.file.files]
    const caption = this.input.value
    this.file.value = ''
    if (files.length > 0 && (await this.send(() => this.on.files(files, caption)))) this.taken(caption)
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
  taken(text, id) {
    if (id && id === this.editing) {
      this.editing = undefined
      this.notice.hidden = true
    }
    if (this.input.value.startsWith(text)) this.input.value = this.input.value.slice(text.length)
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
