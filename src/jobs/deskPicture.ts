import { staffLanguage } from '../desk/records.ts'
import { subjectName } from '../desk/report/text.ts'
import type { TodayNumbers } from '../desk/report.ts'
import { type Text, text, type Words } from '../engine/text.ts'
import { deskDaySvg } from '../files/charts/deskDay.ts'
import { pngOf } from '../files/charts/png.ts'
import { fontFile } from '../files/fontFiles.ts'
import { parsedFont, widthIn } from '../files/parsedFont.ts'
import type { FileStore } from '../files/store.ts'
import type { Clock } from '../infra/clock.ts'
import type { Database } from '../infra/database.ts'

/** Draws what residents asked about on a day and keeps the picture; answers the id of the file. */
export function deskPicture(deps: { database: Database; files: FileStore; words: Words; clock: Clock }) {
  const { database, files, words, clock } = deps
  const say = (said: Text) => words.plain(staffLanguage, said)
  return async ({ day }: TodayNumbers): Promise<string> => {
    const font = await parsedFont(fontFile('regular'))
    const rows = day.subjects
      .filter(({ asked }) => asked > 0)
      .map(({ subject, asked, open }) => ({ subject: say(subjectName(subject)), over: asked - open, open }))
    const svg = deskDaySvg(
      rows,
      {
        title: say(text('desk.report.chart.title')),
        subtitle: say(text('desk.report.chart.day', { day: day.day })),
        over: say(text('desk.report.chart.over')),
        open: say(text('desk.report.chart.open')),
      },
      (line, size) => widthIn(font, line, size),
    )
    const [id, bytes] = [clock.id(), await pngOf(svg)]
    const name = `desk-${day.day}.png`
    await database.prisma.file.create({
      data: { id, state: 'wanted', kind: 'photo', name, createdAt: clock.now() },
    })
    await files.keep(id, bytes, 'image/png')
    return id
  }
}
