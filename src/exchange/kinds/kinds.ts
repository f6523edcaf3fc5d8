import { accounts } from './accounts.ts'
import { bookingsResult } from './bookingsResult.ts'
import { charges } from './charges.ts'
import type { Kind, KindName } from './kind.ts'
import { meters } from './meters.ts'
import { offices } from './offices.ts'
import { payments } from './payments.ts'
import { readings } from './readings.ts'
import { readingsResult } from './readingsResult.ts'
import { requisites } from './requisites.ts'
import { slotsTaken } from './slotsTaken.ts'

export const kinds: Readonly<Record<KindName, Kind>> = {
  ...{ accounts, meters, readings, readings_result: readingsResult },
  ...{ charges, payments, requisites },
  ...{ offices, slots_taken: slotsTaken, bookings_result: bookingsResult },
}
