import { open, opens, type Step, screen } from '../engine/saying.ts'
import { text } from '../engine/text.ts'

/** Where it is told why a messenger may not carry sums, and where they are to be seen. */
export const toWithheld: Step<never> = open('withheld', { opening: 'charges' })

/** What is shown instead of sums to whoever stood among them when the messenger was forbidden to carry them. */
export const withheld = screen(text('charges.withheld'), [opens('charges.whereElse', 'withheld', 'charges')])
