import {
  concatTransformationMatrix,
  fill,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setFillingGrayscaleColor,
} from 'pdf-lib'
import { qrModules, quietModules } from '../qr.ts'

/**
 * A code as one shape of black squares: sharp at any size, and without seams between its modules. It is as wide as `side` together with the
 * white frame that belongs to it.
 */
export function drawQr(
  page: PDFPage,
  bytes: Uint8Array,
  { x, top, side }: { x: number; top: number; side: number },
): void {
  const { size, isDark } = qrModules(bytes)
  const module = side / (size + 2 * quietModules)
  const squares = []
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isDark(row, column)) continue
      const from = column
      while (column + 1 < size && isDark(row, column + 1)) column++
      squares.push(rectangle(from, size - 1 - row, column + 1 - from, 1))
    }
  }
  const inset = quietModules * module
  page.pushOperators(
    pushGraphicsState(),
    // A module is the unit: all that stands in the document of it are small whole numbers.
    concatTransformationMatrix(module, 0, 0, module, x + inset, top - side + inset),
    setFillingGrayscaleColor(0),
    ...squares,
    fill(),
    popGraphicsState(),
  )
}
