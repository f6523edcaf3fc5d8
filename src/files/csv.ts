/** A decimal is written as it is: digits, a comma, a minus. Whatever else stands in a cell is text. */
export type Cell = string | { decimal: string }

/**
 * A table that a Russian Excel opens at a double click: UTF-8 with a mark, semicolons, CRLF, quotes by RFC 4180. Text that a spreadsheet
 * would take for a formula (https://owasp.org/www-community/attacks/CSV_Injection) begins with an apostrophe.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): Uint8Array {
  const lines = rows.map((row) => row.map(written).join(';'))
  return new TextEncoder().encode(`\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`)
}

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell.decimal
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(cell) ? `'${cell}` : cell
  return /["';\r\n\t]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
