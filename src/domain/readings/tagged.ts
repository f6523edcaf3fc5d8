import type { MeterOnHand, Service } from '../meter.ts'
import { type Chunk, type Content, chunksOf } from './chunks.ts'
import { type Assigned, type Assignment, assignInOrder } from './order.ts'
import type { ReadingsProblem } from './parse.ts'
import { allSameAgain, asTyped, sameAgain } from './sameAgain.ts'
import type { NumberToken, SameToken, Token } from './tokens.ts'

/** Gives numbers to the meters that are named beside them: by service, serial, position in the list or tariff zone. */
export function assignTagged(tokens: Token[], meters: MeterOnHand[]): Assignment {
  const chunks = chunksOf(tokens, meters)
  if (!chunks) return refuse(whichOf(meters))
  const named: { meter: MeterOnHand; content: Content[] }[] = []
  const ofServices = new Map<Service, Content[][]>()
  const elsewhere = new Set<Service>()
  for (const chunk of chunks) {
    const target = targetOf(chunk, meters)
    if (target.kind === 'problem') return refuse(target.problem)
    if (target.kind === 'elsewhere') elsewhere.add(target.service)
    if (target.kind === 'meter') named.push({ meter: target.meter, content: chunk.content })
    if (target.kind === 'service')
      ofServices.set(target.service, [...(ofServices.get(target.service) ?? []), chunk.content])
  }
  const taken = new Set(named.map(({ meter }) => meter.id))
  const assignments = [
    ...named.map(({ meter, content }) => assignToMeter(content, meter)),
    ...[...ofServices].map(([service, contents]) => {
      const own = meters.filter((meter) => meter.service === service)
      const free = own.filter((meter) => !taken.has(meter.id))
      return assignToService(contents, free.length > 0 ? free : own)
    }),
  ]
  if (assignments.length === 0 && elsewhere.size > 0) return refuse({ code: 'elsewhere', services: [...elsewhere] })
  const all = together(assignments)
  return all.ok && elsewhere.size > 0 ? { ...all, elsewhere: [...elsewhere] } : all
}

type Target =
  | { kind: 'meter'; meter: MeterOnHand }
  | { kind: 'service'; service: Service }
  /** The account has no meter of this service. */
  | { kind: 'elsewhere'; service: Service }
  | { kind: 'problem'; problem: ReadingsProblem }

/** The most exact name of a chunk decides; values with zones belong to the one meter that can have them. */
function targetOf({ heads, content }: Chunk, meters: MeterOnHand[]): Target {
  const exact = heads.find((head) => head.kind === 'named')
  if (exact) {
    const found = meters.filter((meter) => exact.meterIds.includes(meter.id))
    return oneOf(found, exact.word)
  }
  const service = heads.find((head) => head.kind === 'service')
  const zoned = content.some(({ kind }) => kind === 'zone')
  const own = meters.filter((meter) => meter.service === (service?.service ?? 'EL'))
  if (!zoned) {
    if (!service) return oneOf([], '')
    if (own.length === 0) return { kind: 'elsewhere', service: service.service }
    return { kind: 'service', service: service.service }
  }
  const candidates = service ? own : meters
  const several = candidates.filter((meter) => meter.zones > 1)
  if (several.length > 0) return oneOf(several, '')
  const fallback = !service && meters.length === 1 ? meters : own
  return fallback.length === 0
    ? { kind: 'elsewhere', service: service?.service ?? 'EL' }
    : oneOf(fallback, service?.word ?? 'T1')
}

function oneOf(found: MeterOnHand[], word: string): Target {
  const [meter, another] = found
  if (!meter) return { kind: 'problem', problem: { code: 'unknownMeter', word } }
  return another ? { kind: 'problem', problem: whichOf(found) } : { kind: 'meter', meter }
}

/** One naming of a service may carry the values of all its meters; several namings are its meters in the order they are shown. */
function assignToService(contents: Content[][], meters: MeterOnHand[]): Assignment {
  const [first, ...more] = contents
  const [only, another] = meters
  if (first && more.length === 0 && isOnlySame(first)) return allSameAgain(meters)
  if (first && more.length === 0) return assignInOrder(numbersOf(first), meters)
  if (only && !another) return refuse({ code: 'repeated', meterId: only.id })
  if (contents.length > meters.length)
    return refuse({ code: 'tooMany', given: contents.length, expected: meters.length })
  if (contents.length < meters.length) return refuse(whichOf(meters))
  return together(meters.map((meter, index) => assignToMeter(contents[index] ?? [], meter)))
}

function assignToMeter(content: Content[], meter: MeterOnHand): Assignment {
  if (isOnlySame(content)) return sameAgain(meter)
  if (!content.some(({ kind }) => kind === 'zone')) return assignInOrder(numbersOf(content), [meter])
  // «день 5012 ночь 3040» and «5012 день 3040 ночь»
  const pairs = content[0]?.kind === 'zone' ? content : content.toReversed()
  const values = new Map<number, NumberToken>()
  const wrong = refuse({ code: 'zones', meterId: meter.id, given: numbersOf(content).length, expected: meter.zones })
  for (let at = 0; at < pairs.length; at += 2) {
    const zone = pairs[at]
    const number = zone?.kind === 'zone' ? registerOf(pairs[at + 1], meter.previous?.values[zone.zone]) : undefined
    if (zone?.kind !== 'zone' || number?.kind !== 'number' || zone.zone >= meter.zones) return wrong
    if (values.has(zone.zone)) return refuse({ code: 'repeated', meterId: meter.id })
    values.set(zone.zone, number)
  }
  const numbers = [...values].sort(([a], [b]) => a - b).map(([, number]) => number)
  return numbers.length === meter.zones ? { ok: true, assigned: [{ meter, numbers }] } : wrong
}

function together(assignments: Assignment[]): Assignment {
  const assigned: Assigned[] = []
  for (const assignment of assignments) {
    if (!assignment.ok) return assignment
    for (const one of assignment.assigned) {
      if (assigned.some(({ meter }) => meter.id === one.meter.id))
        return refuse({ code: 'repeated', meterId: one.meter.id })
      assigned.push(one)
    }
  }
  return { ok: true, assigned }
}

/** What stands beside the name of a register: a number, or «не изменилось» for the number it had. */
function registerOf(content: Content | undefined, previous: number | undefined): Content | undefined {
  return content?.kind === 'same' && previous !== undefined ? asTyped(previous) : content
}

/** «Не изменилось» beside a number only says what the number shows. */
function isOnlySame(content: Content[]): content is SameToken[] {
  return content.length > 0 && content.every(({ kind }) => kind === 'same')
}

function numbersOf(content: Content[]): NumberToken[] {
  return content.filter((token) => token.kind === 'number')
}

function whichOf(meters: MeterOnHand[]): ReadingsProblem {
  return { code: 'whichMeter', meterIds: meters.map((meter) => meter.id) }
}

function refuse(problem: ReadingsProblem): Assignment {
  return { ok: false, problem }
}
