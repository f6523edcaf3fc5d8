import type { MeterOnHand } from '../meter.ts'
import type { HeadToken, NumberToken, SameToken, Token } from './tokens.ts'

export type Content = NumberToken | SameToken | Extract<Token, { kind: 'zone' }>

/** Numbers (with their zones) and the names they stand beside; no name at all when only zones are named. */
export interface Chunk {
  heads: HeadToken[]
  content: Content[]
}

/**
 * Cuts tokens into names with their values. Names stand before their values throughout («хвс 12 гвс 8») or after them throughout
 * («12 хвс 8 гвс»); commas and lines may cut the text so that each piece speaks for itself. Nothing when it is not clear which value is whose.
 */
export function chunksOf(tokens: Token[], meters: MeterOnHand[]): Chunk[] | undefined {
  const pieces = piecesOf(tokens)
  const alone = pieces.length > 1 && pieces.every((piece) => headClusters(piece) === 1 && piece.some(isValue))
  const chunks = alone ? pieces.map((piece) => cut(piece, meters)) : [cut(pieces.flat(), meters)]
  if (chunks.some((found) => found === undefined)) return undefined
  return chunks.flatMap((found) => found ?? [])
}

type Significant = HeadToken | Content

function cut(tokens: Significant[], meters: MeterOnHand[]): Chunk[] | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (!first || !last) return []
  if (!tokens.some(isHead))
    return isValue(first) && isValue(last) ? undefined : [{ heads: [], content: tokens.filter(isContent) }]
  if (!isValue(first)) return forward(tokens, meters)
  if (!isHead(last)) return undefined
  const backward = forward(tokens.toReversed(), meters)
  return backward?.map(({ heads, content }) => ({ heads, content: content.toReversed() })).toReversed()
}

function forward(tokens: Significant[], meters: MeterOnHand[]): Chunk[] | undefined {
  const chunks: Chunk[] = []
  for (const token of tokens) {
    const last = chunks.at(-1)
    if (!isHead(token)) {
      if (last) last.content.push(token)
      else chunks.push({ heads: [], content: [token] })
    } else if (!last || last.content.length > 0) {
      chunks.push({ heads: [token], content: [] })
    } else if (last.heads.every((head) => agree(head, token, meters))) {
      last.heads.push(token)
    } else return undefined
  }
  if (chunks.some(({ content }) => !content.some(isValue))) return undefined
  return chunks.flatMap((chunk) => zonesApart(chunk, meters))
}

/** Two names in a row mean one meter when they can: «хвс №1234», «холодная хвс». */
function agree(a: HeadToken, b: HeadToken, meters: MeterOnHand[]): boolean {
  if (a.kind === 'named' && b.kind === 'named') return a.meterIds.join() === b.meterIds.join()
  if (a.kind === 'service' && b.kind === 'service') return a.service === b.service
  const [service, ids] =
    a.kind === 'service' ? [a.service, meterIds(b)] : b.kind === 'service' ? [b.service, meterIds(a)] : [undefined, []]
  return ids.every((id) => meters.find((meter) => meter.id === id)?.service === service)
}

function meterIds(head: HeadToken): string[] {
  return head.kind === 'named' ? head.meterIds : []
}

/** «хвс 12 т1 5012 т2 3040»: zones after the value of a meter that has none open a chunk of their own. */
function zonesApart(chunk: Chunk, meters: MeterOnHand[]): Chunk[] {
  const { heads, content } = chunk
  const service = heads.find((head) => head.kind === 'service')?.service
  const start = content.findIndex(({ kind }) => kind === 'zone')
  const single = service !== undefined && meters.every((meter) => meter.service !== service || meter.zones === 1)
  if (!single || start < 1 || content.at(-1)?.kind === 'zone') return [chunk]
  return [
    { heads, content: content.slice(0, start) },
    { heads: [], content: content.slice(start) },
  ]
}

function piecesOf(tokens: Token[]): Significant[][] {
  const pieces: Significant[][] = [[]]
  for (const token of tokens) {
    if (token.kind === 'break') pieces.push([])
    else if (isHead(token) || isContent(token)) pieces.at(-1)?.push(token)
  }
  return pieces.filter((piece) => piece.length > 0)
}

function headClusters(piece: Significant[]): number {
  return piece.filter((token, index) => isHead(token) && !isHead(piece[index - 1])).length
}

function isHead(token: Token | undefined): token is HeadToken {
  return token?.kind === 'service' || token?.kind === 'named'
}

function isContent(token: Token): token is Content {
  return isValue(token) || token.kind === 'zone'
}

function isValue(token: Token): token is NumberToken | SameToken {
  return token.kind === 'number' || token.kind === 'same'
}
