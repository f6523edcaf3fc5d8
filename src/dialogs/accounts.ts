import { z } from 'zod'
import { accountName, longestAccountName } from '../domain/accountName.ts'
import { looksLikeReadings } from '../domain/readings/looksLike.ts'
import { defineDialog, type Here } from '../engine/dialog.ts'
import {
  again,
  choice,
  finish,
  goTo,
  open,
  opens,
  perform,
  type Step,
  screen,
  stay,
  unclear,
} from '../engine/saying.ts'
import { text } from '../engine/text.ts'
import { labelOf, linkedHere, linkedOne } from './accountNames.ts'
import { yesOrNo } from './yesOrNo.ts'

const account = z.int()
const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('list') }),
  z.object({ at: z.literal('card'), account }),
  z.object({ at: z.literal('name'), account }),
  z.object({ at: z.literal('people'), account }),
  z.object({ at: z.literal('unlink'), account }),
])
type Place = z.infer<typeof place>

/** Opened at one account: by its name, typed where nothing is asked. */
const opening = z.object({ account })

/** What is shown of an account that was unlinked in the meantime, in another chat. */
const notLinked = screen(text('accounts.notLinked'), [opens('menu.accounts', 'accounts')], { nav: 'menu' })

/** The resident's linked accounts: what he calls each of them, who else has linked it, and how to unlink it. */
export const accounts = defineDialog<Place>({
  id: 'accounts',
  version: 1,
  needs: 'consent',
  place,
  begin: (here) => {
    const wanted = opening.safeParse(here.opening)
    return goTo(wanted.success ? { at: 'card', account: wanted.data.account } : { at: 'list' })
  },
  places: {
    list: {
      ask: async (here) => {
        const own = await linkedHere(here)
        const linked = own.map(({ line }) => text('accounts.line', { address: line }))
        return screen(
          linked.length > 0 ? text('accounts.list', { count: linked.length, linked }) : text('accounts.none'),
          [...own.map((one) => choice(labelOf(one), one.id)), opens('accounts.linkAnother', 'linking')],
        )
      },
      answer: async (here) => {
        const { said } = here
        const own = await linkedHere(here)
        const chosen = own.find(({ id }) => said.kind === 'choice' && said.value === id)
        return chosen ? goTo({ at: 'card', account: chosen.id }) : unclear
      },
      asksNothing: true,
    },
    card: {
      ask: async (here) => {
        const one = await linkedOne(here, here.place.account)
        if (!one) return notLinked
        const others = await here.queries.accounts.others(here.resident?.id ?? '', one.id)
        return screen(
          [
            text('accounts.card', { line: one.line, number: one.number }),
            ...(others.length > 0 ? [text('accounts.shared', { count: others.length })] : []),
          ],
          [
            choice('menu.readings', 'readings'),
            choice('history.open', 'history'),
            choice(one.name === undefined ? 'accounts.giveName' : 'accounts.otherName', 'name'),
            ...(one.name === undefined ? [] : [choice('accounts.noName', 'noName')]),
            ...(others.length > 0 ? [choice('accounts.whoElse', 'people')] : []),
            choice('accounts.unlink', 'unlink'),
          ],
        )
      },
      answer: ({ said, place }) => {
        if (said.kind !== 'choice') return unclear
        switch (said.value) {
          case 'readings':
            return open('readings', { accountId: place.account })
          case 'history':
            return open('history', { accountId: place.account })
          case 'name':
            return goTo({ at: 'name', account: place.account })
          case 'people':
            return goTo({ at: 'people', account: place.account })
          case 'unlink':
            return goTo({ at: 'unlink', account: place.account })
          default:
            return rename(place.account, null)
        }
      },
      asksNothing: true,
    },
    name: {
      ask: async (here) => {
        const one = await linkedOne(here, here.place.account)
        return one ? screen(text('accounts.askName', { line: one.line })) : notLinked
      },
      answer: ({ said, place, alreadyMeans }) => {
        if (said.kind !== 'text') return unclear
        const read = accountName(said.text)
        if (!read.ok) return again(text(`accounts.badName.${read.problem}`, { most: longestAccountName }))
        const { name } = read
        if (looksLikeReadings(name)) return again(text('accounts.badName.readings'))
        const isWord = alreadyMeans(name) || yesOrNo({ kind: 'text', text: name }) !== undefined
        return isWord ? stay(place, text('accounts.badName.command', { name })) : rename(place.account, name)
      },
      overruled: (said) => text('accounts.badName.command', { name: said }),
      example: text('accounts.exampleName'),
    },
    people: {
      ask: async (here) => {
        const one = await linkedOne(here, here.place.account)
        if (!one) return notLinked
        const others = await here.queries.accounts.others(here.resident?.id ?? '', one.id)
        const people = others.map(({ linkedAt, proof }) => text(`accounts.person.${proof}`, { at: linkedAt }))
        const removable = others.filter(({ mayRemove }) => mayRemove)
        return screen(
          [
            text('accounts.people', { count: people.length, line: one.line, people }),
            ...(removable.length > 0 ? [text('accounts.mayUnlink')] : []),
            ...(removable.length < others.length ? [text('accounts.mayNotUnlink')] : []),
          ],
          removable.map(({ link, linkedAt }) => ({
            label: text('accounts.notKnown', { at: linkedAt }),
            means: { open: 'newcomer', opening: link },
          })),
        )
      },
      answer: () => unclear,
      asksNothing: true,
    },
    unlink: {
      ask: async (here) => {
        const one = await linkedOne(here, here.place.account)
        if (!one) return notLinked
        return screen(text('accounts.sureUnlink', { line: one.line }), [
          choice('accounts.yesUnlink', 'yes'),
          choice('accounts.noUnlink', 'no'),
        ])
      },
      answer: async (here) => {
        const sure = yesOrNo(here.said)
        if (sure === undefined) return unclear
        return sure ? unlink(here) : goTo({ at: 'card', account: here.place.account })
      },
    },
  },
})

const rename = (accountId: number, name: string | null): Step<Place> =>
  perform({ effect: 'renameAccount', input: { accountId, name } }, ({ kind }) => {
    if (kind === 'taken') return again(text('accounts.badName.taken'))
    if (kind === 'notLinked') return goTo({ at: 'list' }, text('accounts.notLinked'))
    const done = name === null ? text('accounts.nameless') : text('accounts.named', { name })
    return open('accounts', { opening: { account: accountId }, notice: done })
  })

async function unlink(here: Here<{ account: number }>): Promise<Step<Place>> {
  const accountId = here.place.account
  const line = (await linkedOne(here, accountId))?.line ?? ''
  return perform({ effect: 'unlinkAccount', input: { accountId } }, ({ kind }, fresh) => {
    const done = kind === 'unlinked' ? text('accounts.unlinked', { line }) : text('accounts.notLinked')
    return fresh.resident?.accounts.length ? open('accounts', { notice: done }) : finish(done)
  })
}
