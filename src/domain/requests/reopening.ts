import { addDays, type LocalDate } from '../localDate.ts'
import { isOver, type RequestState } from './states.ts'

/** Whether a request that was over on a day can be opened again today (domain rules, §8: within 7 days). */
export const mayReopen = (
  state: RequestState,
  over: LocalDate | undefined,
  today: LocalDate,
  reopenDays: number,
): boolean => isOver(state) && over !== undefined && today <= addDays(over, reopenDays)
