import type { Language } from '../domain/language.ts'
import type { Sql } from '../infra/database.ts'

/** The language that a resident reads in one of his chats. */
export async function residentLanguage(sql: Sql, chat: string): Promise<Language> {
  const [found] = await sql<{ language: Language }>(
    'resident.language',
    `SELECT state->>'language' AS language FROM conversation WHERE chat = $1`,
    [chat],
  )
  return found?.language === 'en' ? 'en' : 'ru'
}
