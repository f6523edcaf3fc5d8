import { afterAll, beforeAll, describe } from 'vitest'
import { describeDeskListening } from './desk/listening.contract.ts'
import { describeDeskPosting } from './desk/posting.contract.ts'
import { describeDeskRate } from './desk/rate.contract.ts'
import type { DeskStage } from './desk/stage.ts'
import { describeDeskTopics } from './desk/topics.contract.ts'

/** What every staff forum must do, a fake one and one over a messenger. Answers where more of it may be tried. */
export function describeDesk<Stage extends DeskStage>(open: () => Promise<Stage>): () => Stage {
  let stage: Stage
  beforeAll(async () => {
    stage = await open()
  })
  afterAll(() => stage.close())
  describe('topics', () => describeDeskTopics(() => stage))
  describe('posting', () => describeDeskPosting(() => stage))
  describe('listening', () => describeDeskListening(() => stage))
  describe('the rate', () => describeDeskRate(open))
  return () => stage
}
