import type { Language } from '../domain/language.ts'
import type { Choice, Screen } from './dialog.ts'
import type { Button, Outgoing, RichText } from './outgoing.ts'
import type { ShownScreen } from './state.ts'
import { type Text, text, type Words } from './text.ts'
import { tokenOf } from './tokens.ts'

/** VK's floor for an inline keyboard is ten buttons in six rows: eight choices, «Назад» and «Меню». */
const choicesOnAPage = 8
const choicesBetweenTurns = 6

interface Setting {
  words: Words
  language: Language
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
  const named = (choice: Choice) => ({ label: words.plain(language, choice.label), means: choice.means })
  const buttons = [...screen.choices, ...ways[screen.nav]].map(named)
  return arrange(buttons, paragraphs([...(setting.notices ?? []), ...screen.text], words, language), setting, screen)
}

/** The present screen's buttons again, under other words: an answer was wrong or not understood. */
export function repeat(
  shown: ShownScreen | undefined,
  said: Text[],
  setting: Setting,
): { outgoing: Outgoing; shown: ShownScreen } {
  const body = paragraphs(said, setting.words, setting.language)
  return arrange(shown?.buttons ?? [], body, { page: shown?.page ?? 0, ...setting })
}

function arrange(
  buttons: ShownScreen['buttons'],
  body: RichText,
  { stamp, page = 0, words, language, replaces, from: press, keeps }: Setting,
  screen?: Screen,
): { outgoing: Outgoing; shown: ShownScreen } {
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
  const paged = choices.length > choicesOnAPage + (buttons.length === choices.length ? 2 : 0)
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
      text: body,
      buttons: rows,
      files: screen?.files ?? [],
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

function paragraphs(texts: Text[], words: Words, language: Language): RichText {
  const whole: RichText = { text: '', spans: [] }
  for (const part of texts) {
    const rich = words.rich(language, part)
    if (rich.text === '') continue
    if (whole.text !== '') whole.text += '\n\n'
    const shift = whole.text.length
    whole.text += rich.text
    whole.spans.push(...rich.spans.map((span) => ({ ...span, at: span.at + shift })))
  }
  return whole
}

const back: Choice = { label: text('common.back'), means: { go: 'back' } }
const menu: Choice = { label: text('common.menu'), means: { go: 'menu' } }
const ways: Record<Screen['nav'], Choice[]> = { both: [back, menu], menu: [menu], none: [] }
