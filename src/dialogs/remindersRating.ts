import { isLocalDate } from '../domain/localDate.ts'
import { type Choice, opens, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { dontRate, marks } from './marks.ts'
import { settingsOf } from './remindersChoices.ts'
import type { Reminding } from './remindersNews.ts'

/** A talk that ended, or a request that was answered, on the day and has not been rated: one press is a mark. Of several the latest one, once. */
export const ratingReminder: Reminding = async (here, day) => {
  const { resident, queries, rules } = here
  const unrated =
    resident && isLocalDate(day) ? await queries.reminders.unrated(resident.id, day, rules.timeZone) : undefined
  if (!unrated) return undefined
  const { id } = unrated
  const says = (said: { mark: number } | { declined: true }) =>
    unrated.of === 'talk'
      ? { open: 'consultant', opening: { rate: id, ...said } }
      : { open: 'requests', opening: { request: id, to: 'rate', ...said } }
  return screen(
    unrated.of === 'talk'
      ? text('reminders.rating.talk')
      : text('reminders.rating.request', { number: unrated.number }),
    [
      ...marks.map((mark): Choice => ({ label: text(`reminders.rating.mark.${mark}`), means: says({ mark }) })),
      ...(unrated.of === 'request' ? [opens('requests.show', 'requests', { request: id })] : []),
      { label: dontRate, means: says({ declined: true }) },
      settingsOf,
    ],
    { nav: 'menu' },
  )
}
