/**
 * One way in which a call breaks the platform's published rules. `path` names the parameter (`reply_markup.inline_keyboard[0][1].text`).
 * `refusal` is what the platform answers to it; without one the platform lets the call pass, and only the sandbox complains.
 */
export interface Violation {
  rule: string
  path: string
  says: string
  refusal?: Refusal
}

/** `code` is Telegram's `error_code` or VK's `error_code`; `text` its description. */
export interface Refusal {
  code: number
  text: string
}
