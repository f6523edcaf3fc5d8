import { sandboxTokens } from '../../bots/sandbox/tokens.ts'

/** A bot that says back what it hears, written against the bare HTTP of both platforms: the far side of the page's tests. */
export interface EchoBot {
  stop(): Promise<void>
}

export async function startEchoBot(url: string): Promise<EchoBot> {
  const ended = new AbortController()
  const listenToVk = await echoVk(url, ended.signal)
  const loops = [echoTelegram(url, ended.signal), listenToVk()]
  return {
    stop: async () => {
      ended.abort()
      await Promise.allSettled(loops)
    },
  }
}

const rows = [['Раз', 'Два']]

interface Update {
  update_id: number
  message?: { chat: { id: number }; text?: string }
  edited_message?: { chat: { id: number }; text?: string }
  callback_query?: { id: string; data: string; message: { message_id: number; chat: { id: number } } }
}

async function echoTelegram(url: string, signal: AbortSignal): Promise<void> {
  const call = async (method: string, params: object): Promise<unknown> => {
    const response = await fetch(`${url}/bot${sandboxTokens.telegram[0]?.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
      signal,
    })
    return ((await response.json()) as { result: unknown }).result
  }
  const markup = { inline_keyboard: rows.map((row) => row.map((text) => ({ text, callback_data: text }))) }
  await call('setMyCommands', { commands: [{ command: 'menu', description: 'Главное меню' }] })
  let offset = 0
  while (!signal.aborted) {
    const updates = (await call('getUpdates', { offset, timeout: 20 })) as Update[]
    for (const update of updates) {
      offset = update.update_id + 1
      const { message, edited_message: edited, callback_query: query } = update
      if (message?.text === 'сломайся') await call('sendMessage', { chat_id: message.chat.id, text: 'я'.repeat(5000) })
      else if (message)
        await call('sendMessage', {
          chat_id: message.chat.id,
          text: `Вы сказали: ${message.text ?? 'без слов'}`,
          reply_markup: markup,
        })
      if (edited) await call('sendMessage', { chat_id: edited.chat.id, text: `Исправлено: ${edited.text}` })
      if (query) {
        await call('answerCallbackQuery', { callback_query_id: query.id, text: 'Готово' })
        const { message_id, chat } = query.message
        await call('editMessageText', {
          chat_id: chat.id,
          message_id,
          text: `Выбрано: ${query.data}`,
          reply_markup: markup,
        })
      }
    }
  }
}

interface VkUpdate {
  type: string
  object: {
    message?: { peer_id: number; text: string }
    user_id: number
    peer_id: number
    event_id: string
    payload: { token: string }
    conversation_message_id: number
  }
}

/** Answers how to listen, once it is known where: what is said from then on is heard. */
async function echoVk(url: string, signal: AbortSignal): Promise<() => Promise<void>> {
  const call = async (method: string, params: Record<string, string>): Promise<unknown> => {
    const response = await fetch(`${url}/method/${method}`, {
      method: 'POST',
      body: new URLSearchParams({ access_token: sandboxTokens.vk, v: '5.199', ...params }),
      signal,
    })
    return ((await response.json()) as { response: unknown }).response
  }
  const action = (label: string) => ({
    action: { type: 'callback', label, payload: JSON.stringify({ token: label }) },
    color: 'primary',
  })
  const keyboard = JSON.stringify({ inline: true, buttons: rows.map((row) => row.map(action)) })
  const below = JSON.stringify({
    one_time: false,
    buttons: [[{ action: { type: 'text', label: 'Меню', payload: '{}' } }]],
  })
  const server = (await call('groups.getLongPollServer', { group_id: String(sandboxTokens.vkGroupId) })) as {
    server: string
    key: string
    ts: string
  }
  return async () => {
    let ts = server.ts
    let said = 0
    while (!signal.aborted) {
      const poll = await fetch(`${server.server}?act=a_check&key=${server.key}&ts=${ts}&wait=20`, { signal })
      const answer = (await poll.json()) as { ts: string; updates: VkUpdate[] }
      ts = answer.ts
      for (const { type, object } of answer.updates) {
        said += 1
        if (type === 'message_new' && object.message) {
          const { peer_id, text } = object.message
          if (said === 1)
            await call('messages.send', {
              peer_id: String(peer_id),
              random_id: '0',
              message: 'Кнопка внизу',
              keyboard: below,
            })
          await call('messages.send', {
            peer_id: String(peer_id),
            random_id: '0',
            message: `Вы сказали: ${text}`,
            keyboard,
          })
        }
        if (type === 'message_event') {
          const { event_id, user_id, peer_id, payload, conversation_message_id } = object
          const where = { peer_id: String(peer_id) }
          await call('messages.sendMessageEventAnswer', {
            ...where,
            event_id,
            user_id: String(user_id),
            event_data: '{"type":"show_snackbar","text":"Готово"}',
          })
          await call('messages.edit', {
            ...where,
            cmid: String(conversation_message_id),
            message: `Выбрано: ${payload.token}`,
            keyboard,
          })
        }
      }
    }
  }
}
