import DataLoader from 'dataloader'
import { isDatabaseDown, type Sql } from './database.ts'

const mostInAGroup = 200

/**
 * What is asked for in one tick is worked on as one group. Where a group fails each is tried alone, so that one which cannot be done
 * harms no neighbour; a database that is away is away for all of them. `work` answers in the order asked.
 */
export function inGroups<In, Out>(work: (group: readonly In[]) => Promise<(Out | Error)[]>): (one: In) => Promise<Out> {
  const groups = grouped<In, Out>(async (group) => {
    try {
      return await work(group)
    } catch (error) {
      if (group.length === 1 || isDatabaseDown(error)) throw error
      return (await Promise.all(group.map((one) => work([one]).catch((error) => [asError(error)])))).flat()
    }
  })
  return (one) => groups.load(one)
}

/** What is asked for in one tick over one `sql`, the pool or a transaction that turns share, goes to the database as one statement. */
export function together<In, Out>(
  work: (sql: Sql, asked: readonly In[]) => Promise<Out[]>,
): (sql: Sql, one: In) => Promise<Out> {
  const groups = new WeakMap<Sql, DataLoader<In, Out>>()
  return (sql, one) => {
    const known = groups.get(sql) ?? grouped<In, Out>((asked) => work(sql, asked))
    groups.set(sql, known)
    return known.load(one)
  }
}

const grouped = <In, Out>(work: (group: readonly In[]) => Promise<(Out | Error)[]>) =>
  new DataLoader<In, Out>(work, { cache: false, maxBatchSize: mostInAGroup })

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
