import { basename } from 'node:path'
import { deskHelp, deskUsage } from './cliDeskText.ts'
import type { ExportedFile, Outgoing } from './handOut.ts'
import type { ImportResult } from './importFile.ts'
import type { ReceiptsResult } from './importReceipts.ts'
import { refusals } from './problems.ts'

/** What the command says to whoever runs it. No line holds an account number, a name or an address. */
export const usage = `Использование:
  npm run erc -- import ФАЙЛ…                           загрузить файлы биллинга
  npm run erc -- export readings [--to ПАПКА] [--utf8]  выгрузить показания жителей для биллинга
  npm run erc -- export bookings [--to ПАПКА] [--utf8]  выгрузить записи жителей на приём
${deskUsage}  npm run erc -- --help                                 эта справка

Загрузка. Файлы: <вид>_<ГГГГММДД>_<NNN>.csv, вид — accounts (лицевые счета), meters (приборы учёта), readings (показания,
которые уже есть в биллинге), readings_result (что стало с показаниями, которые выгрузили мы), charges (начисления) или
payments (платежи).
Ещё requisites: кому платить за жильё (MAIN) и за капитальный ремонт (CAPREM). Колонки: kind, valid_from (с какого дня),
name, personal_acc, bank_name, bic, corresp_acc (нет — 0), inn, kpp, phone, address, site. Реквизиты с ошибкой не загружаются.
Приём: offices — отделения (office_id, name, district, address, phone, hours, windows — сколько окон, slot_min — минут на приём,
topics — темы через запятую: account, charges, meters, certificates, debt, registration; closed_from, closed_to — закрыто с какого
и по какой день). Часы пишутся так: mon-thu 08:00-17:00 break 12:00-12:48, fri 08:00-16:00, 2026-12-31 08:00-14:00, 2027-01-01 closed.
slots_taken — места, отданные по телефону или на сайте (office_id, date, time, window, taken: 1 — занято, 0 — снова свободно).
bookings_result — кто пришёл (booking_id, result: done или missed). Если отделение закрывается или меняет часы, записи
переносятся на ближайшее время, и жителям об этом говорит бот.
Готовые квитанции — каталог receipts_<ГГГГММДД>_<NNN> с файлами <лицевой счёт>_<ГГГГ-ММ>_<MAIN или CAPREM>.pdf.
Они копируются в RECEIPTS_DIR; более новый каталог заменяет квитанции из прежних.

Порядок в командной строке не важен: сначала загружаются счета, потом приборы, показания, начисления и платежи.
Рядом может лежать контрольный файл .ctl: строки rows=…, sum=…, sha256=…
Строки с ошибками записываются рядом, в <файл>.errors.csv. Начисления за месяц загружаются целиком или никак:
ошибка в одной строке задерживает весь месяц этого счёта. Суммы, которые не сходятся, загружаются как есть и попадают
в тот же список. Повторная загрузка файла безвредна. Жителю, чьё показание отклонено, бот скажет об этом сам.

Выгрузка. Всё, что принято с прошлого раза, — в один файл readings_<ГГГГММДД>_<NNN>.csv и .ctl рядом; без --to — в папку
export в DATA_DIR. Кодировка windows-1251, с --utf8 — UTF-8. Если выгрузку прервать, следующая сначала допишет тот же файл.
Обратно этот файл загружать не нужно: биллинг отвечает файлом readings_result.
Так же выгружаются записи: bookings_<ГГГГММДД>_<NNN>.csv — кто записался (booked), кого перенесли (moved) и кто отменил (cancelled).

${deskHelp}
База данных: DATABASE_URL, а без неё — встроенная в каталоге DATA_DIR (по умолчанию ./data).
Ключ для кодов активации: HASH_KEY, тот же, с которым запущен бот; без DATABASE_URL он не нужен.

Код завершения: 0 — всё сделано, 1 — что-то не загружено или отказано, 2 — неверный вызов или настройка.
`

/** Said before anything is loaded: a wrong `setting` makes a new database, in which every meter and reading is an error. */
export const emptyDatabase = (setting: string): string =>
  `Она новая: лицевых счетов в ней ещё нет. Если бот работает с другой, задайте тот же ${setting}, что и у него.\n`

/** One line about a file that was handed out. */
export const exportedLine = (what: Outgoing['name'], { path, rows, sum, resumed }: ExportedFile): string => {
  const counted = `${path}: ${what === 'readings' ? 'показаний' : 'записей'}: ${rows}`
  const control = sum === undefined ? '' : `, контрольная сумма: ${sum}`
  return `${counted}${control}${resumed ? '; это выгрузка, прерванная раньше' : ''}`
}

export const nothingToExport: Readonly<Record<Outgoing['name'], string>> = {
  readings: 'Новых показаний нет, выгружать нечего.',
  bookings: 'Новых записей нет, выгружать нечего.',
}

/** One line about a file. */
export function outcomeLine(path: string, result: ImportResult): string {
  const errors = result.errorsFile ? `; список ошибок: ${basename(result.errorsFile)}` : ''
  if (result.refused) {
    const { code, facts } = result.refused
    const details = Object.entries(facts).map(([name, value]) => `${factNames[name] ?? name}: ${value}`)
    const inside = details.length > 0 ? ` (${details.join(', ')})` : ''
    return `${basename(path)}: не загружен, ${code}: ${refusals[code]}${inside}; прежние данные не изменены${errors}`
  }
  const counts = [
    `строк: ${result.rows}`,
    `загружено: ${result.loaded}`,
    `без изменений: ${result.unchanged}`,
    ...(result.older > 0 ? [`старее имеющихся: ${result.older}`] : []),
    `с ошибками: ${result.bad}`,
    ...(result.withheld > 0 ? [`задержано из-за ошибок рядом: ${result.withheld}`] : []),
    ...(result.remarked > 0 ? [`с замечаниями: ${result.remarked}`] : []),
  ]
  return `${basename(path)}: ${counts.join(', ')}${errors}`
}

/** One line about a folder of receipts. */
export function receiptsLine(path: string, result: ReceiptsResult): string {
  const { files, loaded, unchanged, older, bad, errorsFile, refused } = result
  if (refused) return `${basename(path)}: не загружен, ${refused}: ${refusals[refused]}; прежние данные не изменены`
  const counts = [
    `квитанций: ${files}`,
    `загружено: ${loaded}`,
    `без изменений: ${unchanged}`,
    ...(older > 0 ? [`старее имеющихся: ${older}`] : []),
    `с ошибками: ${bad}`,
  ]
  return `${basename(path)}: ${counts.join(', ')}${errorsFile ? `; список ошибок: ${basename(errorsFile)}` : ''}`
}

const factNames: Readonly<Record<string, string>> = {
  column: 'колонка',
  rows: 'строк',
  bad: 'с ошибками',
  stated: 'указано',
  found: 'в файле',
}
