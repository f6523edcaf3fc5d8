import { describe } from 'vitest'
import { openFakeStage } from './desk/fakeStage.ts'
import { describeDesk } from './desk.contract.ts'

describe('the staff forum in memory', () => {
  describeDesk(openFakeStage)
})
