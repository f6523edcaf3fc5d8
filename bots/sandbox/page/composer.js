import { el, iconButton } from './dom.js'
import { icon } from './icons.js'

/** The line below a chat: text, attachments, commands. `on.say(text)`, `on.edit(id, text)`, `on.files(files, caption)`, `on.lastOwn()`. */
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
          this.submit()
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
      this.submit()
    }
    if (event.key === 'Escape' && this.editing) this.stopEditing()
    if (event.key === 'ArrowUp' && this.input.value === '') {
      const last = this.on.lastOwn()
      if (last) this.edit(last)
    }
  }

  submit() {
    const text = this.input.value
    if (text.trim() === '') return
    const id = this.editing
    this.stopEditing()
    if (id) this.on.edit(id, text)
    else this.on.say(text)
  }

  attach() {
    const files = [...this.file.files]
    this.file.value = ''
    if (files.length > 0) this.on.files(files, this.input.value)
    this.type('')
  }

  fit() {
    this.input.style.height = 'auto'
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`
  }
}
