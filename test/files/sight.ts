type Vector = [number, number, number]
type Matrix = [Vector, Vector, Vector]

/**
 * How colours are seen by those whose red, green or blue receptors are missing, in linear light: G. Machado, M. Oliveira, L. Fernandes,
 * «A Physiologically-based Model for Simulation of Color Vision Deficiency» (2009), severity 1.
 */
const sights: Matrix[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
]

/** The least difference between any two of the colours for any sight, in CIE Lab; one of 2 can just be seen side by side. */
export function leastDifference(colours: readonly string[]): number {
  const differences = sights.flatMap((sight) => {
    const seen = colours.map((colour) => lab(times(sight, linear(colour))))
    return seen.flatMap((one, nth) => seen.slice(nth + 1).map((other) => Math.hypot(...minus(one, other))))
  })
  return Math.min(...differences)
}

const linear = (hex: string): Vector => {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const times = ([a, b, c]: Matrix, vector: Vector): Vector => [dot(a, vector), dot(b, vector), dot(c, vector)]
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]

/** From linear sRGB, by daylight (D65). */
function lab(rgb: Vector): Vector {
  const within = (value: number) => Math.min(1, Math.max(0, value))
  const light: Vector = [within(rgb[0]), within(rgb[1]), within(rgb[2])]
  const root = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const x = root(dot([0.4124, 0.3576, 0.1805], light) / 0.9505)
  const y = root(dot([0.2126, 0.7152, 0.0722], light))
  const z = root(dot([0.0193, 0.1192, 0.9505], light) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
