/** Runs in the browser: the contrast ratio of an element's words and the nearest painted colour behind them. */
export function contrast(element) {
  const parse = (color) => color.match(/[\d.]+/g).map(Number)
  const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const light = (color) => {
    const [red, green, blue] = color.map((value) => channel(value / 255))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  let behind = element
  while (behind && (parse(getComputedStyle(behind).backgroundColor)[3] ?? 1) < 0.5) behind = behind.parentElement
  const ground = behind ? parse(getComputedStyle(behind).backgroundColor) : [255, 255, 255]
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}
