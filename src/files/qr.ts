import { renderAsync } from '@resvg/resvg-js'
import { create } from 'qrcode'

/** A QR code's modules without the white frame around them. */
export interface QrModules {
  /** Modules a side. */
  size: number
  isDark(row: number, column: number): boolean
}

/** White modules that must stand around a code on every side. */
export const quietModules = 4

/**
 * The code of such bytes, error correction level M. The bytes are written as they are, in byte mode without an ECI header: applications of
 * banks take the encoding from the payment code's own head, and some fail when they meet the header. At most 2331 bytes.
 */
export function qrModules(bytes: Uint8Array): QrModules {
  const { modules } = create([{ data: bytes, mode: 'byte' }], { errorCorrectionLevel: 'M' })
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) !== 0 }
}

/** The code as a picture (PNG): black on opaque white with its frame, as wide as chats show pictures, every module of whole pixels. */
export async function qrPng(bytes: Uint8Array): Promise<Uint8Array> {
  const picture = await renderAsync(qrSvg(qrModules(bytes)), { font: { loadSystemFonts: false } })
  return picture.asPng()
}

const usualWidth = 1024
/** Pixels a module; fewer are blurred when a messenger compresses the picture. */
const leastScale = 8

function qrSvg(modules: QrModules): string {
  const side = modules.size + 2 * quietModules
  const width = side * Math.max(leastScale, Math.floor(usualWidth / side))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}" viewBox="0 0 ${side} ${side}">`,
    `<rect width="${side}" height="${side}" fill="#fff"/>`,
    '<g shape-rendering="crispEdges">',
    ...Array.from({ length: modules.size }, (_, row) => `<path d="${darkRuns(modules, row)}"/>`),
    '</g>',
    '</svg>',
  ].join('')
}

/** A row, its dark neighbours as one. A path a row is drawn more than twice as fast as one path of all. */
function darkRuns({ size, isDark }: QrModules, row: number): string {
  const runs: string[] = []
  for (let column = 0; column < size; column++) {
    if (!isDark(row, column)) continue
    const from = column
    while (column + 1 < size && isDark(row, column + 1)) column++
    const length = column + 1 - from
    runs.push(`M${from + quietModules} ${row + quietModules}h${length}v1h-${length}z`)
  }
  return runs.join('')
}
