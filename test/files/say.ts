import type { Language } from '../../src/domain/language.ts'
import { text } from '../../src/engine/text.ts'
import type { Say } from '../../src/files/charges/facts.ts'
import { openWords } from '../../src/infra/i18n.ts'

const words = openWords('Asia/Yekaterinburg')

/** The words of `locales/`. */
export const sayIn =
  (language: Language): Say =>
  (key, values) =>
    words.plain(language, text(key, values))
