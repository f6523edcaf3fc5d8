import type { Rules } from '../domain/rules.ts'
import { type Text, text } from '../engine/text.ts'

/** Where the web cabinet is: a link, or in words while nobody has named it. */
export const whereCabinetIs = ({ cabinetUrl }: Pick<Rules, 'cabinetUrl'>): Text =>
  cabinetUrl ? text('elsewhere.cabinetAt', { url: cabinetUrl }) : text('elsewhere.cabinetOnSite')
