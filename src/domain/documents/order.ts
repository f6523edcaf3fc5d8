import type { Period } from '../period.ts'
import type { DocumentWay } from './kinds.ts'

/** What an order says besides its kind, as it stands in the request (`details`). `office`: where it is fetched. */
export interface OrderDetails {
  way: DocumentWay
  months?: { from: Period; to: Period }
  office?: string
}
