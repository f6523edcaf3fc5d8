import type { Language } from '../domain/language.ts'
import { formatKopecks, formatTenThousandths } from '../domain/money.ts'
import { formatVolume } from '../domain/volume.ts'

export type Format = (value: string | number, language: Language) => string
export type Formats = ReadonlyMap<string, Format>

/**
 * How values are written: `day` (ISO date → «24 ноября 2026»), `moment` (ISO instant → «24 ноября 2026, 18:05» in the centre's time
 * zone), `weekday` and `shortWeekday` (ISO date → «среда, 25 ноября», «ср, 25 ноября»), `dayMonth` (→ «25 ноября»), `time` (ISO instant → «18:05» there), `month` (`2026-11` → «ноябрь 2026»), `volume` (thousandths → «418,95»), `roubles` (kopecks → «9 935,33 ₽»), `amount` and `price`
 * (ten-thousandths → «6,335» and «52,63 ₽»).
 */
export function textFormats(timeZone: string): Formats {
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const
  const date = dateFormat({ ...day, timeZone: 'UTC' })
  const localDate = dateFormat({ ...day, timeZone })
  const time = dateFormat({ hour: '2-digit', minute: '2-digit', timeZone })
  const dayMonth = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  const ofDate = (format: (instant: string, language: Language) => string): Format => {
    return (value, language) => format(`${value}T12:00:00Z`, language)
  }
  const month = dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' })
  return new Map<string, Format>([
    ['day', (value, language) => date(`${value}T12:00:00Z`, language)],
    ['moment', (value, language) => `${localDate(String(value), language)}, ${time(String(value), language)}`],
    ['time', (value, language) => time(String(value), language)],
    ['weekday', ofDate(dateFormat({ ...dayMonth, weekday: 'long' }))],
    ['shortWeekday', ofDate(dateFormat({ ...dayMonth, weekday: 'short' }))],
    ['dayMonth', ofDate(dateFormat(dayMonth))],
    ['month', (value, language) => month(`${value}-15T12:00:00Z`, language)],
    ['volume', (value, language) => formatVolume(Number(value), language)],
    ['roubles', (value, language) => formatKopecks(Number(value), language)],
    ['amount', (value, language) => formatTenThousandths(Number(value), language)],
    ['price', (value, language) => `${formatTenThousandths(Number(value), language, 2)}\u00a0₽`],
  ])
}

/** Made once for both languages: making one costs more than all the rest of a text. */
function dateFormat(options: Intl.DateTimeFormatOptions): (instant: string, language: Language) => string {
  const formats = {
    ru: new Intl.DateTimeFormat('ru-RU', options),
    en: new Intl.DateTimeFormat('en-GB', options),
  }
  return (instant, language) => formats[language].format(new Date(instant)).replace(/\s?г\.$/, '')
}
