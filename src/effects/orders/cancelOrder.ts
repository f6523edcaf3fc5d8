import { isOver, type RequestState } from '../../domain/requests/states.ts'
import type { EffectContext } from '../context.ts'
import { closeRequest } from '../requests/closeRequest.ts'
import { lockRequest } from '../requests/lockRequest.ts'

/** `cancelled`, also when it was before. `over`: staff has finished it meanwhile. `gone`: no order of his. */
export type CancelledOrder =
  | { kind: 'cancelled'; number: number }
  | { kind: 'over'; state: RequestState }
  | { kind: 'gone' }

/** Takes an order back that staff has not finished. */
export async function cancelOrder(context: EffectContext, { order: id }: { order: string }): Promise<CancelledOrder> {
  const order = await lockRequest(context, id)
  if (order?.kind !== 'order') return { kind: 'gone' }
  if (order.state !== 'closed' && isOver(order.state)) return { kind: 'over', state: order.state }
  const closed = await closeRequest(context, { request: id })
  return closed.kind === 'closed' ? { kind: 'cancelled', number: closed.number } : { kind: 'gone' }
}
