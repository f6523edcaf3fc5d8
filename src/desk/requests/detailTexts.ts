import { type ChannelPolicy, showsPayer } from '../../domain/channelPolicy.ts'
import { documentWays } from '../../domain/documents/kinds.ts'
import { facts, papers, usualAnswers } from '../../domain/papers/matters.ts'
import { claimants } from '../../domain/papers/progress.ts'
import { isPeriod } from '../../domain/period.ts'
import { type Text, text } from '../../engine/text.ts'
import { cut } from '../card/stateTexts.ts'

type Details = { [name: string]: unknown }

/**
 * What a request asks for besides its words: of papers the answers to what was asked, of an account that is to be opened where and for whom, of a document
 * how it is received and of which months. What is known of nobody's kind is not shown; the address only to whoever may see it (`isHeld`, policy).
 */
export function detailTexts(details: Details, { isHeld, policy }: { isHeld: boolean; policy: ChannelPolicy }): Text[] {
  const told = (name: string): string | undefined => {
    const value = details[name]
    return typeof value === 'string' && value !== '' ? cut(value, mostChars) : undefined
  }
  const address = told('address')
  const claimant = claimants.find((one) => one === details.claimant)
  return [
    ...(address !== undefined && isHeld && showsPayer(policy) ? [text('papers.addressLine', { address })] : []),
    ...(claimant ? [text('papers.claimantLine', { claimant: text(`papers.claimant.${claimant}`) })] : []),
    ...facts.flatMap((fact) => {
      const value = told(fact)
      const isHidden = fact === 'phone' && !isHeld
      return value === undefined || isHidden
        ? []
        : [text('papers.factLine', { fact: text(`papers.factName.${fact}`), value: answerText(value) })]
    }),
    ...papers
      .filter((paper) => details[paper] === 'none')
      .map((paper) => text('papers.paperNone', { paper: text(`papers.paper.${paper}`) })),
    ...orderTexts(details),
  ]
}

const mostChars = 150

/** An answer that was a button is kept by its name. */
function answerText(value: string): Text | string {
  const known = usualAnswers.find((one) => one === value)
  return known ? text(`papers.usual.${known}`) : value
}

function orderTexts({ way, office, months }: Details): Text[] {
  const how = documentWays.find((one) => one === way)
  return [
    ...(how
      ? [text(`desk.request.way.${how}`, { office: typeof office === 'string' ? cut(office, mostChars) : '' })]
      : []),
    ...monthsText(months),
  ]
}

function monthsText(months: unknown): Text[] {
  if (typeof months !== 'object' || months === null || !('from' in months) || !('to' in months)) return []
  const { from, to } = months
  if (typeof from !== 'string' || typeof to !== 'string' || !isPeriod(from) || !isPeriod(to)) return []
  return [from === to ? text('desk.request.month', { from }) : text('desk.request.months', { from, to })]
}
