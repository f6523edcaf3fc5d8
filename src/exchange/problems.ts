/**
 * What can be wrong with one row of a billing file, and how it is said in the errors file (domain.md, section 10).
 * `BAD_HOURS`, `UNKNOWN_OFFICE`, `UNKNOWN_BOOKING`, `BAD_ROW` (the row does not fall into cells), `BAD_VALUE` (none of the permitted words), `UNKNOWN_METER`, `UNKNOWN_READING`, `NOT_REPEATED`, `WITHHELD`,
 * `CONTROL_DIGITS`, `BAD_REQUISITE` and those of receipts, `BAD_FILE_NAME` to `TOO_LARGE`, complete that list. `SUM_MISMATCH`, `BOOKED_HERE` and
 * `TREASURY_ACCOUNT` are remarks: the row is loaded.
 */
export const rowProblems = {
  MISSING: 'значение обязательно, а ячейка пуста',
  BAD_NUMBER: 'не число или число вне допустимых границ',
  BAD_DATE: 'не дата: нужны ГГГГ-ММ-ДД или ДД.ММ.ГГГГ (период: ГГГГ-ММ)',
  BAD_VALUE: 'значение не из списка допустимых',
  BAD_ROW: 'ячеек не столько, сколько в заголовке: лишняя «;» или незакрытая кавычка',
  BAD_ENCODING: 'в строке есть байты, которых нет в кодировке файла',
  TOO_LONG: 'значение длиннее допустимого',
  DUPLICATE: 'такая запись уже встретилась в этом файле, взята первая',
  UNKNOWN_ACCOUNT: 'такого лицевого счёта нет: сначала загрузите файл accounts',
  UNKNOWN_METER: 'такого прибора учёта нет: сначала загрузите файл meters',
  UNKNOWN_READING: 'такого показания мы не передавали',
  UNKNOWN_OFFICE: 'такого отделения нет: сначала загрузите файл offices',
  UNKNOWN_BOOKING: 'такой записи мы не передавали',
  BAD_HOURS:
    'часы работы не читаются: нужны дни и время, например mon-thu 08:00-17:00 break 12:00-12:48, fri 08:00-16:00',
  NOT_REPEATED: 'остатки, оплата, пени и срок оплаты не те же, что в первой строке этого месяца: месяц не загружен',
  WITHHELD: 'строка верна, но рядом в том же месяце есть ошибка: месяц не загружен, прежние данные остались',
  BAD_FILE_NAME: 'имя файла должно быть вида <лицевой счёт>_<ГГГГ-ММ>_<MAIN или CAPREM>.pdf',
  EMPTY: 'файл пуст',
  NOT_A_PDF: 'это не PDF',
  TRUNCATED: 'PDF обрывается: файл передан не до конца',
  TOO_LARGE: 'файл больше допустимого (RECEIPT_MEGABYTES)',
  CONTROL_DIGITS: 'контрольные цифры не сходятся: в номере ошибка',
  BAD_REQUISITE: 'реквизит не той длины, с лишними знаками или не помещается в QR-код',
  SUM_MISMATCH: 'суммы не сходятся: загружено как есть, проверьте в биллинге',
  BOOKED_HERE: 'на это место уже записался житель, а вы о нём ещё не знали: его запись осталась, место занято дважды',
  TREASURY_ACCOUNT: 'казначейский счёт: его контрольные цифры не проверяются, сверьте сами',
} as const

export type RowProblem = keyof typeof rowProblems

/** Why a whole file is refused. Nothing of a refused file is loaded, and what was loaded before stays. */
export const refusals = {
  BAD_NAME:
    'имя файла должно быть вида <вид>_<ГГГГММДД>_<NNN>.csv, где вид: accounts, meters, readings, readings_result, charges, payments, requisites, offices, slots_taken, bookings_result',
  NOT_FOUND: 'файл не найден',
  NOT_A_TABLE: 'это не таблица с разделителем «;»: нет заголовка или строка слишком длинная',
  MISSING_COLUMN: 'нет обязательной колонки',
  DUPLICATE_COLUMN: 'колонка названа дважды',
  TOO_MANY_BAD_ROWS: 'ошибок больше 1 % строк',
  BAD_CONTROL: 'контрольный файл .ctl не читается',
  ROWS_MISMATCH: 'число строк не сходится с контрольным файлом',
  SUM_MISMATCH: 'контрольная сумма не сходится с контрольным файлом',
  HASH_MISMATCH: 'SHA-256 не сходится с контрольным файлом: файл изменён или передан не до конца',
} as const

export type RefusalCode = keyof typeof refusals

/** `facts` name columns and count rows; they never hold a cell. */
export interface Refusal {
  code: RefusalCode
  facts: Record<string, string | number>
}

/** Ends an import from anywhere in its stream; `importFile` answers it as a value. */
export class RefusedFile extends Error {
  readonly refusal: Refusal

  constructor(code: RefusalCode, facts: Refusal['facts'] = {}) {
    super(code)
    this.name = 'RefusedFile'
    this.refusal = { code, facts }
  }
}
