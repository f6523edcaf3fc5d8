import { type MonthlyDial, yearOfMeter } from '../domain/consumption.ts'
import type { Meter } from '../domain/meter.ts'
import type { Period } from '../domain/period.ts'
import type { ChatId } from '../engine/event.ts'
import type { ConsumptionDrawing } from '../engine/outgoing.ts'
import type { Text, Words } from '../engine/text.ts'
import { consumptionSvg } from './charts/consumption.ts'
import { pngOf } from './charts/png.ts'
import type { Draughtsman } from './drawn.ts'

/** The picture of a meter's consumption by month. Fails when the account has no such meter any more. */
export function consumptionDraughtsman(deps: {
  words: Words
  maySee(chat: ChatId, accountId: number): Promise<boolean>
  metersWithPast(accountId: number, present: Period): Promise<(Meter & { dials: MonthlyDial[] })[]>
}): Draughtsman<ConsumptionDrawing> {
  const { words } = deps
  return {
    maySee: (chat, { accountId }) => deps.maySee(chat, accountId),
    async draw({ accountId, meterId, present, language }) {
      const meters = await deps.metersWithPast(accountId, present)
      const meter = meters.find(({ id }) => id === meterId)
      if (!meter) throw new Error('no such meter')
      const { service, serial, unit, zones, dials } = meter
      const say = (text: Text) => words.plain(language, text)
      const svg = consumptionSvg(yearOfMeter(dials, meter, present), {
        title: say({ key: `history.chart.title.${service}`, values: { unit } }),
        subtitle: say({ key: 'history.chart.serial', values: { serial } }),
        zones: Array.from({ length: zones > 1 ? zones : 0 }, (_, zone) =>
          say({ key: `readings.zone.${zones}.${zone + 1}` }),
        ),
        averaged: say({ key: 'history.chart.averaged' }),
        silent: say({ key: 'history.chart.silent' }),
        unknown: say({ key: 'history.chart.unknown' }),
        month: (period) => say({ key: 'history.chart.month', values: { period } }),
        volume: (volume) => say({ key: 'history.chart.volume', values: { volume } }),
      })
      return pngOf(svg)
    },
  }
}
