import type { UploadedPart } from './check/telegram.ts'

export interface Form {
  fields: Record<string, string>
  files: Map<string, UploadedPart>
}

/**
 * Reads a multipart form. Written by hand since bots' libraries send headers that stricter parsers refuse: grammY writes
 * `content-disposition:form-data;name="x";filename=y.png`, without blanks and quotes.
 */
export function readMultipart(body: Buffer, contentType: string): Form {
  const form: Form = { fields: {}, files: new Map() }
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!boundary) return form
  const mark = Buffer.from(`--${boundary}`)
  let start = body.indexOf(mark)
  while (start >= 0) {
    const next = body.indexOf(mark, start + mark.length)
    if (next < 0) break
    // Between the marks: CRLF, headers, an empty line, the content, CRLF.
    readPart(body.subarray(start + mark.length + 2, next - 2), form)
    start = next
  }
  return form
}

function readPart(part: Buffer, form: Form): void {
  const end = part.indexOf('\r\n\r\n')
  if (end < 0) return
  const disposition = /content-disposition:([^\r\n]*)/i.exec(part.toString('utf8', 0, end))?.[1] ?? ''
  const content = part.subarray(end + 4)
  const name = value(disposition, 'name')
  if (name === undefined) return
  const filename = value(disposition, 'filename')
  if (filename === undefined) form.fields[name] = content.toString('utf8')
  else form.files.set(name, { name: filename, bytes: Buffer.from(content) })
}

function value(disposition: string, key: string): string | undefined {
  const match = new RegExp(`[;\\s]${key}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(disposition)
  return match?.[1] ?? match?.[2]?.trim()
}
