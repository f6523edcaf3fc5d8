import iconv from 'iconv-lite'

/** So many bytes, counted from the first one that is not ASCII, are looked at before an encoding is chosen. */
const evidenceBytes = 64 * 1024

/**
 * The text of a file that is in UTF-8 (with or without a byte-order mark) or in windows-1251.
 * Plain ASCII reads the same in both, so it is handed on at once and the choice waits for the first other byte, however late.
 * Bytes which the chosen encoding does not have become U+FFFD: the row that holds them is then refused as `BAD_ENCODING`.
 */
export async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: iconv.DecoderStream | undefined
  let evidence = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (decoder) {
      yield decoder.write(chunk)
      continue
    }
    const start = evidence.length > 0 ? 0 : firstBeyondAscii(chunk)
    if (start > 0) yield chunk.toString('latin1', 0, start)
    evidence = Buffer.concat([evidence, chunk.subarray(start)])
    if (evidence.length < evidenceBytes) continue
    decoder = iconv.getDecoder(encodingOf(evidence))
    yield decoder.write(evidence)
  }
  decoder ??= iconv.getDecoder(encodingOf(evidence))
  if (evidence.length < evidenceBytes) yield decoder.write(evidence)
  yield decoder.end() ?? ''
}

/**
 * UTF-8, unless most of what is not ASCII is wrong in it: Russian words in windows-1251 hardly ever happen to be valid UTF-8, and one
 * damaged byte must not turn a file of names into gibberish. A character which the end of the evidence cuts in two does not count.
 */
function encodingOf(evidence: Buffer): 'utf8' | 'windows-1251' {
  const text = evidence.toString('utf8', 0, evidence.length - cutTail(evidence))
  const wrong = text.match(/\uFFFD/g)?.length ?? 0
  const right = (text.match(/\P{ASCII}/gu)?.length ?? 0) - wrong
  return right > wrong ? 'utf8' : 'windows-1251'
}

/** How many bytes at the end begin a UTF-8 character without finishing it. */
function cutTail(bytes: Buffer): number {
  for (let length = 1; length <= Math.min(3, bytes.length); length++) {
    const byte = bytes[bytes.length - length] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return length < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length : 0
  }
  return 0
}

function firstBeyondAscii(bytes: Buffer): number {
  const at = bytes.findIndex((byte) => byte >= 0x80)
  return at < 0 ? bytes.length : at
}
