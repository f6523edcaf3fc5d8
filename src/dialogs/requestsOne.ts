import { calledName } from '../domain/firstName.ts'
import { shownAs } from '../domain/requests/lines.ts'
import { isOver } from '../domain/requests/states.ts'
import type { Here, PlaceRules } from '../engine/dialog.ts'
import { type Choice, choice, goTo, opens, perform, type Step, screen, unclear } from '../engine/saying.ts'
import { type Text, text } from '../engine/text.ts'
import type { RequestLine, ResidentsRequest } from '../queries/requests.ts'
import { notThere, requestHere } from './requestsHere.ts'
import type { At, Place } from './requestsPlaces.ts'
import { aboutTexts, amountText, mayReopenHere, stateText } from './requestsTexts.ts'

/** A request with what was said of it, and what can be done about it now. */
export const onePlace: PlaceRules<At<'one'>, Place> = {
  asksNothing: true,
  ask: async (here) => {
    const request = await requestHere(here)
    if (!request) return notThere
    const { lines, number, subject, accountId, sentAt } = request
    const told = joined(lines.filter(({ text: words, files }) => words !== '' || files.length > 0))
    const files = lines.filter(({ author }) => author !== 'resident').flatMap((line) => line.files)
    return screen(
      [
        text('common.lines', {
          lines: [
            text('requests.oneTitle', { number, at: sentAt }),
            await aboutTexts(here, subject, accountId),
            text('requests.oneState', { state: stateText(request, here) }),
          ],
        }),
        ...(told.length > mostLines ? [text('requests.earlier', { count: told.length - mostLines })] : []),
        ...told.slice(-mostLines).map(lineText),
      ],
      [...choicesOf(request, here), opens('menu.consultant', 'consultant')],
      { files: files.slice(-mostFiles).map((file) => ({ id: file.id, kind: shownAs(file), name: file.name })) },
    )
  },
  answer: async ({ said, place: { request } }): Promise<Step<Place>> => {
    if (said.kind !== 'choice') return unclear
    switch (said.value) {
      case 'add':
        return goTo({ at: 'add', request, messages: 0, files: 0 })
      case 'reopen':
      case 'rate':
        return goTo({ at: said.value, request })
      case 'solved':
        return solved(request)
      default:
        return unclear
    }
  },
  example: text('requests.exampleOne'),
}

const mostLines = 8
const mostFiles = 5
const longestLine = 600

function choicesOf(request: ResidentsRequest, here: Here<unknown>): Choice[] {
  const { state, rating } = request
  const isMarked = rating !== undefined
  if (!isOver(state))
    return [
      choice(state === 'waiting' ? 'requests.reply' : 'requests.addMore', 'add'),
      choice('requests.solvedMyself', 'solved'),
    ]
  return [
    ...(state === 'closed' ? [] : [choice('requests.solved', 'solved')]),
    ...(mayReopenHere(request, here) ? [choice('requests.reopen', 'reopen')] : []),
    ...(isMarked ? [] : [choice('requests.rate', 'rate')]),
  ]
}

/** Nothing more is to be done: he is asked how it was. */
export const solved = (request: string): Step<Place> =>
  perform({ effect: 'closeRequest', input: { request } }, (closed, { rules }): Step<Place> => {
    if (closed.kind === 'gone') return goTo({ at: 'list' }, text('requests.gone'))
    const said = text('requests.closed', { number: closed.number, count: rules.requests.reopenDays })
    return goTo({ at: 'rate', request }, said)
  })

/** What one has said within a minute, as one: photos came one by one. */
function joined(lines: readonly RequestLine[]): RequestLine[] {
  const told: RequestLine[] = []
  for (const line of lines) {
    const last = told.at(-1)
    const isSame = last?.author === line.author && last.name === line.name && minuteOf(last) === minuteOf(line)
    if (!last || !isSame) told.push(line)
    else {
      const words = [last.text, line.text].filter((said) => said !== '').join('\n')
      told.splice(-1, 1, { ...last, text: words, files: [...last.files, ...line.files] })
    }
  }
  return told
}

const minuteOf = ({ at }: RequestLine): string => new Date(at).toISOString().slice(0, 16)

/** Who said it when, and his words. */
function lineText({ author, name, text: words, files, at }: RequestLine): Text {
  const who =
    author === 'resident'
      ? text('requests.who.you')
      : name === undefined
        ? text('requests.who.centre')
        : text('requests.who.consultant', { name: calledName(name) })
  const said = words.length > longestLine ? `${words.slice(0, longestLine)}…` : words
  return text('common.lines', {
    lines: [
      text('requests.lineHead', { who, at }),
      ...(said === '' ? [] : [text('common.words', { words: said })]),
      ...(files.length > 0 ? [amountText(0, files)] : []),
    ],
  })
}
