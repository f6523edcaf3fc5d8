/** Whether there is room for a line. */
type Fits = (line: string) => boolean

/**
 * A text in lines that fit. Broken at spaces (never at no-break ones) and behind hyphens and slashes; a word that is longer than a line is
 * broken where the line is full. Of more lines than `most` the last ends in «…».
 */
export function wrap(text: string, fits: Fits, most = Number.POSITIVE_INFINITY): string[] {
  const lines = text.split('\n').flatMap((line) => broken(line, fits))
  if (lines.length <= most) return lines
  const last = `${lines[most - 1]}…`
  return [...lines.slice(0, most - 1), fits(last) ? last : `${fitting(last, (line) => fits(`${line}…`)).trimEnd()}…`]
}

function broken(text: string, fits: Fits): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.match(/[^ \-/]*[ \-/]?/g) ?? []) {
    if (fits((line + word).trimEnd())) {
      line += word
      continue
    }
    if (line !== '') lines.push(line.trimEnd())
    line = word
    while (!fits(line.trimEnd())) {
      const head = fitting(line, fits)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return [...lines, line.trimEnd()]
}

/** As many characters as there is room for, one at least. */
function fitting(text: string, fits: Fits): string {
  let head = ''
  for (const character of text) {
    if (head !== '' && !fits(head + character)) break
    head += character
  }
  return head
}
