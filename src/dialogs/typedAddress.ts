import { z } from 'zod'
import type { formatAddress } from '../domain/address/format.ts'

/** What a resident typed, as it was understood, without the parts that are not there. */
export const address = z.object({
  ...{ streetType: z.string(), street: z.string(), house: z.string() },
  ...{ korpus: z.string().exactOptional(), flat: z.string().exactOptional(), room: z.string().exactOptional() },
})
export type Address = z.infer<typeof address>

type Parts = Parameters<typeof formatAddress>[0]

/** All its parts; those that are not there are empty. */
export const parts = ({ streetType, street, house, korpus = '', flat = '', room = '' }: Address): Required<Parts> => ({
  ...{ streetType, street, house, korpus, flat, room },
})

/** An answer's parts without the empty ones that JSON cannot tell from missing. */
export const asAnswer = ({ streetType, street, house, korpus, flat, room }: Parts): Address => ({
  ...{ streetType, street, house },
  ...(korpus && { korpus }),
  ...(flat && { flat }),
  ...(room && { room }),
})
