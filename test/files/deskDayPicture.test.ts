import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noRequests } from '../../src/desk/report/requestNumbers.ts'
import type { TodayNumbers } from '../../src/desk/report.ts'
import { type DeskDayRow, deskDaySvg } from '../../src/files/charts/deskDay.ts'
import { pngOf } from '../../src/files/charts/png.ts'
import { fontFile } from '../../src/files/fontFiles.ts'
import { parsedFont, widthIn } from '../../src/files/parsedFont.ts'
import { openFileStore } from '../../src/files/store.ts'
import { openWords } from '../../src/infra/i18n.ts'
import { deskPicture } from '../../src/jobs/deskPicture.ts'
import { testClock } from '../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { count, isDark, near, pixelsOf } from './pixels.ts'
import { leastDifference } from './sight.ts'

const words = { title: 'О чём спрашивали', subtitle: '28 ноября 2026', over: 'закрыто', open: 'ещё открыто' }
const [blue, orange] = [near([31, 111, 178]), near([242, 163, 58])]

const drawn = async (rows: DeskDayRow[]) => {
  const font = await parsedFont(fontFile('regular'))
  return pixelsOf(await pngOf(deskDaySvg(rows, words, (text, size) => widthIn(font, text, size))))
}

describe('a picture of a day at the desk', () => {
  const rows = [
    { subject: 'показания и счётчики', over: 30, open: 10 },
    { subject: 'оплата', over: 0, open: 5 },
    { subject: 'другое', over: 1, open: 0 },
  ]

  test('is opaque and has a row with words for every subject', async () => {
    const picture = await drawn(rows)
    expect([picture.width, picture.height]).toEqual([1080, 242 + 68 * 3 + 40])
    expect(count(picture, ([, , , opacity]) => opacity !== 255)).toBe(0)
    for (let row = 0; row < 3; row++)
      expect(count(picture, isDark, [242 + 68 * row, 242 + 68 * (row + 1)]), `words ${row}`).toBeGreaterThan(700)
  })

  test('shows how many are over and how many are open, in colours that everybody tells apart', async () => {
    const picture = await drawn(rows)
    const row = (nth: number) => [242 + 68 * nth, 242 + 68 * (nth + 1)]
    const [over, open] = [count(picture, blue, row(0)), count(picture, orange, row(0))]
    expect(over / open).toBeGreaterThan(2.7)
    expect(over / open).toBeLessThan(3.3)
    expect([count(picture, blue, row(1)), count(picture, orange, row(2))]).toEqual([0, 0])
    expect(leastDifference(['#1f6fb2', '#f2a33a', '#ffffff'])).toBeGreaterThan(20)
  })
})

describe('the picture for supervisors', () => {
  let fresh: FreshDatabase
  beforeAll(async () => {
    fresh = await freshDatabase()
  })
  afterAll(() => fresh.drop())

  test('is kept as a file that a messenger can be sent', async () => {
    const files = openFileStore(fresh.database)
    const clock = testClock('2026-11-28T15:05:00Z')
    const draw = deskPicture({ database: fresh.database, files, words: openWords('Asia/Yekaterinburg'), clock })
    const numbers = { asked: 3, closed: 2, abandoned: 0, open: 1 }
    const today: TodayNumbers = {
      day: {
        day: '2026-11-28',
        ...numbers,
        subjects: [{ subject: 'charges', ...numbers }],
        consultants: [],
        requests: noRequests,
      },
      queue: { waiting: 1, morning: 1, patient: 0, taken: 0, onHold: 0 },
    }
    const id = await draw(today)
    expect(await fresh.database.prisma.file.findUnique({ where: { id } })).toMatchObject({
      state: 'stored',
      kind: 'photo',
      mime: 'image/png',
    })
    const { bytes } = await files.open(id, 'telegram')
    expect(pixelsOf(await bytes()).width).toBe(1080)
    expect(await files.allWanted(10)).toEqual([])
  })
})
