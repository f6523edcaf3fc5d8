import type { ChatId, Due } from '../engine/event.ts'
import type { Engine } from '../engine/handle.ts'
import type { Clock } from '../infra/clock.ts'
import type { Database } from '../infra/database.ts'

export interface DueTimer {
  id: string
  dueAt: Date
}

/** Timers that fall due before an instant, the earliest first. */
export function timersBefore({ prisma }: Database, before: Date, limit: number): Promise<DueTimer[]> {
  return prisma.timer.findMany({
    where: { dueAt: { lte: before } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { id: true, dueAt: true },
  })
}

/**
 * Wakes a timer: the row decides, not the queue. One that was set anew for later, or is gone, is let be. The turn that takes the
 * event deletes the row, so a timer woken twice is taken once.
 */
export function timerWaker({ database, engine, clock }: { database: Database; engine: Engine; clock: Clock }) {
  return async ({ id }: { id: string }): Promise<void> => {
    const timer = await database.prisma.timer.findUnique({ where: { id } })
    if (!timer || timer.dueAt > clock.now()) return
    const input = { kind: 'due', timer: id, what: timer.what as unknown as Due } as const
    const event = `due:${id}:${timer.dueAt.getTime()}`
    await engine.handle([{ id: event, chat: timer.chat as ChatId, at: clock.now(), input }])
  }
}
