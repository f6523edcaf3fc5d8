import type { Language } from '../domain/language.ts'
import type { Button, Outgoing, RichText, ShownFile } from './outgoing.ts'
import { plainPhrase } from './route.ts'
import type { Choice, Drawn, Screen } from './saying.ts'
import type { ShownScreen } from './state.ts'
import { below, type Text, text, type Words } from './text.ts'
import { tokenOf } from './tokens.ts'

/** VK's floor for an inline keyboard is ten buttons in six rows: eight choices, «Назад» and «Меню», or more choices where there are fewer ways out. */
export const choicesOnAPage = 8
const mostButtons = choicesOnAPage + 2
const choicesBetweenTurns = 6

export interface Setting {
  words: Words
  language: Language
  /** Plain mode: texts in their plain form, no pictures, and the choices told in words, with their numbers where these are taken. */
  plain?: 'byNumber' | 'byWord' | false | undefined
  stamp: number
  page?: number
  /** Said above the screen: what has just happened. */
  notices?: Text[]
  replaces?: string | undefined
  /** The press that led here. */
  from?: string | undefined
  keeps?: boolean
}

/** Resolves a screen into words, and its choices into stamped buttons, a page at a time. */
export function present(screen: Screen, setting: Setting): { outgoing: Outgoing; shown: ShownScreen } {
  const { words, language } = setting
  const named = ({ label, means, also }: Choice) => ({
    ...{ label: words.plain(language, label, formOf(setting)), means },
    ...(also && { also: words.plain(language, also).split('|').map(plainPhrase) }),
  })
  const buttons = [...screen.choices, ...ways[screen.nav]].map(named)
  return arrange(buttons, paragraphs([...(setting.notices ?? []), ...screen.text], setting), setting, screen)
}

/** The present screen's buttons again, under other words: an answer was wrong or not understood. */
export function repeat(
  shown: ShownScreen | undefined,
  said: Text[],
  setting: Setting,
): { outgoing: Outgoing; shown: ShownScreen } {
  const body = paragraphs(said, setting)
  return arrange(shown?.buttons ?? [], body, { page: shown?.page ?? 0, ...setting })
}

function arrange(
  buttons: ShownScreen['buttons'],
  body: RichText,
  setting: Setting,
  screen?: Screen,
): { outgoing: Outgoing; shown: ShownScreen } {
  const { stamp, page = 0, words, language, replaces, from: press, keeps } = setting
  const button = (index: number): Button => ({
    label: buttons[index]?.label ?? '',
    token: tokenOf({ stamp, press: index }),
  })
  const turn = (press: 'next' | 'previous'): Button => ({
    label: words.plain(language, text(`common.${press}`)),
    token: tokenOf({ stamp, press }),
  })
  const isWay = (index: number) => 'go' in (buttons[index]?.means ?? {})
  const choices = [...buttons.keys()].filter((index) => !isWay(index))
  const paged = buttons.length > mostButtons
  const from = paged ? page * choicesBetweenTurns : 0
  const present = paged ? choices.slice(from, from + choicesBetweenTurns) : choices
  const turns = paged
    ? [...(from > 0 ? [turn('previous')] : []), ...(from + choicesBetweenTurns < choices.length ? [turn('next')] : [])]
    : []
  const rows = [...inRows(present.map(button)), turns, [...buttons.keys()].filter(isWay).map(button)].filter(
    (row) => row.length > 0,
  )
  return {
    outgoing: {
      kind: 'show',
      text: setting.plain ? below(body, told(buttons, setting)) : body,
      buttons: rows,
      files: (screen?.files ?? []).flatMap((file) => shownFile(file, setting)),
      ...(replaces !== undefined && { replaces }),
    },
    shown: { stamp, page, buttons, ...(press !== undefined && { from: press }), ...(keeps && { keeps }) },
  }
}

/** One button a row while six rows suffice; else two, so that long words stay readable on a narrow phone. */
function inRows(buttons: Button[]): Button[][] {
  if (buttons.length <= 4) return buttons.map((button) => [button])
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2))
}

/** What plain mode tells of the choices, of all pages at once, numbered as `typedButton` counts them; and of the ways out. */
function told(buttons: ShownScreen['buttons'], setting: Setting): RichText {
  const choices = buttons.filter(({ means }) => !('go' in means))
  const lines = choices.map(({ label }, index) =>
    setting.plain === 'byNumber'
      ? text('common.plain.numbered', { number: index + 1, label })
      : text('common.words', { words: label }),
  )
  const out = buttons.filter((button) => !choices.includes(button)).map(({ label }) => label)
  const answer = setting.plain === 'byNumber' ? 'common.plain.answerByNumber' : 'common.plain.answerByWord'
  return paragraphs(
    [
      ...(lines.length > 0 ? [text(answer, { lines })] : []),
      ...(out.length > 0 ? [text('common.plain.ways', { ways: out.join(', ') })] : []),
    ],
    setting,
  )
}

function shownFile(file: ShownFile | Drawn, setting: Setting): ShownFile[] {
  const kind = 'as' in file ? file.as : file.kind
  if (setting.plain && kind === 'photo') return []
  if (!('as' in file)) return [file]
  const { id, drawn, name, otherwise, denied } = file
  const said = (texts: Text[]) => paragraphs(texts, setting)
  const label = setting.words.plain(setting.language, name)
  return [{ id, kind, name: label, drawn, otherwise: said(otherwise), denied: said([denied]) }]
}

const formOf = ({ plain }: Setting) => (plain ? 'plain' : undefined)

const paragraphs = (texts: Text[], setting: Setting): RichText =>
  texts
    .map((part) => setting.words.rich(setting.language, part, formOf(setting)))
    .reduce(below, { text: '', spans: [] })

const back: Choice = { label: text('common.back'), means: { go: 'back' } }
const menu: Choice = { label: text('common.menu'), means: { go: 'menu' } }
const ways: Record<Screen['nav'], Choice[]> = { both: [back, menu], menu: [menu], none: [] }
