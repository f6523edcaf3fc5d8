import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Test files that take longest, the longest first: begun last, one of them would run on alone. The others are begun as vitest thinks best. */
const long = [
  'durability/kill',
  'durability/deskKill',
  'e2e/page',
  'e2e/forumPane',
  'durability/stop',
  'durability/waveOutage',
  'durability/waveKill',
  'effects/bookingKilled',
  'talks/appointment',
  'talks/hostile',
  'talks/deskResidents',
  'exchange/durability',
  'exchange/cli',
  'talks/deskMorning',
  'durability/outage',
  'infra/embeddedPostgres',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      return at === -1 ? long.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}
