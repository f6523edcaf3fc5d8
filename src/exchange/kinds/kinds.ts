import { accounts } from './accounts.ts'
import { charges } from './charges.ts'
import type { Kind, KindName } from './kind.ts'
import { meters } from './meters.ts'
import { payments } from './payments.ts'
import { readings } from './readings.ts'
import { readingsResult } from './readingsResult.ts'
import { requisites } from './requisites.ts'

export const kinds: Readonly<Record<KindName, Kind>> = {
  ...{ accounts, meters, readings, readings_result: readingsResult },
  ...{ charges, payments, requisites },
}
